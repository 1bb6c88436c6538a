"""The page for testers in the browser of whoever sits at this machine."""

import os
import sys
from collections.abc import Mapping
from typing import Any

from tt_emulator.cli.output import say

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
"""Without one of these a POSIX system has only browsers for the terminal, which is the log's."""


def open_page(facts: Mapping[str, Any]) -> None:
    """Open the tester's page, or the player's where a game is played, or say that none can be.

    The token stays out of the address: other users see the command that opens it. The page asks.
    """
    import webbrowser

    page = f"{facts['url']}/__emulator/{'play' if 'game' in facts else 'ui'}/"
    has_screen = sys.platform in ("darwin", "win32") or any(map(os.environ.get, _SCREENS))
    if not (has_screen and webbrowser.open(page)):
        say(f"No browser could be opened; the page is {page}", err=True)

"""A package that `tt-emulator play` plays, as a real process."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from process import Emulator, spawn, wait_ready


class Played(Emulator):
    """A running emulator that plays a package at `game_url`."""

    @property
    def game_url(self) -> str:
        """Of the game's origin."""
        return str(self.facts["game"])


@contextmanager
def played(folder: Path, *args: str) -> Iterator[Played]:
    """`tt-emulator play` of the folder with these flags, ready; killed at the end."""
    with tempfile.TemporaryDirectory() as place:
        ready = Path(place) / "ready.json"
        child = spawn(
            *("play", str(folder), "--port", "0", "--ready-file", str(ready), *args), stderr=None
        )
        try:
            yield Played(child, wait_ready(child, ready))
        finally:
            child.kill()
            child.communicate()

"""What the tests of the tester's page share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tt_emulator.client import Client
from tt_emulator.platforms import PLATFORMS

PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
HTML = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
ODD = "👨‍👩‍👧 مرحبا \u202eevil"

of_each_platform = pytest.mark.parametrize(
    "platform", [pytest.param(name, marks=pytest.mark.tt_platform(name)) for name in PLATFORMS]
)
"""Runs a test of the page once in a world of each platform."""

Open = Callable[..., Page]
"""Opens a view of the page in the test's world, and waits until it is live."""


def offline(world: Client) -> str:
    """The error by which a save fails for want of a network, on the platform of the world."""
    known = {row["name"] for row in world.errors("setUserCloudStorage")}
    return next(name for name in ("network-unavailable", "connect-fail") if name in known)

"""What the servers of a team share by way of Redis: who owns a world, and what it has."""

from tt_emulator.fleet.appending import Appending
from tt_emulator.fleet.failures import Away, Fenced, Forgotten, Full, Newer, NotLetIn
from tt_emulator.fleet.fleet import Fleet
from tt_emulator.fleet.values import Claim, Found, News, Owner, Server, Stored
from tt_emulator.fleet.waiting import require_thread

__all__ = [
    "Appending",
    "Away",
    "Claim",
    "Fenced",
    "Fleet",
    "Forgotten",
    "Found",
    "Full",
    "Newer",
    "News",
    "NotLetIn",
    "Owner",
    "Server",
    "Stored",
    "require_thread",
]

"""How a write to the fleet fails."""

from typing import Any

from tt_emulator.errors import StorageAway, StorageError
from tt_emulator.fleet import keys, scripts


class Fenced(Exception):
    """The world has another owner by now, and nothing was written: forget it, and ask that one."""


class Forgotten(Exception):
    """Redis has lost what it had of the world, or its end: write it again."""


class Newer(StorageError):
    """The world is such as only a version knows that has this `schema`."""

    def __init__(self, world: str, schema: int) -> None:
        known = keys.SCHEMA
        super().__init__(
            f"The world {world!r} was written by a newer version, in schema {schema};"
            f" this one reads up to {known}.",
            "Ask a server of that version, or start this one in it.",
        )
        self.schema = schema


class NotLetIn(StorageError):
    """Redis takes this server for none of its own: by its address another one has to be given."""


class Full(StorageError):
    """Redis has no memory left, and nothing was written."""


class Away(StorageAway):
    """Redis was not reached in time: whether it has written is not known."""


class Lost(Exception):
    """The connection to Redis has ended, or Redis will not answer now: a later try may be taken."""


def failure_of(reply: Any) -> Exception | None:
    """What became of a write, by what its script answers."""
    if isinstance(reply, Exception):
        return reply
    if reply == scripts.FENCED:
        return Fenced()
    if reply == scripts.FORGOTTEN:
        return Forgotten()
    if reply == scripts.OVERTAKEN:
        return StorageError(
            "Another write of this server to the same world was faster.",
            "Try again in a few seconds.",
        )
    return None

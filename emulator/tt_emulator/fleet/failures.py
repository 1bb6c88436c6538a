"""How a write to the fleet fails."""

from tt_emulator.errors import StorageAway, StorageError


class Fenced(Exception):
    """The world has another owner by now, and nothing was written: forget it, and ask that one."""


class Forgotten(Exception):
    """Redis has lost what it had of the world, or its end: write it again."""


class Full(StorageError):
    """Redis has no memory left, and nothing was written."""


class Away(StorageAway):
    """Redis was not reached in time: whether it has written is not known."""

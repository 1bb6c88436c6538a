"""What is wrong with something that was stored, and where."""

import re
from typing import NamedTuple

UNREADABLE = (ValueError, RecursionError)
"""What reading a damaged file raises."""


class Damage(NamedTuple):
    """What is wrong in a file, and in which line, if in one."""

    line: int | None
    reason: str


class Damaged(ValueError):
    """A file is not what it should be, in this line of it if in one."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def damage_of(error: Exception, data: bytes = b"") -> Damage:
    """What one of `UNREADABLE`, or of what the system raises, says of a file with these bytes."""
    if isinstance(error, Damaged):
        return Damage(error.line, str(error))
    if isinstance(error, RecursionError):
        return Damage(None, "it is nested too deeply")
    if isinstance(error, OSError):
        return Damage(None, error.strerror or str(error))
    reason = str(error)
    place = re.search(r" \(byte (\d+)\)", reason)
    if place is None:
        return Damage(None, reason)
    before = data[: int(place[1])]
    column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
    return Damage(before.count(b"\n") + 1, reason.replace(place[0], f" (column {column})"))

"""Which Redis may keep worlds."""

from collections.abc import Sequence
from typing import Any

from tt_emulator.errors import StorageError

OLDEST = (6, 2)


def admit(replies: Sequence[Any]) -> None:
    """Raise `StorageError` unless INFO tells of a Redis that has all we use and keeps it."""
    told: dict[str, str] = {}
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
        lines = (line.partition(":") for line in reply.decode().splitlines())
        told |= {name: value for name, colon, value in lines if colon}
    version = told.get("redis_version", "unknown")
    if _numbers(version) < OLDEST:
        raise StorageError(
            f"The Redis there is of version {version}; worlds can be shared from 6.2 on.",
            "Use a newer one, or Valkey.",
        )
    policy = told.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        raise StorageError(
            f"A Redis whose maxmemory-policy is {policy} throws worlds away when it is full.",
            "Set it: CONFIG SET maxmemory-policy noeviction",
        )


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")[:2]
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)

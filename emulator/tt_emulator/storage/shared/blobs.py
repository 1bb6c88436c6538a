"""Texts under names, which the fleet keeps: snapshots and scenarios of a world."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tt_emulator.fleet import Fleet
from tt_emulator.storage.shared.fenced_log import FencedLog

SNAPSHOTS, SCENARIOS = "snapshots", "scenarios"

Fenced = Callable[[], AbstractContextManager[None]]
"""Within it the fleet is asked; what it refuses is raised as an error for people."""


class FleetBlobs:
    """The `Blobs` of a world that this server owns. Within `fenced` it is asked for; that raises
    once the world is not this server's any more.
    """

    def __init__(self, fleet: Fleet, log: FencedLog, kind: str, fenced: Fenced) -> None:
        self._fleet = fleet
        self._log = log
        self._kind = kind
        self._fenced = fenced

    def names(self) -> list[str]:
        """All names, sorted."""
        with self._fenced():
            found = self._fleet.names(self._log.world, self._kind)
        return sorted(name.decode() for name in found)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`."""
        with self._fenced():
            return self._fleet.get(self._log.world, self._kind, name.encode())

    def put(self, name: str, text: bytes) -> None:
        """Keep the text. Raises `StorageError`."""
        self._put(name, text)

    def delete(self, name: str) -> None:
        """Forget the text."""
        self._put(name, None)

    def clear(self) -> None:
        """Forget all of them."""
        with self._fenced():
            self._fleet.clear(self._log.world, self._log.epoch, self._kind)

    def _put(self, name: str, text: bytes | None) -> None:
        with self._fenced():
            self._fleet.put(self._log.world, self._log.epoch, self._kind, name.encode(), text)

"""Texts under names, which the fleet keeps: snapshots and scenarios of a world."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tt_emulator.errors import StorageAway
from tt_emulator.fleet import Fenced, Fleet, Forgotten
from tt_emulator.storage.shared.fenced_log import FencedLog

SNAPSHOTS, SCENARIOS = "snapshots", "scenarios"


def forgotten(world: str) -> StorageAway:
    """That the fleet has not the world, which its owner is about to write again."""
    return StorageAway(
        f"The world {world!r} was not in Redis any more, and is about to be written again.",
        "Try again in a second.",
    )


class FleetBlobs:
    """The `Blobs` of a world that this server owns. `check` raises once it is not any more, and
    `lose` hears that it is not.
    """

    def __init__(
        self,
        fleet: Fleet,
        log: FencedLog,
        kind: str,
        check: Callable[[], None],
        lose: Callable[[], None],
    ) -> None:
        self._fleet = fleet
        self._log = log
        self._kind = kind
        self._check = check
        self._lose = lose

    def names(self) -> list[str]:
        """All names, sorted."""
        self._check()
        return sorted(name.decode() for name in self._fleet.names(self._log.world, self._kind))

    def get(self, name: str) -> bytes | None:
        """The text, or `None`."""
        self._check()
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

    @contextmanager
    def _fenced(self) -> Iterator[None]:
        self._check()
        try:
            yield
        except Fenced:
            self._lose()
            self._check()
        except Forgotten as error:
            raise forgotten(self._log.world) from error

"""The log of one world that this server owns: lines are numbered here and kept by the fleet."""

from collections.abc import Iterable

from tt_emulator.domain.deed import Effect
from tt_emulator.errors import StorageError
from tt_emulator.fleet import Claim, Fleet
from tt_emulator.storage.shared.packed import text_of


class FencedLog:
    """Needs the world's lock. `seq` is the number of the last line that was given, `grown_bytes`
    how much was written since the last checkpoint.
    """

    def __init__(self, fleet: Fleet, world: str, claim: Claim) -> None:
        self.seq = claim.last
        self.grown_bytes = 0
        self.world = world
        self.epoch = claim.epoch
        self._fleet = fleet
        self._kept = claim.last  # the last line that the fleet has
        self._held: list[bytes] = []

    @property
    def holds(self) -> bool:
        """Whether there are lines that only the next `flush` writes."""
        return bool(self._held)

    def hold(self, effects: Iterable[Effect]) -> None:
        """Have the next `flush` write the line. Raises `StorageError` if it is no text."""
        try:
            text = text_of(effects)
        except UnicodeEncodeError as error:
            raise StorageError(f"The write cannot be stored: {error}.") from error
        self._held.append(text)
        self.seq += 1
        self.grown_bytes += len(text)

    def flush(self) -> None:
        """Write what is held, and learn whether the world still is this server's.

        Raises as `Fleet.append`; then it is held on.
        """
        self._fleet.append(self.world, self.epoch, self._kept, self._held)
        self.have()

    def have(self) -> None:
        """The fleet has all lines."""
        self._held = []
        self._kept = self.seq

    def discard(self) -> None:
        """What is held will not be written."""
        self._held = []
        self.seq = self._kept

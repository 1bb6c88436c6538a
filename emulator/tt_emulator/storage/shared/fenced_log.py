"""The log of one world that this server owns: lines are numbered here and kept by the fleet."""

from collections.abc import Callable

from tt_emulator.domain.clock import FlooredClock, SystemClock
from tt_emulator.domain.deed import Effect
from tt_emulator.errors import StorageError
from tt_emulator.fleet import Appending, Claim, Fleet
from tt_emulator.storage.shared.packed import text_of


class FencedLog:
    """Needs the world's lock. `seq` is the number of the last line that was given, `grown_bytes`
    how much was written since the last checkpoint; `clock` has dated all lines.
    """

    def __init__(self, fleet: Fleet, world: str, claim: Claim) -> None:
        self.seq = claim.last
        self.grown_bytes = 0
        self.world = world
        self.epoch = claim.epoch
        self.clock = FlooredClock(SystemClock(), claim.clock_ms)
        self._fleet = fleet
        self._kept = claim.last  # the last line that the fleet has
        self._held: list[bytes] = []
        self._begun = 0  # so many of them are under way
        self._appending: Appending | None = None

    @property
    def holds(self) -> bool:
        """Whether there are lines that only the next `flush` writes."""
        return len(self._held) > self._begun

    @property
    def is_kept(self) -> bool:
        """Whether the fleet has all lines."""
        return not self._held

    def claim(self, platform: str) -> Claim:
        """What who claimed the world now would learn, if all lines were written."""
        return Claim(self.epoch, self.seq, platform, False, self.clock.floor_ms)

    def hold(self, effects: list[Effect]) -> None:
        """Have the next `flush` write the line. Raises `StorageError` if it is no text."""
        try:
            text = text_of(effects)
        except UnicodeEncodeError as error:
            raise StorageError(f"The write cannot be stored: {error}.") from error
        self._held.append(text)
        self.seq += 1
        self.grown_bytes += len(text)

    def begin(self, wake: Callable[[], object]) -> Appending:
        """As `flush`, which `finish` brings to its end. Nothing may be under way."""
        self._appending = self._fleet.begin_append(
            self.world, self.epoch, self._kept, self._held, wake, self.clock.floor_ms
        )
        self._begun = len(self._held)
        return self._appending

    def require_hope(self) -> None:
        """Raise if the fleet was not reached a moment ago."""
        self._fleet.require_hope()

    def finish(self) -> None:
        """Wait for what is under way. Raises as `Fleet.append`; then it is held on."""
        appending, begun = self._appending, self._begun
        self._appending, self._begun = None, 0
        if appending is not None:
            appending.finish()
            del self._held[:begun]
            self._kept += begun

    def flush(self) -> None:
        """Write what is held, and learn whether the world still is this server's.

        Raises as `Fleet.append`; then it is held on. Nothing may be under way.
        """
        self._fleet.append(self.world, self.epoch, self._kept, self._held, self.clock.floor_ms)
        self.have()

    def have(self) -> None:
        """The fleet has all lines."""
        self._forget_held()
        self._kept = self.seq

    def discard(self) -> None:
        """What is held will not be written."""
        self._forget_held()
        self.seq = self._kept

    def _forget_held(self) -> None:
        self._held, self._begun = [], 0

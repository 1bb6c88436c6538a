"""What is tried again until it works, and told of once."""

from collections.abc import Callable

from tt_emulator.language.logs import logger
from tt_emulator.storage.disk.open_logs import OpenLogs
from tt_emulator.storage.disk.ownership import DirectoryLost

log = logger(__name__)


class Attempts:
    """Of bringing the files of one world up to date.

    `log_is_whole` looks whether its log lies on the disk with all that was acknowledged.
    """

    def __init__(self, world: str, open_logs: OpenLogs, log_is_whole: Callable[[], bool]) -> None:
        self._world = world
        self._open_logs = open_logs
        self._log_is_whole = log_is_whole
        self._failing = False

    def succeeds(self, act: Callable[[], None]) -> bool:
        """Do it; whether it worked. If not, the next flush tries again."""
        try:
            self._open_logs.making_room(act)
        except OSError as error:
            if not self._failing:
                self._tell(error)
            self._failing = True
            return False
        return True

    def are_well(self) -> None:
        """All worked: the next failure is news again."""
        self._failing = False

    def _tell(self, error: OSError) -> None:
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        if isinstance(error, DirectoryLost) or not self._log_is_whole():
            log.warning(
                "World %r is not on the disk any more, writes are refused until it is: %s",
                self._world,
                reason,
            )
        else:
            log.warning(
                "World %r is behind on disk, its log has each write: %s", self._world, reason
            )

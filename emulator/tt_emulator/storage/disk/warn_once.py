"""A file operation that is tried again until it works, with one warning when it begins to fail."""

from collections.abc import Callable

from tt_emulator.language.logs import logger
from tt_emulator.storage.disk.open_logs import OpenLogs
from tt_emulator.storage.disk.ownership import DirectoryLost

log = logger(__name__)


class WarnOnce:
    """Tries to bring the files of one world up to date; warns at the first failure in a row.

    `log_is_whole` looks whether its log lies on the disk with all that was acknowledged.
    """

    def __init__(self, world: str, open_logs: OpenLogs, log_is_whole: Callable[[], bool]) -> None:
        self._world = world
        self._open_logs = open_logs
        self._log_is_whole = log_is_whole
        self._warned = False

    def succeeds(self, act: Callable[[], None]) -> bool:
        """Do it; whether it worked. If not, the next flush tries again."""
        try:
            self._open_logs.making_room(act)
        except OSError as error:
            if not self._warned:
                self._warn(error)
            self._warned = True
            return False
        return True

    def reset(self) -> None:
        """All worked: warn again at the next failure."""
        self._warned = False

    def _warn(self, error: OSError) -> None:
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

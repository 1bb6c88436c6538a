"""What is tried again until it works, and told of once."""

from collections.abc import Callable

from emulator.language.logs import logger

log = logger(__name__)


class Attempts:
    """Of bringing the files of one world up to date."""

    def __init__(self, world: str) -> None:
        self._world = world
        self._failing = False

    def succeeds(self, act: Callable[[], None]) -> bool:
        """Do it; whether it worked. If not, the log has the data and the next flush tries again."""
        try:
            act()
        except OSError as error:
            if not self._failing:
                log.warning("World %r is behind on disk, no write is lost: %s", self._world, error)
            self._failing = True
            return False
        return True

    def are_well(self) -> None:
        """All worked: the next failure is news again."""
        self._failing = False

"""The thread that drops worlds whose time is over, when the next one's is."""

from threading import Event, Thread

from tt_emulator.language.logs import logger
from tt_emulator.world import Worlds
from tt_emulator.world.expiry import drop_expired

log = logger(__name__)

MAX_REST_S = 60
"""A world that was made meanwhile is looked at then."""
MIN_REST_S = 0.1


class Sweeping:
    """Looks after the worlds of one server, from `start` to `stop`."""

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._max_rest_s = min(MAX_REST_S, worlds.ttl_s or MAX_REST_S)
        self._stopping = Event()

    def start(self) -> None:
        """Begin."""
        Thread(target=self._run, name="tt-emulator-sweeping", daemon=True).start()

    def stop(self) -> None:
        """End, between two worlds."""
        self._stopping.set()

    def _run(self) -> None:
        rest_s = self._max_rest_s
        while not self._stopping.wait(max(rest_s, MIN_REST_S)):
            try:
                rest_s = min(self._max_rest_s, drop_expired(self._worlds))
            except Exception:  # a disk that refuses now may not do so the next time
                log.exception("Worlds whose time is over could not be dropped")

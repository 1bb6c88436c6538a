"""The one thread that brings the players' files up to date, a moment after the first write."""

from collections.abc import Callable
from math import inf
from threading import Event, Lock, Thread
from time import monotonic, thread_time

from tt_emulator.language.logs import logger

log = logger(__name__)

FLUSH_AFTER_S = 0.2
CLOSE_WITHIN_S = 2.0
RESTS = 3  # as long as it used the processor: thousands of files in a row would halve the calls

Late = Callable[[], bool]


class Flusher:
    """Calls `work(late)` a moment after `wake`, and once more at `close`.

    `work` returns whether nothing is left to do. It asks `late()` before each file, which lets the
    thread rest, and stops early when that turns true.
    """

    def __init__(self, work: Callable[[Late], bool], after_s: float) -> None:
        self._work = work
        self._after_s = after_s
        self._turn = Lock()
        self._due = Event()
        self._stopping = Event()
        self._deadline_s = inf
        self._used_s = 0.0
        self._thread = Thread(target=self._run, name="tt-emulator-flusher", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to write."""
        if not self._due.is_set():
            self._due.set()

    def flush(self) -> None:
        """Write now. Never call it with a world's lock held."""
        self._write(self._is_late)

    def close(self) -> None:
        """Write what there is time for, and end the thread."""
        self._deadline_s = monotonic() + CLOSE_WITHIN_S
        self._stopping.set()
        self._due.set()
        self._thread.join()

    def _write(self, late: Late) -> None:
        with self._turn:
            try:
                done = self._work(late)
            except Exception:  # the thread must live on: the log has the data, the next round tries
                log.exception("The players' files could not be brought up to date")
                done = False
        if not done:
            self._due.set()

    def _is_late(self) -> bool:
        return monotonic() > self._deadline_s

    def _is_late_after_a_rest(self) -> bool:
        self._stopping.wait(RESTS * (thread_time() - self._used_s))
        self._used_s = thread_time()
        return self._is_late()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._due.wait()
            self._stopping.wait(self._after_s)
            self._due.clear()
            self._used_s = thread_time()
            self._write(self._is_late_after_a_rest)
        self.flush()

"""Work that waits for others, beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

MANY_THREADS = 64
"""They wait, most of them for the same."""

T = TypeVar("T")


class Aside:
    """Threads, which are made when they are needed."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MANY_THREADS, thread_name_prefix="aside")

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[Callable[[], T]], object],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Do the work there; then the loop calls `then` with what gives its outcome, or raises."""
        self._threads.submit(_do, work, then, loop)


def _do(
    work: Callable[[], T],
    then: Callable[[Callable[[], T]], object],
    loop: asyncio.AbstractEventLoop,
) -> None:
    done = Future[T]()
    try:
        done.set_result(work())
    except BaseException as error:
        done.set_exception(error)
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(then, done.result)

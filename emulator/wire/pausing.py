"""A pause that is never shorter than asked: uvloop's timers may end a millisecond early."""

from asyncio import sleep
from time import monotonic


async def pause(duration_s: float) -> None:
    """Wait so long at least."""
    end = monotonic() + duration_s
    await sleep(duration_s)
    while (left_s := end - monotonic()) > 0:
        await sleep(left_s)

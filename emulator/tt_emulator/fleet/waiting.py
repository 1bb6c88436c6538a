"""Who may wait for Redis."""

from asyncio import get_running_loop

from tt_emulator.errors import WouldWait


def require_thread() -> None:
    """Raise `WouldWait` where an event loop runs: all its connections would wait."""
    try:
        get_running_loop()
    except RuntimeError:
        return
    raise WouldWait("What all connections would wait for is for a thread to do.")

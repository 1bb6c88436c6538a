"""How connections end."""

import asyncio
import os
from socket import SO_LINGER, SOL_SOCKET
from struct import pack

_RESET = pack("ii", 1, 0) if os.name == "posix" else pack("hh", 1, 0)  # linger on, for 0 s


def end(transport: asyncio.Transport, *, reset: bool) -> None:
    """End it, once all that was written has left, or by a reset; nothing if it ends already."""
    if transport.is_closing():
        return
    if reset:
        transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
        transport.abort()
    else:
        transport.close()

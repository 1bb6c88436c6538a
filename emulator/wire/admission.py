"""The guard's answer to Host and Origin of a game call: the same ones come again and again."""

from collections.abc import Callable
from functools import lru_cache

from emulator.wire.guard import Guard, Visit
from emulator.wire.rendering import lines
from emulator.wire.tongue import Heard

Admit = Callable[[Heard], bytes]
"""Header lines for the answer to a request with these headers. Raises `Forbidden`."""


def admission(guard: Guard) -> Admit:
    """How `guard` admits game calls."""

    @lru_cache(maxsize=1000)
    def known(said: tuple[tuple[bytes, bytes], ...]) -> bytes:
        hosts = tuple(value.decode("latin-1") for name, value in said if name == b"host")
        origins = [value.decode("latin-1") for name, value in said if name == b"origin"]
        origin = ",".join(origins) if origins else None
        return lines(guard.admit(Visit("/tt/", hosts, origin)))

    return lambda heard: known(tuple([said for said in heard if said[0] in (b"host", b"origin")]))

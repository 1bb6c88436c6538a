"""What a server says of itself: where it is, and how it is."""

import os
from time import monotonic
from typing import Any

from tt_emulator import __version__
from tt_emulator.config import Settings
from tt_emulator.domain.store import Storage
from tt_emulator.sockets import addresses, in_url, reachable
from tt_emulator.wire.health import Health

Facts = dict[str, Any]
"""What the ready file says."""


def of(settings: Settings, port: int, token: str | None, game: str | None = None) -> Facts:
    """Where it is and what it keeps; `token` is what the control plane asks for, `game` where the
    package is played that is played.
    """
    return {
        "url": url_of(settings, port),
        "host": settings.host,
        "port": port,
        "pid": os.getpid(),
        "token": token,
        "version": __version__,
        "data": None if settings.data is None else str(settings.data.resolve()),
        **({} if game is None else {"game": game}),
    }


def health(settings: Settings, storage: Storage, started_s: float, instance: str) -> Health:
    """How it is, if it started when `monotonic` gave `started_s`.

    `instance` is by whom a ready file is told to be its own: see `announcement.instance`.
    """
    trouble = storage.trouble()
    return Health(
        status="ok" if trouble is None else "storage-lost",
        trouble=trouble,
        version=__version__,
        pid=os.getpid(),
        instance=instance,
        seed=settings.random_seed,
        persistent=settings.data is not None or settings.shared is not None,
        set_aside=storage.set_aside(),
        edited=storage.edited(),
        uptime_s=round(monotonic() - started_s, 3),
    )


def urls(settings: Settings, port: int) -> list[str]:
    """Where other machines reach it; nowhere, if it listens on loopback."""
    hosts = [] if settings.loopback else addresses(settings.host)
    return [f"http://{in_url(host)}:{port}" for host in hosts]


def url_of(settings: Settings, port: int) -> str:
    """How programs of this machine reach what listens there."""
    return f"http://{reachable(settings.host)}:{port}"

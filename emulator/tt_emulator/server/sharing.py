"""A server as one of several that share their worlds."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from tt_emulator import __version__
from tt_emulator.config import Settings
from tt_emulator.domain.store import Rules
from tt_emulator.errors import SettingsError
from tt_emulator.sockets import in_url

if TYPE_CHECKING:
    from tt_emulator.storage.shared.shared_storage import SharedStorage


def join(
    settings: Settings, address: str, port: int, rules: Callable[[str], Rules]
) -> "SharedStorage":
    """The worlds of all servers of the Redis at that address, of which the one on this port is one
    from now on; `rules` as of `SharedStorage`. Raises `SettingsError`, `StorageError`.
    """
    from tt_emulator.fleet import Fleet
    from tt_emulator.storage.shared.shared_storage import SharedStorage

    if not (settings.loopback or settings.token):
        raise SettingsError(
            "--shared needs a token beyond this machine: servers ask each other for it.",
            "Give all of them the same --token, or TT_EMULATOR_TOKEN.",
        )
    fleet = Fleet(address, instance=uuid4().hex, version=__version__)
    try:
        host = settings.host if settings.loopback else fleet.local_address()
        url = f"http://{in_url(host)}:{port}"
        fleet.join(url, {"random-seed": str(settings.random_seed)})
    except BaseException:
        fleet.close()
        raise
    return SharedStorage(fleet, url, rules)

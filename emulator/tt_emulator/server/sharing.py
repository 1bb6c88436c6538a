"""A server as one of several that share their worlds."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from uuid import uuid4

from tt_emulator import __version__
from tt_emulator.config import Settings
from tt_emulator.domain.store import Rules
from tt_emulator.errors import SettingsError
from tt_emulator.sockets import in_url

if TYPE_CHECKING:
    from tt_emulator.fleet import Fleet
    from tt_emulator.storage.shared.shared_storage import SharedStorage


def join(
    settings: Settings, address: str, port: int, rules: Callable[[str], Rules]
) -> "SharedStorage":
    """The worlds of all servers of the Redis at that address, of which the one on this port is one
    from now on; `rules` as of `SharedStorage`. Raises `SettingsError`, `StorageError`.
    """
    from tt_emulator.fleet import NotLetIn
    from tt_emulator.storage.shared.shared_storage import SharedStorage

    if not settings.token and (settings.teams is not None or not settings.loopback):
        raise SettingsError(
            "--shared needs a token beyond this machine, and with --teams: servers ask each other"
            " for it.",
            "Give all of them the same --token, or TT_EMULATOR_TOKEN.",
        )
    try:
        fleet, url = _joined(settings, address, port)
    except NotLetIn as error:  # user, password and certificates stand in the address
        raise SettingsError(error.detail, error.hint) from error
    return SharedStorage(fleet, url, rules)


def _joined(settings: Settings, address: str, port: int) -> tuple["Fleet", str]:
    from tt_emulator.fleet import Fleet

    fleet = Fleet(address, instance=uuid4().hex, version=__version__)
    try:
        way = fleet.local_address()
        if settings.loopback and not ip_address(way).is_loopback:
            raise SettingsError(
                f"The other servers cannot reach this one at {settings.host}.",
                f"Redis is on another machine: listen on --host {way}, or on 0.0.0.0.",
            )
        host = settings.host if settings.loopback else way
        url = f"http://{in_url(host)}:{port}"
        fleet.join(url, {"random-seed": str(settings.random_seed)})
    except BaseException:
        fleet.close()
        raise
    return fleet, url

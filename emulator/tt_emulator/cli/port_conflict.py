"""Who has the port that a server wants."""

from collections.abc import Iterator
from contextlib import contextmanager

from tt_emulator.cli.ready import health
from tt_emulator.config import Settings
from tt_emulator.errors import EmulatorError, PortTaken


@contextmanager
def naming_port_owner(settings: Settings) -> Iterator[None]:
    """If a tt-emulator has the port already, `PortTaken` says so."""
    try:
        yield
    except PortTaken as error:
        from tt_emulator.sockets import reachable

        url = f"http://{reachable(settings.host)}:{settings.port}"
        if not _is_ours(url):
            raise
        raise _by_us(settings.host, settings.port, url) from error


def _by_us(host: str, port: int, url: str) -> PortTaken:
    return PortTaken(
        f"Port {port} on {host} is taken: a tt-emulator runs there already, {url}.",
        "Use that one, or end it with `tt-emulator stop`; --port 0 starts one beside it.",
    )


def _is_ours(url: str) -> bool:
    try:
        return bool(health(url))
    except (EmulatorError, ValueError, TypeError):
        return False

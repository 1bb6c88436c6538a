"""What the app round the game offers."""

from emulator.catalog import Api
from emulator.domain.settings import Host
from emulator.errors import ApiError

# The documentation names Douyin and its Lite edition; the spellings are those that games meet.
DOUYIN = frozenset({"douyin", "douyin_lite"})


def require_host(api: Api, host: Host) -> None:
    """Raise `ApiError("not-supported")` if the host does not offer the API."""
    if api.name in host.unsupported:
        raise ApiError("not-supported", reason=f"{host.appName} is set not to offer {api.name}")
    name = host.appName.lower()
    if name in api.hosts_without or (api.hosts and name not in api.hosts):
        raise ApiError("not-supported", reason=f"the app {host.appName} does not have {api.name}")


def has_relations(host: Host) -> bool:
    """Whether the app tells a game of other players."""
    return host.appName.lower() in DOUYIN

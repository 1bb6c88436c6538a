"""What the app round the game offers."""

from tt_emulator.catalog import Api
from tt_emulator.domain.settings import Host
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import quoted


def require_host(api: Api, host: Host) -> None:
    """Raise `ApiError("not-supported")` if the host does not offer the API."""
    if api.name in host.unsupported:
        raise ApiError(
            "not-supported", reason=f"{quoted(host.appName)} is set not to offer {api.name}"
        )
    if not (api.hosts or api.hosts_without):
        return
    name = host.appName.lower()
    if name in api.hosts_without or (api.hosts and name not in api.hosts):
        reason = f"the app {quoted(host.appName)} does not have {api.name}"
        raise ApiError("not-supported", reason=reason)

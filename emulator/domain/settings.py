"""What a world is set to: the host app it runs in, and switches where the facts are not certain."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from emulator.catalog import Catalog
from emulator.domain import reading
from emulator.errors import Flaw

Session = Literal["valid", "expired", "none"]
Network = Literal["online", "offline"]
Version = Annotated[str, Meta(pattern=r"^[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}$")]


class Host(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The app round the game. No page lists a current SDK version: the default is our own,
    above each `since` of the catalog. `unsupported` are APIs that the host does not offer.
    """

    appName: Annotated[str, Meta(min_length=1, max_length=64)] = "Douyin"  # noqa: N815  # the platform's spelling
    SDKVersion: Version = "3.50.0"
    unsupported: tuple[str, ...] = ()


class WorldSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of one world.

    `own_data_in_main`: `getUserCloudStorage` works in the main domain; `new_player_session`: what a
    player starts with; `fail_object`: all documented fields of a failure, or `errMsg` alone.
    """

    host: Host = field(default_factory=Host)
    own_data_in_main: bool = True
    new_player_session: Session = "valid"
    fail_object: Literal["full", "errMsg"] = "full"


def merged(settings: WorldSettings, patch: Any, catalog: Catalog) -> WorldSettings:
    """The settings with `patch` laid over them, `host` field by field. Raises `Unprocessable`."""
    if not isinstance(patch, dict):
        raise reading.refusal([Flaw("", "the settings are no object")])
    before = msgspec.to_builtins(settings)
    host = patch.get("host", {})
    if isinstance(host, dict):
        patch = patch | {"host": before["host"] | host}
    after = reading.demand(before | patch, WorldSettings)
    flaws = [
        Flaw(f"/host/unsupported/{index}", told)
        for index, name in enumerate(after.host.unsupported)
        if (told := _cannot_lack(name, catalog))
    ]
    if flaws:
        raise reading.refusal(flaws)
    return after


def _cannot_lack(name: str, catalog: Catalog) -> str:
    api = catalog.apis.get(name)
    if api is None:
        return f"unknown API {name!r}; {reading.nearest(name, list(catalog.apis))}"
    if api.kind == "async" and api.row("not-supported") is None:
        return f"{name} documents no failure of a host that does not offer it"
    return ""

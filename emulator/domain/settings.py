"""What a world is set to: the host app it runs in, and switches where the facts are not certain."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from emulator.catalog import Catalog
from emulator.domain import reading
from emulator.errors import Flaw

Session = Literal["valid", "expired", "none"]
Order = Literal["desc", "asc"]
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

    `ranking_keys`: the keys that the console has as ranking keys, each with its order;
    `own_data_in_main`: `getUserCloudStorage` works in the main domain; `two_way_messages`: the open
    data domain can send messages, too; `strict_canvas`: the shared canvas refuses a size, as in the
    platform's simulator; `new_player_session`: what a player starts with; `fail_object`: all
    documented fields of a failure, or `errMsg` alone.
    """

    host: Host = field(default_factory=Host)
    ranking_keys: dict[Annotated[str, Meta(min_length=1, max_length=128)], Order] = field(
        default_factory=dict
    )
    own_data_in_main: bool = True
    two_way_messages: bool = False
    strict_canvas: bool = False
    new_player_session: Session = "valid"
    fail_object: Literal["full", "errMsg"] = "full"


def merged(settings: WorldSettings, patch: Any, catalog: Catalog) -> WorldSettings:
    """The settings with `patch` laid over them, `host` field by field, `ranking_keys` as a whole.

    Raises `Unprocessable`.
    """
    if not isinstance(patch, dict):
        raise reading.refusal([Flaw("", "the settings are no object")])
    before = msgspec.to_builtins(settings)
    host = patch.get("host", {})
    if isinstance(host, dict):
        patch = patch | {"host": before["host"] | host}
    after = reading.demand(before | patch, WorldSettings)
    if flaws := host_flaws(after, catalog):
        raise reading.refusal(flaws)
    return after


def host_flaws(settings: WorldSettings, catalog: Catalog) -> list[Flaw]:
    """What is wrong with the host's list of APIs that it does not offer."""
    return [
        Flaw(f"/host/unsupported/{index}", told)
        for index, name in enumerate(settings.host.unsupported)
        if (told := _cannot_lack(name, catalog))
    ]


def _cannot_lack(name: str, catalog: Catalog) -> str:
    if unknown := reading.unknown_api(name, catalog.apis):
        return unknown
    api = catalog.apis[name]
    if api.kind == "async" and api.row("not-supported") is None:
        return f"{name} documents no failure of a host that does not offer it"
    return ""

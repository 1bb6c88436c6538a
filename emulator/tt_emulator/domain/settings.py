"""What a world is set to: the host app it runs in, and switches where the facts are not certain."""

from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import force_setattr

from tt_emulator.catalog import Catalog
from tt_emulator.domain import reading
from tt_emulator.errors import Flaw

Session = Literal["valid", "expired", "none"]
Order = Literal["desc", "asc"]
Network = Literal["online", "offline"]
Version = Annotated[str, Meta(pattern=r"^[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}$")]
_PLAIN = r"[^\x00-\x1f\x7f-\x9f]+"
_END = r"$(?!\n)"
Word = Annotated[str, Meta(min_length=1, max_length=64, pattern=rf"^(?!.*\s){_PLAIN}{_END}")]
Line = Annotated[str, Meta(min_length=1, max_length=64, pattern=rf"^(?=.*\S){_PLAIN}{_END}")]
LineOrNothing = Annotated[str, Meta(max_length=64, pattern=rf"^(?:(?=.*\S){_PLAIN})?{_END}")]
_LENGTH, _EXTENT = Meta(ge=0, le=10_000), Meta(ge=1, le=10_000)
_RATIO, _SCORE = Meta(gt=0, le=100), Meta(ge=-1, le=1_000_000_000)
Length = Annotated[int, _LENGTH] | Annotated[float, _LENGTH]
Extent = Annotated[int, _EXTENT] | Annotated[float, _EXTENT]
Ratio = Annotated[int, _RATIO] | Annotated[float, _RATIO]
Score = Annotated[int, _SCORE] | Annotated[float, _SCORE]

SYSTEMS = {"android": "Android 14", "ios": "iOS 17.5"}
"""What a phone's `system` is where nobody sets it: games look there for the platform, too."""


class Host(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The app round the game. No page lists a current SDK version: the default is our own,
    above each `since` of the catalog. `unsupported` are APIs that the host does not offer.
    """

    appName: Line = "Douyin"  # noqa: N815  # the platform's spelling
    SDKVersion: Version = "3.50.0"
    unsupported: tuple[str, ...] = ()


class SafeArea(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where nothing of the phone lies over the game, in logical pixels; null follows from the rest:
    from the window, and `width` and `height` from the sides.
    """

    left: Length | None = None
    right: Length | None = None
    top: Length | None = None
    bottom: Length | None = None
    width: Length | None = None
    height: Length | None = None

    def __post_init__(self) -> None:
        for least, most in (("left", "right"), ("top", "bottom")):
            begin, end = getattr(self, least), getattr(self, most)
            if begin is not None and end is not None and begin > end:
                raise ValueError(f"{least} is greater than {most}")


class System(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The emulated phone, as `getSystemInfo` tells of it; the host app stands in `host`.

    No page lists a device: the defaults are our own. `system` is by default as `platform` has it
    (`SYSTEMS`); sizes, in logical pixels, are the page's own where they are null. `language` and
    `statusBarHeight` stand on the page of the C# twin alone, and shipped games read them.
    """

    platform: Word = "android"
    system: LineOrNothing = ""
    brand: Line = "tt-emulator"
    model: Line = "tt-emulator"
    version: Line = "30.0.0"
    language: Word = "zh_CN"
    deviceScore: Score = -1  # noqa: N815  # the platform's spelling, as below
    statusBarHeight: Length = 0  # noqa: N815
    screenWidth: Extent | None = None  # noqa: N815
    screenHeight: Extent | None = None  # noqa: N815
    windowWidth: Extent | None = None  # noqa: N815
    windowHeight: Extent | None = None  # noqa: N815
    pixelRatio: Ratio | None = None  # noqa: N815
    safeArea: SafeArea | None = None  # noqa: N815

    def __post_init__(self) -> None:
        if not self.system:
            force_setattr(self, "system", SYSTEMS.get(self.platform, SYSTEMS["android"]))

    def known(self) -> dict[str, Any]:
        """The fields that are set, `safeArea` with its own."""
        fields = msgspec.to_builtins(self)
        if self.safeArea is not None:
            fields["safeArea"] = _without_null(fields["safeArea"])
        return _without_null(fields)


class Backend(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The app as which a game's own backend calls the platform's server."""

    appid: Line
    secret: Line


class WorldSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of one world.

    `ranking_keys`: the keys that the console has as ranking keys, each with its order;
    `own_data_in_main`: `getUserCloudStorage` works in the main domain; `two_way_messages`: the open
    data domain can send messages, too; `strict_canvas`: the shared canvas refuses a size, as in the
    platform's simulator; `shared_canvas_in_main`: the main domain has the global `sharedCanvas`;
    `screen_sized_canvas`: a new canvas is as large as the screen, else 300 × 150;
    `new_player_session`: what a player starts with; `fail_object`: all documented fields of a
    failure, or `errMsg` alone; `game_panel`: pages of games may show a panel for testers, which
    arms faults for their own player; `backend`: the appid and secret that backends must have, null
    if any will do.
    """

    # a platform whose new worlds are set otherwise has a subclass; the docstring is the schema's
    unused: ClassVar[frozenset[str]] = frozenset()
    """The settings that the platform does not go by."""
    unsupported_are_absent: ClassVar[bool] = False
    """Whether an API that the host does not offer does not exist, where it fails elsewhere."""

    host: Host = field(default_factory=Host)
    system: System = field(default_factory=System)
    ranking_keys: dict[Annotated[str, Meta(min_length=1, max_length=128)], Order] = field(
        default_factory=dict
    )
    own_data_in_main: bool = True
    two_way_messages: bool = False
    strict_canvas: bool = False
    shared_canvas_in_main: bool = True
    screen_sized_canvas: bool = True
    new_player_session: Session = "valid"
    fail_object: Literal["full", "errMsg"] = "full"
    game_panel: bool = False
    backend: Backend | None = None


def _without_null(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _laid_over(before: Any, given: Any) -> Any:
    """What is given, where both are objects field by field."""
    if not (isinstance(before, dict) and isinstance(given, dict)):
        return given
    return before | {name: _laid_over(before.get(name), value) for name, value in given.items()}


def merged(settings: WorldSettings, patch: Any, catalog: Catalog) -> WorldSettings:
    """The settings with `patch` laid over them, `host`, `system` and its `safeArea` field by field,
    `ranking_keys` as a whole. Raises `Unprocessable`.
    """
    if not isinstance(patch, dict):
        raise reading.refusal([Flaw("", "the settings are no object")])
    before = msgspec.to_builtins(settings)
    if settings.system.system == System(platform=settings.system.platform).system:
        del before["system"]["system"]  # it follows the platform
    parts = {
        name: _laid_over(before[name], patch[name]) for name in ("host", "system") if name in patch
    }
    after = reading.demand(before | patch | parts, type(settings))
    if flaws := flaws_of(after, catalog):
        raise reading.refusal(flaws)
    return after


def flaws_of(settings: WorldSettings, catalog: Catalog) -> list[Flaw]:
    """What is wrong with settings whose shape is right."""
    host, keys = _host_flaws(settings, catalog), _key_flaws(settings, catalog)
    return [*host, *keys, *_unused_flaws(settings)]


def _unused_flaws(settings: WorldSettings) -> list[Flaw]:
    """What is set without effect; a document may tell what it is anyway."""
    usual = type(settings)()
    return [
        Flaw(f"/{name}", "has no effect on this platform, and stays as it is")
        for name in sorted(settings.unused)
        if getattr(settings, name) != getattr(usual, name)
    ]


def _key_flaws(settings: WorldSettings, catalog: Catalog) -> list[Flaw]:
    most = catalog.longest_key_bytes()
    return [
        Flaw(f"/ranking_keys/{reading.escaped(key)}", f"no stored key is longer than {most} bytes")
        for key in settings.ranking_keys
        if most is not None and len(key.encode()) > most
    ]


def _host_flaws(settings: WorldSettings, catalog: Catalog) -> list[Flaw]:
    """What is wrong with the host's list of APIs that it does not offer."""
    return [
        Flaw(f"/host/unsupported/{index}", detail)
        for index, name in enumerate(settings.host.unsupported)
        if (detail := _cannot_lack(name, settings, catalog))
    ]


def _cannot_lack(name: str, settings: WorldSettings, catalog: Catalog) -> str:
    if unknown := reading.unknown_api(name, catalog.apis):
        return unknown
    api = catalog.apis[name]
    if not api.of_kind.in_game:
        return f"{name} is called by a game's own server, whatever the host offers"
    if settings.unsupported_are_absent:
        owner = api.member_of
        return f"{name} is a method of {owner}, which no setting takes from it" if owner else ""
    if api.of_kind.called and api.row("not-supported") is None:
        return f"{name} documents no failure of a host that does not offer it"
    return ""

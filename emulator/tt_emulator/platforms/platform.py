"""What a platform is: a value, of which all that is not a platform's own asks."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol

from msgspec import Struct, field

from tt_emulator.catalog import Api, Catalog
from tt_emulator.domain.boards import Rule
from tt_emulator.domain.conditions import States
from tt_emulator.domain.document import PlayerFormat
from tt_emulator.domain.outgoing import Outward
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.replies import Replies
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import CatalogError
from tt_emulator.platforms.identity import Identity
from tt_emulator.platforms.player_fields import PlayerField, failing_states

Concerns = Callable[[str, Record], bool]
"""Whether the player of that openid and record is one of them."""


def nobody_else(api: str, options: Mapping[str, Any], record: Record) -> Concerns | None:
    """No API looks at other players than the one whose call it is."""


class Players(Protocol):
    """How testers see and change a player of the platform."""

    @property
    def Player(self) -> type[Struct]:  # noqa: N802  # a type
        """A player as the control API shows one."""

    @property
    def PlayerPatch(self) -> type[Struct]:  # noqa: N802  # a type
        """What of a player can be set."""

    def view(self, openid: str, record: Record, settings: WorldSettings, base_url: str) -> Any:
        """The player as a `Player`, for whoever reaches the emulator by `base_url`."""

    def change(
        self, openid: str, record: Record, raw: Any, catalog: Catalog, now_ms: int, order: int
    ) -> Change:
        """The write that brings the player to what `raw` says. Raises `Unprocessable`."""


class Phone(Struct, frozen=True):
    """What a page is given of the player's phone: `state` makes a `shape` of the settings and of
    the player as `Players.view` has one. What of a shape is one itself stands in `parts`.
    """

    shape: type[Struct]
    state: Callable[[WorldSettings, Any], Struct]
    parts: Mapping[str, type[Struct]] = field(default_factory=dict)


class Panel(Struct, frozen=True):
    """What the platform shows to the player on a call, and does not tell the game.

    `draw` answers in a `shape`. Of the options that may be any text, `texts` are those that
    matter, each with an example.
    """

    draw: Callable[[Turn], dict[str, Any]]
    shape: Any
    description: str
    texts: Mapping[str, str] = field(default_factory=dict)


class Consent(Struct, frozen=True):
    """How the player answers a window of the platform's: `change` is the write by which the player
    of that record does, as a page tells it in a `shape`, at that world's time in milliseconds. It
    raises `Unprocessable`. `example` is such an answer.
    """

    shape: type[Struct]
    change: Callable[[Record, Any, int], Change]
    example: Mapping[str, Any]


class Wrong(Struct, frozen=True):
    """The option of a backend's call that was not right, or was right and `used` before."""

    option: str
    used: bool = False


class Platform(Struct, frozen=True, kw_only=True, dict=True):
    """One platform, whole.

    `services` answer the APIs that are answered by the server, after `require_state` has raised
    `ApiError` for a player without what the API needs; `outward` are by API, of those whose calls
    ask somebody outside. `boards` are the families of boards in a
    world of these settings, `judge_stored` takes out of a record what it may not hold and tells of
    each, as `Rules.player` does. `others` are those that a call of the API looks at beside
    the player of that record, whose call it is; `None` for nobody.

    `consent` is how players answer its windows, `None` of a platform that asks nothing.

    `backend` answer the APIs that a game's own backend calls. `wrong` has, by error row of an
    endpoint, the secret for which a call is refused by it.

    `where_set` has, by API and then by domain, the setting without which the API does not exist
    there. `panels` are by API. `switches` are what testers switch on in a game's page: faults by
    name, each without player and label. `player_fields` are what they set of a player beside
    names, friends and pairs. `shapes` are those of options and fields, by type and by
    name, each with an example: they stand in the OpenAPI document alone.

    `settings` is the type of what a world is set to: its defaults are those of a new world, and
    what is not stored, or not in a document, is as they have it.

    Raises `CatalogError` if services and catalog do not fit.
    """

    identity: Identity
    catalog: Catalog
    services: Mapping[str, Callable[[Turn], dict[str, Any]]]
    replies: Replies
    require_state: Callable[[Turn], None]
    players: Players
    document: PlayerFormat
    boards: Callable[[WorldSettings], Mapping[str, Rule]]
    judge_stored: Callable[[str, Record], list[str]]
    phone: Phone
    settings: type[WorldSettings] = WorldSettings
    others: Callable[[str, Mapping[str, Any], Record], Concerns | None] = nobody_else
    consent: Consent | None = None
    outward: Mapping[str, Outward] = field(default_factory=dict)
    backend: Mapping[str, Callable[[Turn], dict[str, Any]]] = field(default_factory=dict)
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    where_set: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    panels: Mapping[str, Panel] = field(default_factory=dict)
    shapes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    switches: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    player_fields: tuple[PlayerField, ...] = ()

    def __post_init__(self) -> None:
        called, leaving = self.catalog.served.keys(), self.catalog.leaving.keys()
        served, sent = self.services.keys() | self.backend.keys(), self.outward.keys()
        required = {*self.where_set, *self.panels}
        flaws = {
            "is called, but no service answers it": called - served - leaving,
            "asks somebody outside, but nothing says whom": leaving - sent,
            "is sent outside, but its kind does not leave": sent - leaving,
            "has a service, but its kind is not called": served - (called - leaving),
            "is no API that is called": required - called,
        }
        for flaw, names in flaws.items():
            for name in sorted(names):
                raise CatalogError(
                    f"{self.identity.name}: {name} {flaw}.", "Mend the file; the loader is strict."
                )

    @cached_property
    def endpoints(self) -> dict[tuple[str, str], Api]:
        """The APIs that a game's own backend calls, by method and path."""
        return {
            (api.endpoint.method, path): api
            for api in self.catalog.backend.values()
            if api.endpoint is not None
            for path in api.endpoint.paths
        }

    @cached_property
    def failing_states(self) -> States:
        """The states of players, beside those that the rules know by name, that make calls fail."""
        return failing_states(self.player_fields)

    @property
    def prefix(self) -> str:
        """Of the paths of its calls, a slash at both ends."""
        return self.identity.prefix

    @property
    def global_name(self) -> str:
        """The object whose functions the APIs are."""
        return self.identity.global_name

"""The shape of the catalog: what a file of an API may say. Anything else is a load error."""

from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from tt_emulator.catalog import views
from tt_emulator.catalog.kinds import KINDS, Kind
from tt_emulator.catalog.views import Evidence


class Sourced(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A statement about the platform, with the page it comes from (a tag of `sources.toml`)."""

    evidence: Evidence
    source: str
    note: str | None = None


class ErrorRow(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One documented failure. `code`, `message` and `type` are absent where the page has none.

    `message` is character-exact; a `$name` in it is a place, see `domain/places.py`. Rows may
    share a code, but not code and message. `detail` says what may stand in its place: a free
    `text`, or the name of an `option`. `explanation` is the page's own remark. `prefix` is what the
    page has before `fail` in this row alone.
    """

    name: str
    code: int | None = None
    message: str | None = None
    type: Literal["D", "U", "F", "I"] | None = None
    detail: Literal["text", "option"] | None = None
    explanation: str | None = None
    prefix: str | None = None


class Param(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One option of the call, the callbacks left out.

    `values` are all that it may be, `min` and `max` the inclusive bounds of a whole number. With
    `required_if` it is required when those other options have those values, and then `fields` must
    stand in it, texts that are not empty. `any` is what can be written as JSON, `function` a
    callback that a synchronous API takes.
    """

    name: str
    type: Literal[
        "array<KVData>", "array<string>", "string", "number", "boolean", "object", "any", "function"
    ]
    required: bool
    values: tuple[str | int, ...] = ()
    min: int | None = None
    max: int | None = None
    not_empty: bool = False
    required_if: dict[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()

    @cached_property
    def any_value(self) -> bool:
        """Whether every value of its type will do."""
        bounds = self.values, self.min, self.max, self.not_empty, self.fields
        return bounds == ((), None, None, False, ())


class Limit(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An inclusive upper bound with its unit, and the text that goes with breaking it."""

    name: Literal[
        "key",
        "key_and_value",
        "pairs_per_player",
        "rows",
        "extra",
        "zones",
        "item",
        "total",
        "at_once",
        "user_folder",
        "file",
    ]
    max: int
    unit: Literal["bytes", "pairs", "rows", "zones", "calls"]
    message: str | None = None


class Rule(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that the emulator checks, and the text that goes with breaking it."""

    name: Literal["ranking_value"]
    message: str


class Success(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of the object that `success` receives (of the value, for a synchronous API), and
    those of them that are not always there.
    """

    fields: tuple[str, ...]
    sometimes: tuple[str, ...] = ()


class Api(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One function of the platform.

    `kind` is one of `KINDS`, which say where it can be called and struck. `failure` names the code
    field that its fail object carries, `needs` the player's state without which it fails by itself.
    `hosts` are the apps that have it (none named: all), `hosts_without` those that have not, in
    lower case. `member_of` names the object whose method it is, if it is none of the platform's
    global. `since` is absent where no page tells it. `counterparts` are what other platforms
    call the like: whoever asks for one of those means this. `prefix` is what its messages begin
    with, if that is not its short name and a colon.
    """

    name: str
    since: str | None = None
    prefix: str | None = None
    member_of: str | None = None
    kind: str
    domains: tuple[Literal["main", "open"], ...]
    failure: Literal["errorCode", "errNo", "errMsg", "none"]
    success: Success
    needs: tuple[Literal["session", "network"], ...] = ()
    hosts: tuple[str, ...] = ()
    hosts_without: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
    limits: tuple[Limit, ...] = ()
    rules: tuple[Rule, ...] = ()
    errors: tuple[ErrorRow, ...] = ()

    def row(self, name: str) -> ErrorRow | None:
        """The error row of that name, or `None` if the API does not have it."""
        return next((row for row in self.errors if row.name == name), None)

    def limit(self, name: str) -> Limit:
        """The limit of that name. Raises `LookupError` if the API has none."""
        return self._limits[name]

    @property
    def short_name(self) -> str:
        """By which its texts begin: the Sync form of a method speaks as the other does."""
        return self.name.removesuffix("Sync") if self.member_of else self.name

    @cached_property
    def opening(self) -> str:
        """What its messages begin with, before `ok` and `fail`."""
        return self.prefix or f"{self.short_name}:"

    def opening_of(self, row: ErrorRow) -> str:
        """What the row's message begins with, up to `fail`."""
        return f"{row.prefix or self.opening}fail"

    @property
    def of_kind(self) -> Kind:
        """What holds for all of its kind."""
        return KINDS[self.kind]

    @cached_property
    def _limits(self) -> dict[str, Limit]:
        return {limit.name: limit for limit in self.limits}

    def rule(self, name: str) -> Rule:
        """The rule of that name. Raises `LookupError` if the API has none."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise LookupError(f"{self.name} has no {name}")


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """An error name in words, English and Chinese."""

    en: str
    zh: str


class Catalog(Struct, frozen=True, dict=True):
    """Everything that is known of the platform, by API name."""

    apis: dict[str, Api]
    names: dict[str, Label] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    @cached_property
    def called(self) -> dict[str, Api]:
        """The APIs that games call at the server."""
        return {name: api for name, api in self.apis.items() if api.of_kind.called}

    @cached_property
    def leaving(self) -> dict[str, Api]:
        """The APIs whose calls ask somebody outside."""
        return {name: api for name, api in self.apis.items() if api.of_kind.leaves}

    @cached_property
    def struck(self) -> dict[str, Api]:
        """The APIs whose calls pass the faults."""
        return {name: api for name, api in self.apis.items() if api.of_kind.struck}

    def documented(self) -> list[views.Row]:
        """Those of `rows` that a page documents: what coverage counts."""
        return [row for row in self.rows() if row.evidence == "documented"]

    def rows(self, wanted: str | None = None) -> list[views.Row]:
        """The error rows as people read them, of one API or of all; `source` is the page's URL.

        Those of APIs that no fault can strike are left out: nothing delivers them.
        """
        return [
            views.Row(
                api.name,
                row.name,
                row.code,
                row.message,
                row.type,
                row.evidence,
                self.sources[row.source],
            )
            for api in self.struck.values()
            for row in api.errors
            if wanted in (None, api.name)
        ]

    def longest_key_bytes(self) -> int | None:
        """No key that a game stores for a player is longer, `None` if no page bounds it."""
        limits = [limit for api in self.apis.values() for limit in api.limits]
        return max((limit.max for limit in limits if limit.name == "key"), default=None)

    def limits(self) -> list[views.Limit]:
        """The limits of all APIs as people read them."""
        return [
            views.Limit(
                api.name,
                limit.name,
                limit.max,
                limit.unit,
                limit.evidence,
                self.sources[limit.source],
            )
            for api in self.apis.values()
            for limit in api.limits
        ]

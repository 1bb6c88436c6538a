"""The shape of the catalog: what a file of an API may say. Anything else is a load error."""

from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from tt_emulator.catalog.kinds import KINDS, Kind
from tt_emulator.catalog.views import Evidence

BARE = ("errMsg", "none")
"""What `failure` says of an API whose fail object has no code field."""


class Sourced(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A statement about the platform, with where it comes from (a tag of `sources.toml`).

    `documented` by a page or the official typings, `seen` to the character in a public post or in
    public client code, or `inferred`, which is a conclusion of ours.
    """

    evidence: Evidence
    source: str
    note: str | None = None


class ErrorRow(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One failure. `code`, `message` and `type` are absent where nothing tells them.

    `message` is character-exact; a `$name` in it is a place, see `domain/places.py`. Rows may
    share a code, but not code and message. `detail` says what may stand in its place: a free
    `text`, or the name of an `option`. `explanation` is the page's own remark, which no game
    receives. `prefix` is what the page has before `fail` in this row alone, `literal` the whole
    text where not even `fail` and a space precede the message.

    `code_field` carries the code if that is not the API's `failure`; with `errMsg` the code stands
    in the text alone. `also` are fields that the object has beside.
    """

    name: str
    code: int | str | None = None
    message: str | None = None
    type: str | None = None
    detail: Literal["text", "option"] | None = None
    explanation: str | None = None
    prefix: str | None = None
    literal: str | None = None
    code_field: str | None = None
    also: dict[str, int | str] = field(default_factory=dict)

    @property
    def text(self) -> str | None:
        """Its message as people read it: the whole of a literal."""
        return self.literal or self.message


class Param(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One option of the call, the callbacks left out.

    `values` are all that it may be, `min` and `max` the inclusive bounds of a whole number. With
    `required_if` it is required when those other options have those values, and then `fields` must
    stand in it, texts that are not empty. `where` a request to an endpoint has it. `any` is what
    can be written as JSON, `function` a callback that a synchronous API takes.
    """

    name: str
    type: Literal[
        "array<KVData>",
        "array<object>",
        "array<string>",
        "string",
        "number",
        "boolean",
        "object",
        "any",
        "function",
    ]
    required: bool
    where: Literal["query", "body"] | None = None
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

    name: str
    max: int
    unit: Literal["bytes", "characters", "pairs", "keys", "rows", "zones", "calls"]
    message: str | None = None


class Rule(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that the emulator checks, and the text that goes with breaking it."""

    name: str
    message: str


class Success(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of the object that `success` receives (of the value, for a synchronous API, of
    what its listener receives, for an event), and those of them that are not always there.
    """

    fields: tuple[str, ...]
    sometimes: tuple[str, ...] = ()


class Endpoint(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Where a game's own backend calls an API over HTTP, and how the answers to it look.

    An answer has the fields of `success` or `failure`; the payload stands in them, or in the object
    `payload` if that is named, and a failure has its text in each field of `texts`. With `traced`
    each has a `log_id`. `told_by` are the options that hold a code or a token of one world.
    """

    method: Literal["GET", "POST"]
    paths: tuple[str, ...]
    texts: tuple[str, ...]
    success: dict[str, int | str] = field(default_factory=dict)
    failure: dict[str, int | str] = field(default_factory=dict)
    payload: str | None = None
    traced: bool = False
    told_by: tuple[str, ...] = ()


class Api(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One function of the platform.

    `kind` is one of `KINDS`, which say where it can be called and struck. `failure` names the code
    field that its fail object carries: `errMsg` if it has none, `none` if no object tells of a
    failure. `promise` tells when it returns one: never, or if the call has none of success, fail
    and complete. `needs` is the player's state without which it fails by itself. `hosts` are the
    apps that have it (none named: all), `hosts_without` those that have not, in lower case.
    `member_of` names the object whose method it is, if it is none of the platform's global. `since`
    is absent where no page tells it. `counterparts` are what other platforms call the like: whoever
    asks for one of those means this. `prefix` is what its messages begin with, if that is not its
    short name and a colon. What is in no game is in the domain `server`, and has an `endpoint`.
    """

    name: str
    since: str | None = None
    prefix: str | None = None
    member_of: str | None = None
    kind: str
    domains: tuple[Literal["main", "open", "server"], ...]
    failure: str
    endpoint: Endpoint | None = None
    success: Success
    promise: Literal["never", "without-callbacks"] = "never"
    needs: tuple[str, ...] = ()
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
        return self.limits_by_name[name]

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

    def code_field_of(self, row: ErrorRow) -> str | None:
        """The field that carries the row's code, `None` if none does."""
        name = row.code_field or self.failure
        return None if row.code is None or name in BARE else name

    @property
    def of_kind(self) -> Kind:
        """What holds for all of its kind."""
        return KINDS[self.kind]

    @cached_property
    def limits_by_name(self) -> dict[str, Limit]:
        """The limits, each by its name."""
        return {limit.name: limit for limit in self.limits}

    def rule(self, name: str) -> Rule:
        """The rule of that name. Raises `LookupError` if the API has none."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise LookupError(f"{self.name} has no {name}")

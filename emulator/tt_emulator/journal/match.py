"""Which exchanges somebody asks for, and what differed where none was found."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct

from tt_emulator.catalog import Catalog
from tt_emulator.domain.model import NO_PLAYER, Code, is_id
from tt_emulator.domain.reading import demand, nearest, refusal, unknown_api
from tt_emulator.errors import Flaw
from tt_emulator.journal.exchange import Exchange
from tt_emulator.journal.gaps import GapBound, GapBounds
from tt_emulator.language.quoting import quoted_apart

MAX_WAIT_MS = 120_000
MAX_COUNT = 10**12
MAX_DIFFERENCES = 5

HINT = "GET /__emulator/v1/errors lists the APIs and their errors."
"""What to do about a name that there is not."""

_NO_ROWS = ("lost", "emulator-failure", "undocumented")
"""How a call can end beside the documented errors."""


class Kind(NamedTuple):
    """What exchanges are counted by. `outcome` is as the exchange's."""

    api: str
    player: str
    outcome: str
    code: int | str | None


class Match(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Clauses that must all hold. `error` is a row's name or code."""

    api: str | None = None
    player: str | None = None
    ok: bool | None = None
    error: str | Code | None = None

    def holds(self, kind: Kind) -> bool:
        """Whether all of them do."""
        return next(self.failing(kind), None) is None

    def failing(self, kind: Kind) -> Iterator[str]:
        """The clauses that do not hold, in words."""
        if self.api not in (None, kind.api):
            yield f"api is {kind.api}, not {self.api}"
        if self.player not in (None, kind.player):
            player, wanted = quoted_apart(kind.player, self.player or "")
            yield f"player is {player}, not {wanted}"
        if self.ok is not None and self.ok != (kind.outcome == "ok"):
            yield f"it ended with {kind.outcome}"
        is_by_code = self.error is not None and str(self.error) == str(kind.code)
        if self.error not in (None, kind.outcome) and not is_by_code:
            yield f"it ended with {kind.outcome}, not {self.error}"

    def clauses(self) -> int:
        """How many there are."""
        return sum(each is not None for each in (self.api, self.player, self.ok, self.error))


class Bounds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many exchanges there must be, both ends included."""

    min: Annotated[int, Meta(ge=0, le=MAX_COUNT)] = 0
    max: Annotated[int, Meta(ge=0, le=MAX_COUNT)] | None = None

    def __post_init__(self) -> None:
        if self.max is not None and self.min > self.max:
            raise ValueError("min is greater than max")

    def hold(self, count: int) -> bool:
        """Whether `count` is within them."""
        return self.min <= count and (self.max is None or count <= self.max)

    def words(self) -> str:
        """As a person says it."""
        if self.max is None:
            return f"at least {self.min}"
        return f"exactly {self.min}" if self.min == self.max else f"{self.min} to {self.max}"


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `count`, `wait` and `verify` answer. A number for `count` means at least that many
    to `wait`, and exactly that many to `verify`. Without one, a list of n bounds for gaps means at
    least n + 1.
    """

    match: Match = Match()
    count: Annotated[int, Meta(ge=0, le=MAX_COUNT)] | Bounds | None = None
    timeout_ms: Annotated[int, Meta(ge=0, le=MAX_WAIT_MS)] | None = None
    min_gap_ms: GapBound | None = None
    max_gap_ms: GapBound | None = None

    def gaps(self) -> GapBounds:
        """What the gaps between the exchanges may be."""
        return GapBounds(self.min_gap_ms, self.max_gap_ms)

    def at_least(self) -> Bounds:
        """The bounds that `wait` waits for."""
        if isinstance(self.count, Bounds):
            return self.count
        return Bounds(min=self.gaps().wanted() + 1 if self.count is None else self.count)

    def exactly(self) -> Bounds:
        """The bounds that `verify` checks."""
        if isinstance(self.count, int):
            return Bounds(min=self.count, max=self.count)
        return self.at_least()


def read_question(raw: Any, catalog: Catalog) -> Question:
    """The question in the JSON value `raw`. Raises `Unprocessable`.

    An API, error or player that there cannot be is refused: a misspelt check for no calls would
    always hold.
    """
    question = demand(raw, Question)
    match = question.match
    flaws = [
        Flaw(f"/match/{field}", flaw)
        for field, flaw in (
            ("api", unknown_api(match.api, catalog.apis)),
            ("player", "" if match.player is None or is_id(match.player) else NO_PLAYER),
            ("error", _unknown_error(match.error, catalog)),
        )
        if flaw
    ]
    flaws += question.gaps().flaws()
    if flaws:
        raise refusal(flaws, HINT)
    return question


def _unknown_error(error: str | int | None, catalog: Catalog) -> str:
    rows = [row for api in catalog.apis.values() for row in api.errors]
    names = list(dict.fromkeys([*(row.name for row in rows), *_NO_ROWS]))
    codes = sorted({str(row.code) for row in rows if row.code is not None})
    if error is None or error in names or str(error) in codes:
        return ""
    return f"unknown error {error!r}; {nearest(error, codes if _is_code(error) else names)}"


def _is_code(error: str | int) -> bool:
    return isinstance(error, int) or error.removeprefix("-").isdecimal()


def kind_of(exchange: Exchange) -> Kind:
    """What the exchange is counted by."""
    call, outcome = exchange.call, exchange.outcome
    row = None if outcome in ("ok", "lost") else call.api.row(outcome)
    return Kind(call.api.name, call.player, outcome, row.code if row else None)


def differences(match: Match, exchanges: Iterable[Exchange]) -> list[str]:
    """Why exchanges did not match: those with the most clauses in common first, then the latest.

    Those with none in common are listed only where there is nothing nearer.
    """
    missed = [
        (common, exchange.id, exchange.call.api.name, failing)
        for exchange in exchanges
        for common, failing in _missed(match, exchange)
    ]
    near = [miss for miss in missed if miss[0]] or missed
    latest = sorted(near, reverse=True)[:MAX_DIFFERENCES]
    return [f"#{id} {api}: {failing}" for _, id, api, failing in latest]


def _missed(match: Match, exchange: Exchange) -> Iterator[tuple[int, str]]:
    """How many clauses hold, and one that does not; nothing if all do. How a call under way will
    end is not known yet.
    """
    under_way = exchange.answered_ns is None
    known = Match(api=match.api, player=match.player) if under_way else match
    failing = list(known.failing(kind_of(exchange)))
    common = known.clauses() - len(failing)
    if failing:
        yield common, failing[0]
    elif under_way:
        yield common, "it has no answer yet"


def too_many(match: Match, exchanges: Iterable[Exchange]) -> list[str]:
    """The latest exchanges that matched, where fewer were wanted."""
    latest = matching(match, exchanges)[: -MAX_DIFFERENCES - 1 : -1]
    return [f"#{exchange.id} {exchange.call.api.name}: it matches" for exchange in latest]


def matching(match: Match, exchanges: Iterable[Exchange]) -> list[Exchange]:
    """Those that were answered and match."""
    return [
        exchange
        for exchange in exchanges
        if exchange.answered_ns is not None and match.holds(kind_of(exchange))
    ]


def unsettled(match: Match, exchanges: Iterable[Exchange], matched: list[Exchange]) -> list[str]:
    """The exchanges between those that `matched` that may come to match: they have no answer yet,
    and gaps over them are not what they seem.
    """
    if not matched:
        return []
    clauses = Match(api=match.api, player=match.player)
    return [
        f"#{exchange.id} {exchange.call.api.name} has no answer yet: its gaps are not known"
        for exchange in exchanges
        if exchange.answered_ns is None
        and matched[0].id < exchange.id < matched[-1].id
        and clauses.holds(kind_of(exchange))
    ][:MAX_DIFFERENCES]

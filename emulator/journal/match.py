"""Which exchanges somebody asks for, and what differed where none was found."""

from collections.abc import Iterable
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from emulator.journal.exchange import Exchange

MAX_WAIT_MS = 120_000


class Kind(NamedTuple):
    """What exchanges are counted by. `outcome` is as the exchange's."""

    api: str
    player: str
    outcome: str
    code: int | None


class Match(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Clauses that must all hold. `error` is a row's name or code."""

    api: str | None = None
    player: str | None = None
    ok: bool | None = None
    error: str | int | None = None

    def failing(self, kind: Kind) -> str:
        """The first clause that does not hold, in words; empty if all hold."""
        if self.api not in (None, kind.api):
            return f"api is {kind.api}, not {self.api}"
        if self.player not in (None, kind.player):
            return f"player is {kind.player}, not {self.player}"
        if self.ok is not None and self.ok != (kind.outcome == "ok"):
            return f"it ended with {kind.outcome}"
        if self.error not in (None, kind.outcome, kind.code, str(kind.code)):
            return f"it ended with {kind.outcome}, not {self.error}"
        return ""


class Bounds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many exchanges there must be, both ends included."""

    min: Annotated[int, Meta(ge=0)] = 0
    max: Annotated[int, Meta(ge=0)] | None = None

    def hold(self, count: int) -> bool:
        """Whether `count` is within them."""
        return self.min <= count and (self.max is None or count <= self.max)

    def words(self) -> str:
        """As a person says it."""
        if self.max is None:
            return f"at least {self.min}"
        return f"exactly {self.min}" if self.min == self.max else f"{self.min} to {self.max}"


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `count`, `wait` and `verify` are asked. A number for `count` means at least that many
    to `wait`, and exactly that many to `verify`.
    """

    match: Match = Match()
    count: Annotated[int, Meta(ge=0)] | Bounds | None = None
    timeout_ms: Annotated[int, Meta(ge=0, le=MAX_WAIT_MS)] | None = None

    def at_least(self) -> Bounds:
        """The bounds that `wait` waits for."""
        if isinstance(self.count, Bounds):
            return self.count
        return Bounds(min=1 if self.count is None else self.count)

    def exactly(self) -> Bounds:
        """The bounds that `verify` checks."""
        if isinstance(self.count, int):
            return Bounds(min=self.count, max=self.count)
        return self.at_least()


def kind_of(exchange: Exchange) -> Kind:
    """What the exchange is counted by."""
    call, outcome = exchange.call, exchange.outcome
    row = None if outcome in ("ok", "lost") else call.api.row(outcome)
    return Kind(call.api.name, call.player, outcome, row.code if row else None)


def differences(match: Match, exchanges: Iterable[Exchange]) -> list[str]:
    """Why the latest exchanges that did not match did not."""
    told = [
        f"#{exchange.id} {exchange.call.api.name}: {failing}"
        for exchange in exchanges
        if (failing := match.failing(kind_of(exchange)))
    ]
    return told[-5:]

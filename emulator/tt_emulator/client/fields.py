"""What the verbs take by name, for type checkers; the server judges the values."""

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

# kinds:begin
Wire = Literal[
    "hang",
    "reset",
    "close",
    "truncate",
    "bad_json",
    "http_status",
    "drip",
]
Misbehaviour = Literal[
    "twice",
    "throw",
    "malformed_ok",
    "never",
]
# kinds:end


Gaps = float | Sequence[float] | None
"""A bound for each gap between calls, in milliseconds: the same for all, or one by one in order."""


Cover = Literal["documented", "seen"]
"""What coverage counts: documented errors, or also those that were seen."""


class Uniform(TypedDict):
    """A random delay in milliseconds between two bounds."""

    min: float
    max: float


class LogNormal(TypedDict):
    """A random delay in milliseconds that is seldom long."""

    median: float
    sigma: float
    max: float


class FaultClauses(TypedDict, total=False):
    """Which calls a fault is for, and how it goes about it; see docs/faults.md."""

    player: str
    key: str
    min_keys: int
    domain: Literal["main", "open", "server"]
    skip: int
    every: int
    probability: float
    ttl_s: float
    moment: Literal["before", "after"]
    delay_ms: float | Uniform | LogNormal
    detail: str
    label: str


class FaultFields(FaultClauses, total=False):
    """A fault; one of the first five says what it does, or `delay_ms` alone. `loop` is for a
    sequence.
    """

    error: str | int
    wire: Wire
    client: Misbehaviour
    sequence: list[str | int]
    reply: dict[str, Any]
    loop: bool
    status: int
    duration_ms: float
    api: str | list[str]
    times: int


class Pair(TypedDict):
    """One stored pair as the platform writes it."""

    key: str
    value: str


class PlayerFields(TypedDict, total=False):
    """What of a player can be changed; lists replace. Which of it there is, the platform says."""

    nickname: str
    avatarUrl: str
    KVDataList: list[Pair]
    friends: list[str]
    group: str | None
    groups: list[str]
    launched_from: str | None
    shared_by: str | None
    account: Literal["in", "out", "declines"]
    session: Literal["valid", "expired", "none"]
    session_key: str
    network: Literal["online", "offline"]
    scopes: dict[str, Literal["undetermined", "granted", "denied"]]
    privacy: str
    privacy_asks_again_at: str | int | None
    interactive: dict[str, Any]


class Outcome(TypedDict, total=False):
    """Whose calls, and how they ended; `error` is a row's name or code."""

    player: str
    ok: bool
    error: str | int


class Match(Outcome, total=False):
    """Which exchanges: clauses that must all hold."""

    api: str


class ClockMove(TypedDict, total=False):
    """`set` is ISO 8601 with its zone, or Unix milliseconds; `advance_s` may be negative."""

    set: str | int
    advance_s: float
    freeze: bool

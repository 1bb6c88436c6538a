"""What became of the calls since a fault was armed, counted where each was decided."""

from msgspec import Struct, field

MAX_NAMED = 8
"""How many of the faults that decided first are counted by their ids."""

MAX_KEYS = 6
MAX_CHARACTERS = 1025
"""Of the keys of one call that are kept, and of each of them: more than any text has."""

OTHERS = "others"
"""Stands in `decided` for the faults beyond `MAX_NAMED`."""


class Tally(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Each call of the fault's APIs is in exactly one of these counts; the last ones of a kind that
    failed at a clause are kept as the nearest.

    `skipped` (by `skip` or `every`), `unlucky`, `used` and `over` fitted all clauses: `used` were
    given an effect (of them `hits` no `ok`), `over` came when nothing remained. `matched` are those
    of them that the fault was asked about. `decided` would have been asked, but another fault was
    first: by its id. `expired` came after `ttl_s`, the first of them by `late_ms`. `failed` ended
    before any fault was asked, by what they failed at. The others failed at the clause `min_keys`,
    `key`, `player` or `domain`.
    """

    matched: int = 0
    skipped: int = 0
    unlucky: int = 0
    used: int = 0
    hits: int = 0
    over: int = 0
    decided: dict[str, int] = field(default_factory=dict)
    expired: int = 0
    late_ms: float = 0
    failed: dict[str, int] = field(default_factory=dict)
    min_keys: int = 0
    key: int = 0
    player: int = 0
    domain: int = 0
    last_count: int = 0
    last_keys: list[str] = field(default_factory=list)
    last_player: str = ""
    last_domain: str = ""

    def record_key(self, keys: list[str]) -> None:
        """A call with no key that fits."""
        self.key += 1
        self.last_keys = [key[:MAX_CHARACTERS] for key in keys[:MAX_KEYS]]

    def record_few(self, count: int) -> None:
        """A call with so many keys, which are too few."""
        self.min_keys += 1
        self.last_count = count

    def record_decided(self, fault_id: str) -> None:
        """A call that another fault decided first."""
        if fault_id not in self.decided and len(self.decided) >= MAX_NAMED:
            fault_id = OTHERS
        self.decided[fault_id] = self.decided.get(fault_id, 0) + 1

    def record_expired(self, late_ms: float) -> None:
        """A call that came so long after the fault's time."""
        if not self.expired:
            self.late_ms = late_ms
        self.expired += 1

    def record_failed(self, cause: str) -> None:
        """A call that failed before any fault was asked."""
        self.failed[cause] = self.failed.get(cause, 0) + 1

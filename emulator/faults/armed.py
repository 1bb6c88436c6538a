"""A fault on duty: when it matches, and the count of what it did."""

import re
from fnmatch import translate
from typing import Any

import msgspec
from msgspec import Struct

from emulator.domain.chance import draw, log_normal
from emulator.domain.clock import iso
from emulator.domain.hold import Hold
from emulator.domain.model import Call
from emulator.faults.spec import FaultSpec, Spread
from emulator.faults.strike import Strike


class Post(Struct, frozen=True):
    """Where and when a fault was armed: its place in the story of its world, which is its luck."""

    id: str
    seed: int
    ordinal: int
    armed_at_ms: int


class Armed:
    """One armed fault. It changes under the desk's lock only."""

    def __init__(self, post: Post, spec: FaultSpec, strike: Strike) -> None:
        self.post = post
        self.spec = spec
        self.hold = Hold()
        self.strike = strike
        self.matched = 0
        self.used = 0
        self.hits = 0
        self._near_miss: tuple[int, str] = (-1, "")
        self._limit = len(strike.items) if spec.sequence else spec.times  # type: ignore[attr-defined]  # a sequence has items
        self._key = re.compile(translate(spec.key)).match if spec.key is not None else None

    @property
    def id(self) -> str:
        """The fault's id in its world."""
        return self.post.id

    def meet(self, call: Call, now_ms: int) -> Strike | None:
        """What the fault does to a call of one of its APIs, `None` for nothing; counts it."""
        if not self._matches(call) or self._expired(now_ms):
            return None
        before = self.matched
        self.matched += 1
        if before < self.spec.skip or self.remaining == 0 or not self._lucky(before):
            return None
        strike = self.strike.pick(self.used)
        self.used += 1
        self.hits += not strike.harmless
        return strike

    def delay_ms(self) -> float:
        """How long the call that was just met has to wait."""
        delay = self.spec.delay_ms
        if not isinstance(delay, Spread):
            return delay
        luck = draw(self.post.seed, self.post.ordinal, self.matched - 1, "delay")
        if delay.min is not None:
            return delay.min + luck * (delay.max - delay.min)
        return min(delay.max, log_normal(luck, delay.median or 0, delay.sigma or 0))

    def take_hold(self) -> Hold:
        """What holds its calls until now, to be released; those that follow get a new one."""
        taken, self.hold = self.hold, Hold()
        return taken

    @property
    def remaining(self) -> int | None:
        """Calls that it still has something for, `None` for no end."""
        return None if self._limit is None else self._limit - self.used

    def view(self, calls: dict[str, int]) -> dict[str, Any]:
        """The fault as the control API shows it; `calls` counts the world's calls by API."""
        expires_at_ms = self._expires_at_ms()
        return {
            "id": self.id,
            **_said(self.spec),
            "probability": 1.0 if self.spec.probability is None else self.spec.probability,
            "armed_at": iso(self.post.armed_at_ms),
            "expires_at": None if expires_at_ms is None else iso(expires_at_ms),
            "matched": self.matched,
            "hits": self.hits,
            "remaining": self.remaining,
            "completed": self.remaining == 0,
            "near_miss": self._why_never(calls) if not self.hits else None,
        }

    def _matches(self, call: Call) -> bool:
        spec = self.spec
        if spec.domain is not None and spec.domain != call.domain:
            return self._miss(1, f"domain did not: {call.domain} against {spec.domain}")
        if spec.player is not None and spec.player != call.player:
            return self._miss(2, f"player did not: {call.player} against {spec.player}")
        if self._key is not None and not any(map(self._key, call.keys())):
            keys = ", ".join(call.keys()[:5]) or "no key"
            return self._miss(3, f"key did not: {keys} against {spec.key}")
        return True

    def _miss(self, depth: int, told: str) -> bool:
        if depth >= self._near_miss[0]:
            self._near_miss = (depth, f"api matched, {told}")
        return False

    def _lucky(self, before: int) -> bool:
        chance = self.spec.probability
        if chance is None or chance >= 1:
            return True
        return chance > 0 and draw(self.post.seed, self.post.ordinal, before) < chance

    def _expires_at_ms(self) -> float | None:
        return None if self.spec.ttl_s is None else self.post.armed_at_ms + self.spec.ttl_s * 1000

    def _expired(self, now_ms: int) -> bool:
        expires_at_ms = self._expires_at_ms()
        return expires_at_ms is not None and now_ms >= expires_at_ms

    def _why_never(self, calls: dict[str, int]) -> str:
        if self.matched:
            skipped = min(self.matched, self.spec.skip)
            return f"matched {self.matched} times: {skipped} skipped, no luck in the others"
        if self._near_miss[1]:
            return self._near_miss[1]
        told = ", ".join(f"{name} {count}" for name, count in sorted(calls.items()))
        return f"api did not match: the calls were {told}" if told else "no call has come"


def _said(spec: FaultSpec) -> dict[str, Any]:
    """The fault's fields, without those of the kinds that it is not."""
    fields = msgspec.to_builtins(spec)
    return {name: value for name, value in fields.items() if value is not None or name in _CLAUSES}


_CLAUSES = frozenset({"api", "player", "key", "domain", "times", "ttl_s", "label"})

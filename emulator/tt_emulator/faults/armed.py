"""A fault on duty: when it matches, and the count of what it did."""

import re
from collections.abc import Mapping
from fnmatch import translate

from msgspec import UNSET, Struct
from msgspec.structs import asdict

from tt_emulator.domain.chance import draw, log_normal
from tt_emulator.domain.clock import iso
from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Call
from tt_emulator.faults import views
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.effects import ArmedFault
from tt_emulator.faults.near_miss import near_miss
from tt_emulator.faults.sequence import Sequence
from tt_emulator.faults.spec import FaultSpec, Spread, given
from tt_emulator.faults.tally import Tally
from tt_emulator.language.quoting import fault_name


class ArmedAt(Struct, frozen=True):
    """Where and when a fault was armed: its place in the story of its world, which is its luck."""

    id: str
    seed: int
    ordinal: int
    time_ms: int


class Armed:
    """One armed fault. It changes under the registry's lock only.

    `calls_before` counts the calls of the world by API until it was armed.
    """

    def __init__(
        self,
        armed_at: ArmedAt,
        spec: FaultSpec,
        effect: FaultEffect,
        calls_before: Mapping[str, int],
    ) -> None:
        self.armed_at = armed_at
        self.spec = spec
        self.hold = Hold()
        self.effect = effect
        self.tally = Tally()
        self.calls_before = calls_before
        # a sequence that ends is used up by each call, all else by its strikes
        self._length = (
            None if not isinstance(effect, Sequence) or effect.loop else len(effect.items)
        )
        self._key = re.compile(translate(spec.key)).match if spec.key is not None else None
        self._expires_at_ms = None if spec.ttl_s is None else armed_at.time_ms + spec.ttl_s * 1000

    @property
    def id(self) -> str:
        """The fault's id in its world."""
        return self.armed_at.id

    @property
    def name(self) -> str:
        """Its id and its label, for people."""
        return fault_name(self.id, self.spec.label)

    def apply_to(self, call: Call, now_ms: int) -> FaultEffect | str | None:
        """What the fault does to a call of one of its APIs; counts it.

        `None` if it had nothing to do with it, a reason if it matched and held back.
        """
        if not self._fits(call, now_ms):
            return None
        tally, skip = self.tally, self.spec.skip
        before = tally.matched
        tally.matched += 1
        if before < skip:
            tally.skipped += 1
            return f"{self.name} skipped it, {tally.skipped} of {skip}"
        if self.remaining == 0:
            tally.over += 1
            return None
        every = self.spec.every or 1
        if (place := (before - skip + 1) % every) != 0:
            tally.skipped += 1
            return f"{self.name} strikes one in {every}, match {place}"
        if not self._lucky(before):
            tally.unlucky += 1
            return f"{self.name} had no luck, match {tally.matched}"
        effect = self.effect.pick(tally.used)
        tally.used += 1
        tally.hits += not effect.harmless
        return effect

    def stand_back(self, call: Call, now_ms: int, decider: str) -> None:
        """Count a call of one of its APIs that the fault `decider` decided first."""
        if self._fits(call, now_ms):
            if self.remaining == 0:
                self.tally.over += 1
            else:
                self.tally.record_decided(decider)

    def miss(self, player: str | None, domain: str | None, now_ms: int, cause: str) -> None:
        """Count a call of one of its APIs that failed by `cause` before any fault was asked.

        Its options are not known to be good, so its keys are not looked at.
        """
        if self._reaches(player, domain) and not self._expired(now_ms):
            self.tally.record_failed(cause)

    def delay_ms(self) -> float:
        """How long the call that was just met has to wait."""
        delay = self.spec.delay_ms
        if not isinstance(delay, Spread):
            return delay
        luck = draw(self.armed_at.seed, self.armed_at.ordinal, self.tally.matched - 1, "delay")
        if delay.min is not None:
            return delay.min + luck * (delay.max - delay.min)
        return min(delay.max, log_normal(luck, delay.median or 0, delay.sigma or 0))

    def picked(self, used: int) -> FaultEffect | None:
        """The effect on the call that came after so many others, if it can have come."""
        return self.effect.pick(used) if self._length is None or used < self._length else None

    def take_hold(self) -> Hold:
        """What holds its calls until now, to be released; those that follow get a new one."""
        taken, self.hold = self.hold, Hold()
        return taken

    @property
    def remaining(self) -> int | None:
        """Calls that it still has something for, of a loop its strikes, `None` for no end."""
        if self._length is not None:
            return max(self._length - self.tally.used, 0)
        return None if self.spec.times is None else max(self.spec.times - self.tally.hits, 0)

    def view(self, calls: Mapping[str, int]) -> views.Fault:
        """The fault as the control API shows it; `calls` counts the world's calls by API."""
        expires_at_ms, tally = self._expires_at_ms, self.tally
        return views.shown(
            self.id,
            self.spec,
            undocumented=True if self.effect.undocumented else UNSET,
            armed_at=iso(self.armed_at.time_ms),
            expires_at=None if expires_at_ms is None else iso(expires_at_ms),
            matched=tally.matched,
            hits=tally.hits,
            remaining=self.remaining,
            completed=self.remaining == 0,
            near_miss=None if tally.hits else near_miss(self.spec, tally, self._others(calls)),
        )

    def written(self) -> ArmedFault:
        """What is written of it."""
        return ArmedFault(
            **asdict(self.armed_at),
            spec=given(self.spec),
            calls_before=dict(self.calls_before),
            tally=self.tally,
        )

    def _fits(self, call: Call, now_ms: int) -> bool:
        if not self._reaches(call.player, call.domain):
            return False
        if (self._key or self.spec.min_keys) is not None and not self._fits_keys(call.keys()):
            return False
        return self._expires_at_ms is None or not self._expired(now_ms)

    def _fits_keys(self, keys: list[str]) -> bool:
        if self._key is not None and not any(map(self._key, keys)):
            self.tally.record_key(keys)
            return False
        if len(keys) < (self.spec.min_keys or 0):
            self.tally.record_few(len(keys))
            return False
        return True

    def _reaches(self, player: str | None, domain: str | None) -> bool:
        spec, tally = self.spec, self.tally
        if spec.domain is not None and domain is not None and spec.domain != domain:
            tally.domain += 1
            tally.last_domain = domain
            return False
        if spec.player is not None and player is not None and spec.player != player:
            tally.player += 1
            tally.last_player = player
            return False
        return True

    def _expired(self, now_ms: int) -> bool:
        late_ms = -1 if self._expires_at_ms is None else now_ms - self._expires_at_ms
        if late_ms < 0:
            return False
        self.tally.record_expired(late_ms)
        return True

    def _lucky(self, before: int) -> bool:
        chance = self.spec.probability
        if chance is None or chance >= 1:
            return True
        return draw(self.armed_at.seed, self.armed_at.ordinal, before) < chance

    def _others(self, calls: Mapping[str, int]) -> dict[str, int]:
        """The calls of APIs that it does not strike, since it was armed."""
        before, apis = self.calls_before, self.effect.apis
        return {
            name: count - before.get(name, 0) for name, count in calls.items() if name not in apis
        }

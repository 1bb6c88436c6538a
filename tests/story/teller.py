"""What happens in one world, calls that overlap among it, while a scripted clock goes."""

from heapq import heappop, heappush
from typing import Any

import msgspec

from tt_emulator.domain.model import Call, Wait
from tt_emulator.domain.outgoing import Outgoing, Unanswered
from tt_emulator.engine import Engine, Steps
from tt_emulator.errors import BadRequest, NotArmed
from tt_emulator.platforms import load
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.world import World, Worlds


class FineClock:
    """A clock that stands still until a test moves it, by less than a millisecond if need be."""

    ms = 1_700_000_000_000.25

    def now_ms(self) -> int:
        return int(self.ms)

    def tick_ns(self) -> int:
        return int(self.ms * 1_000_000)


class Teller:
    """One who calls, and tests, in the world `default` of a server of that luck."""

    def __init__(self, seed: int = 5) -> None:
        self.clock = FineClock()
        self.engine = Engine(Worlds(MemoryStorage(), load(), self.clock, seed=seed, on_socket=True))
        self.late_ms = 0.0
        self._waiting: list[tuple[float, int, Steps]] = []
        self._begun = 0

    @property
    def world(self) -> World:
        return self.engine.worlds.open("default")

    def call(
        self, player: str, api: str, options: dict[str, Any], call_id: str | None = None
    ) -> None:
        known = load().catalog.apis[api]
        sent = msgspec.json.encode(options)
        call = Call(known, options, "default", player, known.domains[0], call_id, sent)
        self._begun += 1
        try:
            self._go_on(self._begun, self.engine.handle(call))
        except BadRequest:  # the id is another call's
            return

    def _go_on(self, number: int, steps: Steps) -> None:
        step = next(steps, None)
        while step is not None:
            if isinstance(step, Wait):
                heappush(
                    self._waiting, (self.clock.ms + step.duration_ms + self.late_ms, number, steps)
                )
                return
            if isinstance(step, Outgoing):
                step = steps.send(Unanswered("network-unavailable", "nobody is there"))
            else:
                step = next(steps, None)

    def let_go(self) -> None:
        """All that wait go on, as those do whose hold was released."""
        waiting, self._waiting = self._waiting, []
        for _, number, steps in waiting:
            self._go_on(number, steps)

    def pass_time(self, ms: float) -> None:
        until_ms = self.clock.ms + ms
        while self._waiting and self._waiting[0][0] <= until_ms:
            due_ms, number, steps = heappop(self._waiting)
            self.clock.ms = due_ms
            self._go_on(number, steps)
        self.clock.ms = until_ms

    def arm(self, spec: dict[str, Any]) -> None:
        self.world.faults.arm(spec)

    def replace(self, specs: list[dict[str, Any]]) -> None:
        self.world.faults.replace(specs)

    def disarm(self, number: int) -> None:
        try:
            self.world.faults.disarm(f"f{number}")
        except NotArmed:
            return

    def reorder(self, turned: int) -> None:
        ids = [fault.id for fault in self.world.faults.views()]
        if ids:
            at = turned % len(ids)
            self.world.faults.reorder({"ids": [*ids[at:], *ids[:at]]})

    def player(self, openid: str, raw: dict[str, Any]) -> None:
        self.world.players.put(openid, raw)

    def forget(self, openid: str) -> None:
        self.world.players.delete(openid)

    def settings(self, patch: dict[str, Any]) -> None:
        self.world.set(patch)

    def move_clock(self, move: dict[str, Any]) -> None:
        self.world.move_clock(move)

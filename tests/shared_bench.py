"""An engine over worlds that several servers share."""

import time
from collections.abc import Callable
from itertools import count

from disk_bench import DiskBench
from harness import ScriptedClock
from tt_emulator.domain.outgoing import Answer
from tt_emulator.engine import Engine
from tt_emulator.errors import Elsewhere
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.world import Worlds

Share = Callable[[], SharedStorage]


class SharedBench(DiskBench):
    """A bench that is one of these servers, on a computer with a clock of its own."""

    def __init__(self, storage: SharedStorage, ttl_s: float | None = None) -> None:
        self.platform = load()
        self.catalog = self.platform.catalog
        self.clock = ScriptedClock()
        self.clock.ms = time.time_ns() // 1_000_000 + 60_000  # after Redis has made the worlds
        self.shared = storage
        tokens = count(1)
        others = PLATFORMS.values()
        worlds = Worlds(storage, self.platform, self.clock, others=others, seed=1, ttl_s=ttl_s)
        self.engine = Engine(worlds, lambda: f"token-{next(tokens)}")
        self.outcome, self.asked = Answer(200, {}, b"{}"), []

    def takes_over(self, world: str, owner: "SharedBench") -> None:
        """As if that one did not answer any more."""
        self.shared._look_once()  # at what it had before
        self.shared.lost(Elsewhere(owner.shared.me, world))
        self.engine.worlds.open(world)

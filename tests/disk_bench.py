"""An engine over a data directory, and all that can be seen of its worlds."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from harness import Bench, ScriptedClock, as_json
from tt_emulator.domain.model import Call, Settle, Step
from tt_emulator.domain.outgoing import Answer, Outcome, Outgoing, Request
from tt_emulator.engine import Engine, Steps
from tt_emulator.errors import NotArmed
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.platform import Platform
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.world import World, Worlds
from tt_emulator.world.stored import rules

NEVER_S = 3600.0
LOG_OS = "tt_emulator.storage.disk.log.os"
LOG_SYNC = "tt_emulator.storage.disk.log._sync_data"


class DiskBench(Bench):
    """A bench whose worlds lie in the directory `root`; nothing is flushed but when told to."""

    def __init__(
        self,
        root: Path,
        clock: ScriptedClock | None = None,
        *,
        sync: bool = False,
        platform: Platform | None = None,
    ) -> None:
        self.platform = platform = platform or load()
        self.catalog = platform.catalog
        self.clock = clock or ScriptedClock()
        self.disk = TinyDBStorage(
            root, sync=sync, rules=lambda name: rules(load(PLATFORMS[name])), flush_after_s=NEVER_S
        )
        tokens = count(1)
        worlds = Worlds(
            self.disk, platform, self.clock, others=PLATFORMS.values(), seed=1, on_socket=True
        )
        self.engine = Engine(worlds, lambda: f"token-{next(tokens)}")
        self.outcome: Outcome = Answer(200, {"Content-Type": "application/json"}, b"{}")
        self.asked: list[Request] = []

    def begin(self, api: str, options: dict[str, Any] | None = None, **fields: Any) -> Steps:
        """The call, none of whose steps was taken yet."""
        known = self.catalog.apis[api]
        sent = json.dumps(options or {}).encode()
        given = {"domain": known.domains[0], "sent": sent} | fields
        return self.engine.handle(Call(known, options or {}, **given))

    def steps(self, api: str, options: dict[str, Any] | None = None, **fields: Any) -> list[Step]:
        return list(self.performed(self.begin(api, options, **fields)))

    def performed(self, steps: Steps) -> Iterator[Step]:
        """As a door does it, which lets nobody hear of what is not durable."""
        outcome: Outcome | None = None
        refused: Exception | None = None
        while True:
            try:
                step = steps.throw(refused) if refused else steps.send(outcome)
            except StopIteration:
                return
            outcome = refused = None
            if isinstance(step, Settle):
                step.settle()
                refused = step.refused
            elif isinstance(step, Outgoing):
                self.asked.append(step.request)
                outcome = self.outcome
            else:
                yield step

    def close(self) -> None:
        """The clean end of a server."""
        self.engine.worlds.close()
        self.disk.close()


class Directory:
    """A data directory, the servers on it one after the other, and copies as a crash leaves it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "data"
        self.clock = ScriptedClock()
        self._folder = folder
        self._numbers = count(1)
        self._running: list[DiskBench] = []

    def start(
        self, root: Path | None = None, *, sync: bool = False, platform: Platform | None = None
    ) -> DiskBench:
        """A server on the directory, or on another; at the same time of day."""
        bench = DiskBench(root or self.root, self.clock, sync=sync, platform=platform)
        self._running.append(bench)
        return bench

    def crashed(self) -> Path:
        """The directory as a crash at this instant would leave it."""
        copy = self._folder / f"crashed-{next(self._numbers)}"
        return Path(shutil.copytree(self.root, copy, ignore=shutil.ignore_patterns("lock")))

    def seen_after_a_crash(self, *worlds: str) -> dict[str, Any]:
        """What the next server shows, on what a crash at this instant would leave."""
        root = self.crashed()
        bench = DiskBench(root, self.clock)
        try:
            found = seen(bench, *worlds)
            assert [each.reason for each in bench.disk.set_aside()] == []
            assert [each.reason for each in bench.disk.edited()] == []
            return found
        finally:
            bench.close()
            shutil.rmtree(root)

    def close(self) -> None:
        for bench in self._running:
            bench.close()


def seen(bench: DiskBench, *worlds: str) -> dict[str, Any]:
    """Everything that anybody can see of these worlds, by default of all."""
    known = worlds or tuple(bench.engine.worlds.names())
    return {name: _seen_of(bench.engine.worlds.open(name)) for name in known}


def _seen_of(world: World) -> dict[str, Any]:
    journal = world.journal
    return {
        "document": json.loads(b"".join(world.document.export())),
        "openids": world.players.openids(),
        "clock": as_json(world.clock.view()),
        "settings": as_json(world.settings),
        "faults": as_json(world.faults.views()),
        "taken off": [_taken_off(world, f"f{number}") for number in range(1, 40)],
        "struck": world.faults.struck_apis(),
        "requests": [as_json(each.view()) for each in journal.find()],
        "outcomes": [each.outcome for each in journal.find()],
        "counts": sorted(journal.delivered().items()),
        "rows": sorted(
            (api, outcome, tally.kind.code or 0, tally.others, sorted(tally.players.items()))
            for (api, outcome), tally in journal._counts._tallies.items()
        ),
        "last id": journal.last_id,
        "call ids": sorted(journal._held.by_call_id),
        "bytes": journal._held.bytes,
        "coverage": as_json(world.coverage()),
        "events": world.feed.after(0),
        "state events": world.state_feed.after(0),
        "codes": [as_json(each) for each in world.codes.written()],
        "snapshots": world.store.snapshots.names(),
    }


def _taken_off(world: World, fault_id: str) -> Any:
    try:
        world.faults.get(fault_id)
    except NotArmed as error:
        return as_json(error.fault)
    return "armed"


class FullDisk:
    """The `os` of a machine whose disk takes `writes` more writes."""

    def __init__(self, writes: int = 0) -> None:
        self.writes = writes

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def pwrite(self, descriptor: int, data: bytes, place: int) -> int:
        if place + len(data) <= os.fstat(descriptor).st_size:
            return os.pwrite(descriptor, data, place)
        if self.writes <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.writes -= 1
        return os.pwrite(descriptor, data, place)


@contextmanager
def full_disk(writes: int = 0) -> Iterator[FullDisk]:
    """The disk takes so many writes more, and then none in this block."""
    disk = FullDisk(writes)
    with mock.patch(LOG_OS, disk):
        yield disk

"""Damages each byte that a server stores: `python tests/damage.py [--every 1]`.

The suite does a few of each kind of damage to each file; this alone does all.

A small data directory is left as a kill leaves it, with each kind of file in it. Then one file at a
time is changed in one place: a bit is flipped, a byte is removed, one is put in, the file is cut.
The next server must start, and name that file as set aside or edited.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tt_emulator.domain.clock import SystemClock
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.platforms import load
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.world import Worlds, snapshots, stored

NEVER_S = 3600.0
INSERTED = (b"\x00", b" ", b"\n", b"0", b'"', b"}", b",")
KEPT = "第二关"


class Damage(NamedTuple):
    """What was done to a file, where, and what the file is then."""

    what: str
    place: int
    data: bytes


class Found(NamedTuple):
    """How many damages were done, by file, and which ones came to nothing good."""

    done: Counter[str]
    bad: list[str]


@contextmanager
def opened(root: Path) -> Iterator[TinyDBStorage]:
    """A storage that judges what it reads, and flushes only when told to."""
    storage = TinyDBStorage(root, rules=lambda _: stored.rules(load()), flush_after_s=NEVER_S)
    try:
        yield storage
    finally:
        storage.close()


def prepare(root: Path) -> None:
    """Leave a data directory as a kill would, with each kind of file in it."""
    alive = root.with_name("alive")
    with opened(alive) as storage:
        worlds = Worlds(storage, load(), SystemClock())
        world = worlds.open("default")
        world.players.put(
            "alice", {"nickname": "A", "KVDataList": [{"key": "score", "value": "1"}]}
        )
        world.set({"ranking_keys": {"score": "desc"}})
        storage.flush()
        snapshots.save(world, KEPT)
        world.store.commit("bob", Change({"level": Pair("3", 1_700_000_000_000)}))
        world.store.commit("alice", Change({"score": Pair("2", 1_700_000_000_001)}))
        world.store.delete("bob")
        seeded = worlds.open("Seeded")
        pairs = {"score": Pair("7", 1_700_000_000_000)}
        seeded.store.replace([("carol", Record(pairs)), ("dave", Record(dict(pairs)))])
        shutil.copytree(alive, root)


def damages(data: bytes, rng: random.Random) -> Iterator[Damage]:
    """Each damage of one place that a file with these bytes can have."""
    for place in range(len(data) + 1):
        before, after = data[:place], data[place:]
        if after:
            for bit in range(8):
                yield Damage(f"bit {bit}", place, before + bytes([after[0] ^ 1 << bit]) + after[1:])
            yield Damage("removed", place, before + after[1:])
            yield Damage("cut", place, before)
        for inserted in INSERTED:
            yield Damage(f"inserted {inserted!r}", place, before + inserted + after)
        yield Damage("inserted any", place, before + bytes([rng.randrange(256)]) + after)


def some(data: bytes, rng: random.Random, every: int) -> Iterator[Damage]:
    """One in `every` of these damages and at least one of each kind, at random places."""
    kinds: dict[str, list[Damage]] = {}
    for damage in damages(data, rng):
        kinds.setdefault(damage.what, []).append(damage)
    for each in kinds.values():
        yield from rng.sample(each, -(-len(each) // every))


def state(storage: TinyDBStorage) -> dict[str, Any]:
    """All that the server says of what is stored."""
    worlds = Worlds(storage, load(), SystemClock())
    served: dict[str, Any] = {}
    for name in storage.worlds():
        world = worlds.open(name)
        served[name] = b"".join(world.document.export())
        served[f"{name}, snapshots"] = {
            kept: world.store.snapshots.get(kept) for kept in world.store.snapshots.names()
        }
    return served


def try_out(root: Path, file: Path, damage: Damage, whole: dict[str, Any]) -> str | None:
    """What is bad about a start on a copy of `root` in which that file is damaged."""
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        copy = Path(folder) / "data"
        shutil.copytree(root, copy)
        (copy / file).write_bytes(damage.data)
        try:
            with opened(copy) as storage:
                served = state(storage)
                named = [*storage.set_aside(), *storage.edited()]
        except Exception as error:
            return f"{error!r}"
    if not any(finding.file == file.as_posix() for finding in named):
        return "nothing was named" if served == whole else "it was taken as true"
    return None


def run(folder: Path, every: int, seed: int = 1) -> Found:
    """Do one in `every` damages, and of each file at least one of each kind."""
    rng = random.Random(seed)
    root = folder / "data"
    prepare(root)
    with opened(shutil.copytree(root, folder / "whole")) as storage:
        whole = state(storage)
        assert not [*storage.set_aside(), *storage.edited()]
    done: Counter[str] = Counter()
    bad = []
    for path in sorted(root.rglob("*")):
        file = path.relative_to(root)
        if not path.is_file() or path.name in ("lock", ".gitignore"):
            continue
        for damage in some(path.read_bytes(), rng, every):
            done[file.as_posix()] += 1
            if why := try_out(root, file, damage, whole):
                bad.append(f"{file.as_posix()}, byte {damage.place}, {damage.what}: {why}")
    return Found(done, bad)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args().every
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), every, seed=time.time_ns())
    for file, number in found.done.items():
        print(f"{number:>7} {file}")
    print("\n".join(found.bad))
    print(f"{found.done.total()} damages, {len(found.bad)} of them not found out")
    return 1 if found.bad else 0


if __name__ == "__main__":
    sys.exit(main())

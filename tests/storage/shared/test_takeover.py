"""Whatever servers do to a world, and whenever another takes it over, it is as its writes say."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.shared.counting import Counting, put
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.errors import Elsewhere, EmulatorError
from tt_emulator.storage.shared import importing
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

Share = Callable[[], SharedStorage]

NAMES = ("ann", "bob", "zoë")
ACTS = (
    *("write", "write", "remove", "forget", "clear", "import", "set", "count", "file", "keep"),
    *("checkpoint", "release", "take", "take", "kill", "drop", "old"),
)
numbers = count(1)


class Model:
    """What the world must be."""

    def __init__(self) -> None:
        self.players: dict[str, dict[str, str]] = {}
        self.meta: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.kept: dict[str, bytes] = {}
        self.number = 0


class Team:
    """Two servers and one world, which one of them has."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self.servers = [share(), share()]

    def begin(self) -> None:
        self.world = f"w-{next(numbers)}"
        self.model = Model()
        self.former: SharedWorld | None = None
        self.owner = 0
        self._open()

    def do(self, act: str, name: str, value: int) -> None:
        getattr(self, f"_{act}")(name, str(value))
        self.check()

    def check(self) -> None:
        found, model = self.store, self.model
        assert {
            openid: {key: pair.value for key, pair in record.pairs.items()}
            for openid, record in found.items()
        } == model.players
        assert found.meta() == model.meta
        files = {name: found.files.read(name, "/f") for name in NAMES}
        assert {name: data for name, data in files.items() if data is not None} == model.files
        kept = {name: found.snapshots.get(name) for name in found.snapshots.names()}
        assert kept == model.kept
        assert self.life.number == self.life.shown == model.number

    def _open(self) -> None:
        self.servers[self.owner]._look_once()  # at what it had before
        store = self.servers[self.owner].open_world(self.world)
        assert isinstance(store, SharedWorld)
        self.store, self.life = store, Counting(store)

    def _write(self, name: str, value: str) -> None:
        self.store.commit(name, put(value))
        self.model.players.setdefault(name, {})["score"] = value

    def _remove(self, name: str, value: str) -> None:
        if name in self.model.players:
            self.store.commit(name, Change(remove=("score",)))
            self.model.players[name].pop("score", None)

    def _forget(self, name: str, value: str) -> None:
        self.store.delete(name)
        self.model.players.pop(name, None)
        self.model.files.pop(name, None)

    def _clear(self, name: str, value: str) -> None:
        self.store.clear()
        self.model.players, self.model.meta, self.model.files = {}, {}, {}

    def _import(self, name: str, value: str) -> None:
        keeps = int(value) % 2 == 0
        names = NAMES[: int(value) % 4]
        players = [(each, Record({"score": Pair(value, 1)}, {})) for each in names]
        self.store.replace(players, meta={"n": value}, keeps_files=keeps)
        self.model.players = {each: {"score": value} for each in names}
        self.model.meta = {"n": value}
        if not keeps:
            self.model.files = {}

    def _set(self, name: str, value: str) -> None:
        given = None if int(value) % 3 == 0 else value
        self.store.set_meta({name: given})
        self.model.meta[name] = given
        if given is None:
            del self.model.meta[name]

    def _count(self, name: str, value: str) -> None:
        self.life.count()
        self.model.number += 1

    def _file(self, name: str, value: str) -> None:
        if int(value) % 3 == 0:
            self.store.files.remove(name, ["/f"])
            self.model.files.pop(name, None)
        else:
            self.store.files.write(name, "/f", value.encode(), 1)
            self.model.files[name] = value.encode()

    def _keep(self, name: str, value: str) -> None:
        if int(value) % 3 == 0:
            self.store.snapshots.delete(name)
            self.model.kept.pop(name, None)
        else:
            self.store.snapshots.put(name, value.encode())
            self.model.kept[name] = value.encode()

    def _checkpoint(self, name: str, value: str) -> None:
        self.store.checkpoint()

    def _release(self, name: str, value: str) -> None:
        self.former = self.store
        self.store.release()
        self.owner = int(value) % 2
        self._open()

    def _take(self, name: str, value: str) -> None:
        """The other believes that the owner is dead, which does not know of that."""
        self.former = self.store
        owner, self.owner = self.owner, 1 - self.owner
        self.servers[self.owner].lost(Elsewhere(self.servers[owner].me, self.world))
        self._open()

    def _kill(self, name: str, value: str) -> None:
        dead = self.servers[self.owner]
        dead._fleet.close()
        self.servers[self.owner] = self._share()
        self.owner = int(value) % 2
        self.former = None
        self.servers[self.owner].lost(Elsewhere(dead.me, self.world))
        self._open()

    def _drop(self, name: str, value: str) -> None:
        self.servers[self.owner].drop_world(self.world)
        self.model = Model()
        self._open()

    def _old(self, name: str, value: str) -> None:
        """Who had the world before goes on with it."""
        former = self.former
        if former is None:
            return
        for write in (
            lambda: former.commit(name, put("old")),
            lambda: former.set_meta({"old": 1}),
            lambda: former.snapshots.put("old", b"{}"),
            lambda: former.files.write(name, "/f", b"old", 1),
            former.checkpoint,
        ):
            try:
                write()
            except EmulatorError:
                continue
            raise AssertionError("it was written")


@pytest.fixture
def team(share: Share, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(importing, "PART_BYTES", 100)  # or one line has all of an import
    return Team(share)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(ACTS), st.sampled_from(NAMES), st.integers(1, 9)),
        min_size=5,
        max_size=30,
    )
)
def test_a_world_is_as_its_writes_say(team: Team, steps: list[tuple[str, str, int]]) -> None:
    team.begin()
    for act, name, value in steps:
        team.do(act, name, value)
    team.do("take", "ann", 1)
    team.do("kill", "ann", 1)

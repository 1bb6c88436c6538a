"""What every backend promises: one body, run over each of them."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns
from threading import Thread
from typing import Any
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.store import Storage, WorldStore
from tt_emulator.errors import WorldDropped
from tt_emulator.storage.disk import files, log, tinydb_json
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.storage.memory import MemoryStorage

BACKENDS: dict[str, Callable[[Path, Callable[[], Storage]], Storage]] = {
    "memory": lambda root, shared: MemoryStorage(),
    "tinydb": lambda root, shared: TinyDBStorage(root, flush_after_s=0.001),
    "shared": lambda root, shared: shared(),
}
ODD_NAMES = [
    *("Alice", "alice", "__proto__", "../x", "CON", "con.txt", "a/b", "a\\b", "a:b", "trailing."),
    *("😀", "名前", "x" * 10_000, "X" * 10_000, " ", ".", "..", "a\nb", "\x00", "ı", "I", "i"),
]


@pytest.fixture(params=BACKENDS)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    def shared() -> Storage:
        share: Callable[[], Storage] = request.getfixturevalue("share")  # others need no Redis
        return share()

    backend = BACKENDS[request.param](tmp_path / "data", shared)
    yield backend
    backend.close()


@pytest.fixture
def world(storage: Storage) -> WorldStore:
    return storage.open_world("default")


def put(value: str = "1", *keys: str) -> Change:
    return Change(put={key: Pair(value, 1_700_000_000_000) for key in keys or ("score",)})


def values(world: WorldStore, openid: str) -> dict[str, str] | None:
    record = world.get(openid)
    return record and {key: pair.value for key, pair in record.pairs.items()}


def test_a_player_of_whom_nothing_is_stored_is_none(world: WorldStore) -> None:
    assert world.get("alice") is None
    assert world.openids() == []


def test_a_committed_pair_is_read_at_once(world: WorldStore) -> None:
    world.commit("alice", put("42"))
    record = world.get("alice")
    assert record is not None
    assert record.pairs == {"score": Pair("42", 1_700_000_000_000)}
    assert record.profile == {}


def test_an_empty_change_makes_the_player(world: WorldStore) -> None:
    world.commit("alice", Change())
    assert world.openids() == ["alice"]


def test_a_change_puts_removes_and_edits_the_profile_in_one(world: WorldStore) -> None:
    world.commit("alice", Change({"a": Pair("1", 1)}, (), {"session": "none", "nickname": "A"}))
    world.commit("alice", Change({"b": Pair("2", 2)}, ("a", "absent"), {"session": None, "x": [1]}))
    record = world.get("alice")
    assert record is not None
    assert record.pairs == {"b": Pair("2", 2)}
    assert record.profile == {"nickname": "A", "x": [1]}


def test_players_are_listed_in_order(world: WorldStore) -> None:
    for openid in ("b", "a", "B"):
        world.commit(openid, put())
    assert world.openids() == ["B", "a", "b"]


def test_a_deleted_player_is_gone_and_may_come_back_empty(world: WorldStore) -> None:
    world.commit("alice", put())
    world.commit("bob", put())
    world.delete("alice")
    world.delete("nobody")
    assert world.openids() == ["bob"]
    world.commit("alice", put("2", "level"))
    assert values(world, "alice") == {"level": "2"}


def test_a_cleared_world_has_no_players_and_takes_new_ones(world: WorldStore) -> None:
    world.commit("alice", put())
    world.clear()
    world.clear()
    assert world.openids() == []
    world.commit("alice", put("2"))
    assert values(world, "alice") == {"score": "2"}


def seed(*openids: str, value: str = "0") -> list[tuple[str, Record]]:
    return [(openid, Record({"score": Pair(value, 5, "g", -1)}, {"x": 1})) for openid in openids]


def test_a_seed_takes_the_place_of_all_players(world: WorldStore) -> None:
    world.commit("alice", put("1"))
    world.commit("bob", put("1"))
    world.replace(seed("bob", "carol"))
    assert world.openids() == ["bob", "carol"]
    assert world.get("alice") is None
    record = world.get("carol")
    assert record is not None
    assert (record.pairs, record.profile) == ({"score": Pair("0", 5, "g", -1)}, {"x": 1})


def test_seeded_players_change_and_go_like_others(world: WorldStore) -> None:
    world.replace(seed("alice", "bob"))
    world.commit("alice", put("2"))
    world.delete("bob")
    assert world.openids() == ["alice"]
    assert values(world, "alice") == {"score": "2"}
    world.clear()
    assert world.openids() == []


def test_a_seed_that_fails_half_way_changes_nothing(world: WorldStore) -> None:
    def failing() -> Iterator[tuple[str, Record]]:
        yield from seed("bob")
        raise LookupError("half way")

    world.commit("alice", put("1"))
    with pytest.raises(LookupError):
        world.replace(failing())
    assert world.openids() == ["alice"]
    assert values(world, "alice") == {"score": "1"}


def test_what_is_stored_of_the_world_itself_is_no_player(world: WorldStore) -> None:
    assert world.meta() == {}
    world.set_meta({"fail_object": "full", "clock": {"offset_ms": 5}})
    world.set_meta({"fail_object": None, "strict_canvas": True})
    assert world.meta() == {"clock": {"offset_ms": 5}, "strict_canvas": True}
    assert (world.openids(), list(world.items())) == ([], [])
    world.commit("alice", put())
    assert [openid for openid, _ in world.items()] == world.openids() == ["alice"]
    world.delete("alice")
    assert world.meta() == {"clock": {"offset_ms": 5}, "strict_canvas": True}


def test_what_is_stored_of_the_world_itself_goes_with_all_players(world: WorldStore) -> None:
    world.set_meta({"fail_object": "full"})
    world.replace(seed("bob"), meta={"strict_canvas": True})
    assert (world.meta(), world.openids()) == ({"strict_canvas": True}, ["bob"])
    assert [openid for openid, _ in world.items()] == ["bob"]
    world.replace(seed("carol"))
    assert world.meta() == {}
    world.set_meta({"fail_object": "full"})
    world.clear()
    assert (world.meta(), world.openids()) == ({}, [])
    world.set_meta({"fail_object": "errMsg"})
    assert world.meta() == {"fail_object": "errMsg"}


def elsewhere(act: Callable[[], object]) -> None:
    """Do it in another thread, which nobody may hold up."""
    thread = Thread(target=act, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


def test_others_go_on_in_the_old_world_while_a_seed_is_read(world: WorldStore) -> None:
    def slowly() -> Iterator[tuple[str, Record]]:
        yield from seed("bob")
        elsewhere(lambda: world.commit("alice", put("1")))
        assert values(world, "alice") == {"score": "1"}
        assert world.openids() == ["alice"]

    before = world.writes
    world.replace(slowly())
    assert world.openids() == ["bob"]
    assert world.writes > before + 1


def test_nobody_sees_a_seed_before_what_belongs_to_it_is_done(world: WorldStore) -> None:
    free: list[bool] = []
    lock: Any = world.lock  # a thread's, in these backends

    def then() -> None:
        elsewhere(lambda: free.append(lock.acquire(blocking=False)))
        assert world.openids() == ["bob"]

    world.replace(seed("bob"), then)
    assert free == [False]


def test_a_world_that_is_dropped_while_a_seed_is_read_stays_gone(storage: Storage) -> None:
    def dropping() -> Iterator[tuple[str, Record]]:
        yield from seed("bob")
        elsewhere(lambda: storage.drop_world("default"))

    with pytest.raises(WorldDropped, match="was dropped"):
        storage.open_world("default").replace(dropping())
    assert storage.worlds() == []
    assert storage.open_world("default").openids() == []


def test_each_write_counts(world: WorldStore) -> None:
    counts = [world.writes]
    for write in (
        lambda: world.commit("alice", put()),
        lambda: world.commit("alice", put()),
        lambda: world.replace(seed("bob")),
        lambda: world.commit("bob", put()),
        lambda: world.set_meta({"fail_object": "full"}),
    ):
        write()
        counts.append(world.writes)
    assert counts == sorted(set(counts))


def test_no_seeded_pair_is_later_than_a_write_to_come(world: WorldStore) -> None:
    world.replace([("alice", Record({"score": Pair("1", 5, None, 70)}))])
    assert world.writes >= 70


def text(value: str) -> bytes:
    """A JSON object whose end stands on a line of its own."""
    return json.dumps({"value": value}, ensure_ascii=False, indent=2).encode() + b"\n"


def test_texts_are_kept_under_any_name_with_the_world(storage: Storage) -> None:
    names = ["Mine", "mine", "con", "NUL.txt", "a.", "0", "x" * 64, "X" * 64, "M-i_n.e"]
    names += [
        "第二关",
        "第二關",
        "Älter",
        "ÄLTER",
        "ık",
        "Ik",
        "मेरा",
        "😀" * 64,
        "a b",
        "C:",
        "..x",
        '"',
    ]
    blobs = storage.open_world("default").snapshots
    assert (blobs.names(), blobs.get("mine")) == ([], None)
    for name in names:
        blobs.put(name, text("old"))
        blobs.put(name, text(name))
    assert blobs.names() == sorted(names)
    assert all(blobs.get(name) == text(name) for name in names)
    for name in [*names[1:], "never kept"]:
        blobs.delete(name)
    assert blobs.names() == ["Mine"]
    assert storage.open_world("other").snapshots.names() == []
    storage.drop_world("default")
    assert storage.open_world("default").snapshots.names() == []


def test_snapshots_and_scenarios_of_one_name_are_two(storage: Storage) -> None:
    store = storage.open_world("default")
    store.snapshots.put("慢网", text("a snapshot"))
    store.scenarios.put("慢网", text("a scenario"))
    store.clear()
    assert store.snapshots.get("慢网") == text("a snapshot")
    assert store.scenarios.get("慢网") == text("a scenario")
    store.snapshots.delete("慢网")
    assert (store.snapshots.names(), store.scenarios.names()) == ([], ["慢网"])
    storage.drop_world("default")
    assert storage.open_world("default").scenarios.names() == []


def test_worlds_never_see_each_other(storage: Storage) -> None:
    storage.open_world("one").commit("alice", put("1"))
    storage.open_world("One").commit("alice", put("2"))
    assert values(storage.open_world("one"), "alice") == {"score": "1"}
    assert values(storage.open_world("One"), "alice") == {"score": "2"}
    assert storage.worlds() == ["One", "one"]


def test_a_world_is_the_same_object_each_time(storage: Storage) -> None:
    assert storage.open_world("default") is storage.open_world("default")


def test_a_dropped_world_is_gone_and_starts_anew_when_opened(storage: Storage) -> None:
    old = storage.open_world("default")
    old.commit("alice", put())
    storage.drop_world("default")
    storage.drop_world("never made")
    assert storage.worlds() == []
    assert storage.open_world("default").openids() == []
    storage.open_world("default").commit("bob", put())
    assert (old.get("alice"), old.openids()) == (None, [])


def test_who_still_holds_a_dropped_world_cannot_write_to_it(storage: Storage) -> None:
    old = storage.open_world("default")
    storage.drop_world("default")
    new = storage.open_world("default")
    for write in (
        lambda: old.commit("alice", put()),
        lambda: old.replace(seed("alice")),
        lambda: old.set_meta({"fail_object": "full"}),
        lambda: old.snapshots.put("kept", text("old")),
        lambda: old.scenarios.put("kept", text("old")),
    ):
        with pytest.raises(WorldDropped, match="was dropped"):
            write()
    old.delete("alice")
    old.clear()
    assert (new.openids(), new.meta(), new.snapshots.names()) == ([], {}, [])


def test_a_world_may_be_dropped_by_who_holds_its_lock(storage: Storage) -> None:
    with storage.open_world("default").lock:
        storage.drop_world("default")
    assert storage.worlds() == []


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_odd_names_are_players_keys_and_worlds_like_others(storage: Storage, name: str) -> None:
    world = storage.open_world(name)
    world.commit(name, put("1", name))
    assert storage.worlds() == [name]
    assert world.openids() == [name]
    assert values(world, name) == {name: "1"}


def test_odd_names_are_all_distinct(world: WorldStore) -> None:
    for name in ODD_NAMES:
        world.commit(name, put(name))
    assert world.openids() == sorted(ODD_NAMES)
    assert all(values(world, name) == {"score": name} for name in ODD_NAMES)


def test_a_hundred_values_of_all_kinds_of_text_come_back(world: WorldStore) -> None:
    texts = ["", "\n", "\r\n", "\u2028", "\x85", '"', "\\", "\x00", "\x7f", "é", "e\u0301", "𝄞"]
    world.commit("alice", Change({text: Pair(text, 1) for text in texts}))
    assert values(world, "alice") == {text: text for text in texts}


def test_eight_threads_lose_no_write(world: WorldStore) -> None:
    def write(thread: int) -> None:
        for number in range(200):
            world.commit(f"player-{number % 5}", put(str(number), f"{thread}:{number}"))

    threads = [Thread(target=write, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {key: value for o in world.openids() for key, value in (values(world, o) or {}).items()}
    assert found == {f"{thread}:{n}": str(n) for thread in range(8) for n in range(200)}


def test_read_decide_and_commit_under_the_lock_is_one_step(world: WorldStore) -> None:
    def count_up() -> None:
        for _ in range(200):
            with world.lock:
                now = values(world, "alice") or {"score": "0"}
                world.commit("alice", put(str(int(now["score"]) + 1)))

    threads = [Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert values(world, "alice") == {"score": "800"}


def test_a_second_close_does_nothing(storage: Storage) -> None:
    storage.close()
    storage.close()


NAMES = st.sampled_from(["alice", "Alice", "bob", "😀"])
KEYS = st.sampled_from(["a", "b", "c", "__proto__"]) | st.text(max_size=5).filter(
    lambda text: text.isprintable()
)


class AgainstADict(RuleBasedStateMachine):
    """Any sequence of writes leaves what the same writes leave in a dict."""

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[str, tuple[dict[str, Pair], dict[str, Any]]] = {}
        self.meta: dict[str, Any] = {}
        self.storage: Storage = MemoryStorage()
        self.world = self.storage.open_world("default")

    @rule(openid=NAMES, keys=st.dictionaries(KEYS, st.text(max_size=3).filter(str.isprintable)))
    def put(self, openid: str, keys: dict[str, str]) -> None:
        pairs = {key: Pair(value, 5) for key, value in keys.items()}
        self.world.commit(openid, Change(pairs))
        self.model.setdefault(openid, ({}, {}))[0].update(pairs)

    @rule(openid=NAMES, keys=st.lists(KEYS, max_size=3))
    def remove(self, openid: str, keys: list[str]) -> None:
        self.world.commit(openid, Change(remove=tuple(keys)))
        pairs = self.model.setdefault(openid, ({}, {}))[0]
        for key in keys:
            pairs.pop(key, None)

    @rule(openid=NAMES, nickname=st.sampled_from(["A", "B"]))
    def rename(self, openid: str, nickname: str) -> None:
        self.world.commit(openid, Change(profile={"nickname": nickname}))
        self.model.setdefault(openid, ({}, {}))[1]["nickname"] = nickname

    @rule(name=st.sampled_from(["a", "b"]), value=st.none() | st.integers(0, 9))
    def set_meta(self, name: str, value: int | None) -> None:
        self.world.set_meta({name: value})
        self.meta.pop(name, None)
        if value is not None:
            self.meta[name] = value

    @rule(openid=NAMES)
    def delete(self, openid: str) -> None:
        self.world.delete(openid)
        self.model.pop(openid, None)

    @rule()
    def clear(self) -> None:
        self.world.clear()
        self.model.clear()
        self.meta = {}

    @rule(
        openids=st.sets(NAMES),
        value=st.sampled_from(["1", "2"]),
        meta=st.just({}) | st.just({"b": 7}),
    )
    def seed(self, openids: set[str], value: str, meta: dict[str, Any]) -> None:
        self.world.replace(seed(*openids, value=value), meta=meta)
        self.meta = dict(meta)
        self.model = {
            o: (record.pairs, record.profile) for o, record in seed(*openids, value=value)
        }

    @rule()
    def drop(self) -> None:
        self.storage.drop_world("default")
        self.world = self.storage.open_world("default")
        self.model.clear()
        self.meta = {}

    @rule()
    def go_through_all(self) -> None:
        found = {o: (record.pairs, record.profile) for o, record in self.world.items()}
        assert found == self.model

    @invariant()
    def all_is_as_in_the_dict(self) -> None:
        assert self.world.openids() == sorted(self.model)
        assert self.world.meta() == self.meta
        for openid, (pairs, profile) in self.model.items():
            record = self.world.get(openid)
            assert record is not None
            assert (record.pairs, record.profile) == (pairs, profile)

    def teardown(self) -> None:
        self.storage.close()


class AgainstADictOnDisk(AgainstADict):
    """The same, whenever the server is stopped, killed or brings its files up to date."""

    def __init__(self) -> None:
        super().__init__()
        self.often = mock.patch.object(log, "ROTATE_AT_BYTES", 300)
        self.often.start()
        self.directory = tempfile.TemporaryDirectory()
        self.opened = 0
        self.open(Path(self.directory.name, "0"))

    def open(self, root: Path) -> None:
        self.root = root
        self.disk = TinyDBStorage(root, flush_after_s=3600)
        self.storage = self.disk
        self.world = self.disk.open_world("default")

    @rule()
    def flush(self) -> None:
        self.disk.flush()

    @rule(name=st.sampled_from(["alice", "bob"]))
    def flush_when_a_file_cannot_be_written(self, name: str) -> None:
        def replace_other_file(path: Path, data: bytes, *, sync: bool) -> None:
            if path.name.startswith(name):
                raise PermissionError(13, "open in an editor", str(path))
            files.replace_file(path, data, sync=sync)

        with mock.patch.object(tinydb_json, "replace_file", replace_other_file):
            self.disk.flush()

    @rule()
    def stop_and_start(self) -> None:
        self.disk.close()
        self.open(self.root)

    @rule()
    def kill_and_start(self) -> None:
        self.opened += 1
        copy = self.root.with_name(str(self.opened))
        copytree(self.root, copy, ignore=ignore_patterns("lock"))
        self.disk.close()
        self.open(copy)

    def teardown(self) -> None:
        super().teardown()
        self.often.stop()
        assert self.disk.set_aside() == []
        self.directory.cleanup()


TestAgainstADictInMemory = AgainstADict.TestCase
TestAgainstADictOnDisk = AgainstADictOnDisk.TestCase
TestAgainstADictInMemory.settings = settings(max_examples=30, deadline=None)
TestAgainstADictOnDisk.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)

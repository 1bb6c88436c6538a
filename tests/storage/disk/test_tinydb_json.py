import json
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from subprocess import Popen
from zlib import crc32

import pytest
from tinydb import TinyDB

from killing import is_of_a_kill
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.store import WorldStore
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.names import player_filename
from tt_emulator.storage.disk.player_file import PlayerFile
from tt_emulator.storage.disk.tinydb_json import TinyDBFiles, TinyDBStorage, WholeFile

Open = Callable[..., TinyDBStorage]
Start = Callable[..., Popen[str]]
OPEN_FILES = Path("/proc/self/fd")


def pairs(world: WorldStore, openid: str) -> dict[str, str] | None:
    record = world.get(openid)
    return record and {key: pair.value for key, pair in record.pairs.items()}


def put(**values: str) -> Change:
    return Change({key: Pair(value, 1_700_000_000_000) for key, value in values.items()})


def players(root: Path, world: str = "default") -> Path:
    return root / "worlds" / world / "players"


def named(storage: TinyDBStorage) -> list[str]:
    """The names of the files that were quarantined."""
    return [Path(finding.file).name for finding in storage.set_aside()]


class TestAPlayersFile:
    def test_is_readable_by_a_person(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", put(score="42", level="3"))
        world.commit("alice", Change({"best": Pair("最高", 1_700_000_000_001)}, ("level",)))
        world.commit("alice", Change(profile={"x": [1, 2], "nickname": "Ä"}))
        storage.flush()
        (path,) = players(data).iterdir()
        assert path.name == "alice-230550268730.json"
        assert path.read_bytes().decode("utf-8") == (
            "{\n"
            '  "checksum": {\n'
            '    "1": {"crc32": 4171423990}\n'
            "  },\n"
            '  "kv": {\n'
            '    "1": {"at_ms": 1700000000001, "key": "best", "value": "最高"},\n'
            '    "2": {"at_ms": 1700000000000, "key": "score", "value": "42"}\n'
            "  },\n"
            '  "player": {\n'
            '    "1": {"openid": "alice", "profile": {"nickname": "Ä", "x": [1, 2]}, "seq": 3}\n'
            "  }\n"
            "}\n"
        )

    def test_is_a_database_for_stock_tinydb(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", put(score="42", level="3"))
        storage.close()
        with TinyDB(
            players(data) / player_filename("alice"), access_mode="r", encoding="utf-8"
        ) as db:
            assert db.tables() == {"checksum", "kv", "player"}
            assert [(d.doc_id, d["key"], d["value"]) for d in db.table("kv")] == [
                (1, "level", "3"),
                (2, "score", "42"),
            ]
            assert [d["openid"] for d in db.table("player")] == ["alice"]

    def test_can_be_changed_through_tinydb_while_no_server_runs(
        self, data: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", put(score="42"))
        storage.close()
        with TinyDB(players(data) / player_filename("alice"), storage=WholeFile) as db:
            db.table("kv").insert({"key": "gift", "value": "1"})
        world = open_storage().open_world("default")
        assert pairs(world, "alice") == {"score": "42", "gift": "1"}

    def test_comes_back_as_it_was_saved(self, tmp_path: Path) -> None:
        files = TinyDBFiles(sync=True)
        player_file = PlayerFile("名前", 5, Record({"a": Pair("\u2028", 1)}, {"friends": ["x"]}))
        crc = files.save(tmp_path / "file", player_file)
        assert files.load(tmp_path / "file") == (player_file, crc)
        assert crc == crc32((tmp_path / "file").read_bytes())

    def test_has_a_name_of_its_own_on_every_disk(self, data: Path, open_storage: Open) -> None:
        openids = ["alice", "Alice", "../x", "CON", "😀", "x" * 10_000, "x" * 9_999, "a.", "a "]
        storage = open_storage()
        for openid in openids:
            storage.open_world("default").commit(openid, put(key=openid))
        storage.close()
        names = {path.name.casefold() for path in players(data).iterdir()}
        assert len(names) == len(openids)
        world = open_storage().open_world("default")
        assert world.openids() == sorted(openids)
        assert all(pairs(world, openid) == {"key": openid} for openid in openids)


class TestADamagedFile:
    @pytest.fixture
    def stopped(self, data: Path, open_storage: Open) -> Path:
        storage = open_storage()
        for openid in ("alice", "bob"):
            storage.open_world("default").commit(openid, put(score="42"))
        storage.open_world("Other").commit("carol", put(score="7"))
        storage.close()
        return data

    def cut_in_half(self, path: Path) -> bytes:
        half = path.read_bytes()[: path.stat().st_size // 2]
        path.write_bytes(half)
        return half

    def test_of_a_player_is_set_aside_and_the_others_are_served(
        self, stopped: Path, open_storage: Open
    ) -> None:
        path = players(stopped) / player_filename("alice")
        half = self.cut_in_half(path)
        storage = open_storage()
        world = storage.open_world("default")
        assert named(storage) == [path.name]
        assert world.openids() == ["bob"]
        assert (pairs(world, "alice"), pairs(world, "bob")) == (None, {"score": "42"})
        world.commit("alice", put(score="1"))
        storage.close()
        assert Path(f"{path}.set-aside").read_bytes() == half
        assert pairs(open_storage().open_world("default"), "alice") == {"score": "1"}

    def test_never_takes_the_place_of_an_earlier_one(
        self, stopped: Path, open_storage: Open
    ) -> None:
        path = players(stopped) / player_filename("alice")
        first = self.cut_in_half(path)
        open_storage().close()
        path.write_text("second", encoding="utf-8")
        assert named(open_storage()) == [path.name]
        assert Path(f"{path}.set-aside").read_bytes() == first
        assert Path(f"{path}.set-aside-2").read_text(encoding="utf-8") == "second"

    def test_does_not_take_the_players_name_with_it(
        self, stopped: Path, open_storage: Open
    ) -> None:
        path = players(stopped) / player_filename("alice")
        copy = path.with_name("alice copy.json")
        copy.write_bytes(path.read_bytes())
        storage = open_storage()
        assert named(storage) == [copy.name]
        assert storage.open_world("default").openids() == ["alice", "bob"]

    def test_in_place_of_which_a_directory_stands_is_set_aside(
        self, stopped: Path, open_storage: Open
    ) -> None:
        path = players(stopped) / player_filename("alice")
        path.unlink()
        path.mkdir()
        storage = open_storage()
        assert named(storage) == [path.name]
        assert storage.open_world("default").openids() == ["bob"]

    def test_any_one_of_all_never_stops_the_start(self, stopped: Path, open_storage: Open) -> None:
        for path in sorted(stopped.rglob("*.json")):
            whole = path.read_bytes()
            self.cut_in_half(path)
            storage = open_storage()
            assert named(storage) == [path.name]
            storage.close()
            Path(f"{path}.set-aside").unlink()
            path.write_bytes(whole)

    def test_half_written_by_a_killed_server_is_cleared_away(
        self, stopped: Path, open_storage: Open
    ) -> None:
        path = players(stopped) / (player_filename("alice") + ".tmp")
        path.write_text("{", encoding="utf-8")
        assert open_storage().set_aside() == []
        assert not path.exists()

    def test_of_a_whole_world_gives_a_clear_message(
        self, stopped: Path, open_storage: Open
    ) -> None:
        for path in players(stopped).iterdir():
            path.unlink()
        players(stopped).rmdir()
        players(stopped).touch()
        with pytest.raises(StorageError, match="cannot be used"):
            open_storage()
        players(stopped).unlink()
        assert open_storage().open_world("Other").openids() == ["carol"]


def test_the_files_are_brought_up_to_date_within_a_moment(data: Path) -> None:
    storage = TinyDBStorage(data)
    try:
        storage.open_world("default").commit("alice", put(score="42"))
        path = players(data) / player_filename("alice")
        while not path.exists():  # pytest's timeout ends it
            pass
        assert json.loads(path.read_bytes())["kv"]["1"]["value"] == "42"
    finally:
        storage.close()


def test_what_a_killed_server_dropped_is_swept_at_the_start(data: Path) -> None:
    TinyDBStorage(data).close()
    left = data / "worlds" / ".dropped-1"
    (left / "players").mkdir(parents=True)
    storage = TinyDBStorage(data, flush_after_s=0)
    try:
        while left.exists():  # pytest's timeout ends it
            pass
        assert storage.worlds() == []
    finally:
        storage.close()


@pytest.mark.parametrize("sync", [False, True])
def test_everything_comes_back_after_a_restart(open_storage: Open, sync: bool) -> None:
    storage = open_storage(sync=sync)
    for name in ("default", "Default"):
        storage.open_world(name).commit("alice", put(score=name))
        storage.open_world(name).commit("bob", put(score=name))
        storage.open_world(name).delete("bob")
    storage.open_world("empty")
    storage.drop_world("default")
    storage.close()
    again = open_storage(sync=sync)
    assert again.worlds() == ["Default", "empty"]
    assert again.open_world("Default").openids() == ["alice"]
    assert pairs(again.open_world("Default"), "alice") == {"score": "Default"}


def test_a_second_storage_on_the_directory_is_refused(
    open_storage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tt_emulator.storage.disk.directory.LOCK_WAIT_S", 0.01)
    first = open_storage()
    with pytest.raises(StorageError, match="Another tt-emulator server"):
        open_storage()
    first.close()
    open_storage()


def test_a_start_that_fails_lets_go_of_the_directory(
    data: Path, open_storage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_storage().close()
    with monkeypatch.context() as patched:
        patched.setattr("tt_emulator.storage.disk.directory.LOCK_WAIT_S", 0)
        patched.setattr(
            "tt_emulator.storage.disk.directory.DataDirectory.worlds", lambda self: iter([1 / 0])
        )
        with pytest.raises(ZeroDivisionError):
            open_storage()
    open_storage()


WRITER = """
import os, sys
from pathlib import Path
from tt_emulator.storage.disk import log
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.domain.record import Change, Pair

log.ROTATE_AT_BYTES = 2_000
world = TinyDBStorage(Path(sys.argv[1]), flush_after_s=0).open_world("default")
number = int(sys.argv[2])
while True:
    openid = f"player-{number % 5}"
    if number % 211 == 210:
        world.clear()
    elif number % 50 == 49:
        world.delete(openid)
    else:
        key = f"key-{number % 7}"
        world.commit(openid, Change({key: Pair(str(number), number)}, (f"key-{number % 3}",)))
    number += 1
    os.write(1, b"%d\\n" % number)
"""

Model = dict[str, dict[str, str]]


def after(number: int) -> Model:
    """What the first writes of `WRITER` leave."""
    model: Model = {}
    for n in range(number):
        openid = f"player-{n % 5}"
        if n % 211 == 210:
            model.clear()
        elif n % 50 == 49:
            model.pop(openid, None)
        else:
            player = model.setdefault(openid, {})
            player[f"key-{n % 7}"] = str(n)
            player.pop(f"key-{n % 3}", None)
    return model


def test_killing_the_process_loses_no_acknowledged_write_and_tears_no_file(
    data: Path, start: Start, open_storage: Open
) -> None:
    number = 0
    for stop in range(20):
        writer = start(WRITER, data, number)
        lines = list(islice(writer.stdout, 50 + 97 * stop))
        writer.kill()
        acknowledged = int([*lines, *writer.stdout][-1])
        storage = open_storage()
        world = storage.open_world("default")
        found = {openid: pairs(world, openid) for openid in world.openids()}
        number = acknowledged if found == after(acknowledged) else acknowledged + 1
        assert found == after(number)
        assert all(is_of_a_kill(found.file, found.reason) for found in storage.set_aside())
        for path in players(data).glob("*.json"):
            json.loads(path.read_bytes())
        storage.close()


LIMITED = """
import resource, sys
from pathlib import Path
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.domain.record import Change, Pair

storage = TinyDBStorage(Path(sys.argv[1]), flush_after_s=3600)
world = storage.open_world("default")
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))
number = 0
try:
    while True:
        world.commit("alice", Change({"score": Pair(str(number), 1)}))
        number += 1
except StorageError as error:
    print(error.detail)
print(number, world.get("alice").pairs["score"].value, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for a file's size")
def test_a_file_that_may_not_grow_refuses_the_write_and_keeps_all_earlier_ones(
    data: Path, start: Start, open_storage: Open
) -> None:
    writer = start(LIMITED, data)
    assert "nothing has changed" in writer.stdout.readline()
    written, value = map(int, writer.stdout.readline().split())
    assert written > 15
    assert value == written - 1
    writer.kill()
    writer.wait()
    log = (data / "worlds" / "default" / "log.jsonl").read_bytes()
    assert log.count(b"\n") == written + 1
    assert log.endswith(b"\n ")
    assert pairs(open_storage().open_world("default"), "alice") == {"score": str(value)}


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="only Linux lists open files there")
def test_worlds_at_rest_hold_no_files_open(open_storage: Open) -> None:
    storage = open_storage()
    before = len(list(OPEN_FILES.iterdir()))
    for number in range(50):
        storage.open_world(f"world-{number}").commit("alice", put(score="1"))
    storage.flush()
    assert len(list(OPEN_FILES.iterdir())) <= before

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.store import Rules, WorldStore
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import disk_world, log, tinydb_json
from tt_emulator.storage.disk.files import replace_file
from tt_emulator.storage.disk.names import player_filename
from tt_emulator.storage.disk.tinydb_json import TinyDBFiles, TinyDBStorage

Open = Callable[..., TinyDBStorage]
Crash = Callable[[], Path]


def score(value: object) -> Change:
    return Change({"score": Pair(str(value), 1)})


def scores(world: WorldStore) -> dict[str, str]:
    found = {openid: world.get(openid) for openid in world.openids()}
    return {openid: record.pairs["score"].value for openid, record in found.items() if record}


def home(root: Path) -> Path:
    return root / "worlds" / "default"


def player_path(root: Path, openid: str) -> Path:
    return home(root) / "players" / player_filename(openid)


def place(openid: str) -> str:
    """Where the player's file lies, as findings name it."""
    return f"worlds/default/players/{player_filename(openid)}"


def logs(root: Path) -> list[str]:
    return sorted(path.name for path in home(root).glob("log*"))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the files that cannot be replaced."""
    names: set[str] = set()

    def replace(path: Path, data: bytes, *, sync: bool) -> None:
        if path.name in names:
            raise PermissionError(13, "open in an editor", str(path))
        replace_file(path, data, sync=sync)

    monkeypatch.setattr(tinydb_json, "replace_file", replace)
    return names


class TestThePlayersFile:
    def test_is_written_at_a_flush_and_not_by_the_write(
        self, data: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        assert not player_path(data, "alice").exists()
        storage.flush()
        assert player_path(data, "alice").exists()

    def test_is_written_only_for_players_who_changed(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(1))
        world.commit("bob", score(1))
        storage.flush()
        player_path(data, "alice").write_text("marked", encoding="utf-8")
        world.commit("bob", score(2))
        storage.flush()
        assert player_path(data, "alice").read_text(encoding="utf-8") == "marked"
        assert '"value": "2"' in player_path(data, "bob").read_text(encoding="utf-8")

    def test_of_a_forgotten_player_is_removed(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        for openid in ("alice", "bob", "carol"):
            world.commit(openid, score(1))
        storage.flush()
        world.delete("alice")
        storage.flush()
        assert not player_path(data, "alice").exists()
        world.clear()
        world.commit("carol", score(2))
        storage.flush()
        assert list((home(data) / "players").iterdir()) == [player_path(data, "carol")]

    def test_is_read_at_the_first_use_of_its_player(
        self, open_storage: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage = open_storage()
        for openid in ("alice", "bob"):
            storage.open_world("default").commit(openid, score(1))
        storage.close()
        read = []
        load = TinyDBFiles.load
        monkeypatch.setattr(
            TinyDBFiles, "load", lambda self, path: read.append(path.name) or load(self, path)
        )
        world = open_storage().open_world("default")
        assert world.openids() == ["alice", "bob"]
        assert read == []
        assert world.get("nobody") is None
        for _ in range(2):
            world.get("alice")
            world.commit("alice", score(2))
        assert read == [player_filename("alice")]

    def test_that_cannot_be_written_is_reported_once_and_tried_again(
        self, data: Path, open_storage: Open, broken: set[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(1))
        world.commit("bob", score(1))
        broken.add(player_filename("alice"))
        storage.flush()
        storage.flush()
        assert len(caplog.records) == 1
        assert "open in an editor" in caplog.text
        assert player_path(data, "bob").exists()
        broken.clear()
        storage.flush()
        assert player_path(data, "alice").exists()

    def test_that_went_away_by_hand_is_a_player_of_whom_nothing_is_stored(
        self, data: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.close()
        storage = open_storage()
        world = storage.open_world("default")
        player_path(data, "alice").unlink()
        assert world.get("alice") is None
        assert world.openids() == []
        assert [finding.file for finding in storage.edited()] == [place("alice")]

    def test_that_was_damaged_since_the_start_is_set_aside_at_its_first_use(
        self, data: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.close()
        storage = open_storage()
        player_path(data, "alice").write_text("{", encoding="utf-8")
        assert storage.open_world("default").get("alice") is None
        assert [finding.file for finding in storage.set_aside()] == [place("alice")]
        assert (
            player_path(data, "alice").with_name(f"{player_filename('alice')}.set-aside").exists()
        )


class TestAnEditByHand:
    """Of the file of alice, whose score is 1."""

    @pytest.fixture
    def path(self, data: Path, open_storage: Open) -> Path:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.close()
        return player_path(data, "alice")

    @staticmethod
    def edit(path: Path, old: str = '"value": "1"', new: str = '"value": "99"') -> bytes:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return path.read_bytes()

    def test_while_the_server_is_stopped_is_taken_and_reported(
        self, path: Path, open_storage: Open
    ) -> None:
        edited = self.edit(path)
        storage = open_storage()
        assert scores(storage.open_world("default")) == {"alice": "99"}
        (finding,) = storage.edited()
        assert (finding.file, storage.set_aside()) == (place("alice"), [])
        assert path.read_bytes() == edited

    def test_without_a_check_sum_is_taken_and_reported(
        self, path: Path, open_storage: Open
    ) -> None:
        tables = json.loads(path.read_bytes())
        del tables["checksum"]
        path.write_text(json.dumps(tables), encoding="utf-8")
        storage = open_storage()
        assert scores(storage.open_world("default")) == {"alice": "1"}
        assert [finding.file for finding in storage.edited()] == [place("alice")]

    def test_is_reported_at_each_start_until_the_player_is_written(
        self, path: Path, open_storage: Open
    ) -> None:
        self.edit(path)
        for _ in range(2):
            storage = open_storage()
            assert len(storage.edited()) == 1
            storage.close()
        storage = open_storage()
        storage.open_world("default").commit("alice", score(2))
        storage.close()
        assert open_storage().edited() == []

    @pytest.mark.parametrize("broken", ['"value": ', '"valeu": "1"', '"value": 1'])
    def test_that_is_not_well_formed_is_set_aside_with_its_line(
        self, path: Path, open_storage: Open, broken: str
    ) -> None:
        edited = self.edit(path, new=broken)
        storage = open_storage()
        assert storage.open_world("default").openids() == []
        (finding,) = storage.set_aside()
        assert (finding.file, finding.line, storage.edited()) == (place("alice"), 6, [])
        assert path.with_name(f"{path.name}.set-aside").read_bytes() == edited

    def test_of_a_number_of_which_the_log_knows_nothing_is_set_aside(
        self, data: Path, open_storage: Open, crash: Crash
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(1))
        storage.flush()
        world.commit("alice", score(2))
        crashed = crash()
        self.edit(player_path(crashed, "alice"), '"seq": 1', '"seq": 100')
        storage = open_storage(crashed)
        assert scores(storage.open_world("default")) == {"alice": "2"}
        assert [finding.file for finding in storage.set_aside()] == [place("alice")]

    def test_of_what_no_rule_allows_loses_that_alone(self, path: Path, open_storage: Open) -> None:
        def judge(openid: str, record: Record) -> list[str]:
            return ["newer: not known"] if record.profile.pop("newer", None) else []

        edited = self.edit(path, '"profile": {}', '"profile": {"newer": 1, "nickname": "A"}')
        for edits in (1, 0):
            storage = open_storage(
                rules=lambda _: Rules(judge, lambda fields: [], *[lambda effect: None] * 2)
            )
            record = storage.open_world("default").get("alice")
            assert record is not None
            assert (record.profile, len(record.pairs)) == ({"nickname": "A"}, 1)
            assert [finding.reason for finding in storage.set_aside()] == [
                "newer: not known"
            ] * edits
            storage.close()
        assert path.with_name(f"{path.name}.set-aside").read_bytes() == edited

    def test_before_the_first_use_of_its_player_is_taken_and_reported(
        self, path: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        self.edit(path)
        assert storage.edited() == []
        assert scores(storage.open_world("default")) == {"alice": "99"}
        assert [finding.file for finding in storage.edited()] == [place("alice")]
        storage.open_world("default").commit("alice", score(2))
        storage.flush()
        assert storage.set_aside() == []

    @pytest.mark.parametrize("new", ['"value": "9"', '"value": "99"', '"val'])
    def test_after_that_is_kept_aside_and_reported_before_the_file_is_replaced(
        self, path: Path, open_storage: Open, new: str
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(2))
        storage.flush()
        edited = self.edit(path, '"value": "2"', new)
        world.commit("alice", score(3))
        storage.flush()
        assert scores(world) == {"alice": "3"}
        assert '"value": "3"' in path.read_text(encoding="utf-8")
        assert path.with_name(f"{path.name}.set-aside").read_bytes() == edited
        for findings in (storage.edited(), storage.set_aside()):
            assert [finding.file for finding in findings] == [place("alice")]
        world.commit("alice", score(4))
        storage.flush()
        assert len(storage.edited()) == 1

    def test_of_a_player_who_is_then_forgotten_is_kept_aside(
        self, path: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        edited = self.edit(path)
        storage.open_world("default").delete("alice")
        storage.flush()
        assert not path.exists()
        assert path.with_name(f"{path.name}.set-aside").read_bytes() == edited

    def test_of_a_player_who_was_never_there_is_kept_aside(
        self, path: Path, data: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        player_path(data, "bob").write_bytes(b"made by hand")
        storage.open_world("default").commit("bob", score(1))
        storage.flush()
        assert player_path(data, "bob").with_name(f"{player_filename('bob')}.set-aside").exists()
        assert [finding.file for finding in storage.edited()] == [place("bob")]

    def test_that_cannot_be_kept_aside_is_not_replaced(
        self, path: Path, open_storage: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(2))
        storage.flush()
        edited = self.edit(path, '"value": "2"')

        def refuse(_: Path) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        world.commit("alice", score(3))
        with monkeypatch.context() as patched:
            patched.setattr("tt_emulator.storage.disk.quarantine.new_file", refuse)
            storage.flush()
        assert path.read_bytes() == edited
        storage.flush()
        assert '"value": "3"' in path.read_text(encoding="utf-8")

    def test_of_a_file_of_another_player_is_set_aside(self, path: Path, open_storage: Open) -> None:
        storage = open_storage()
        self.edit(path, '"alice"', '"bob"')
        assert storage.open_world("default").get("alice") is None
        assert [finding.file for finding in storage.set_aside()] == [place("alice")]


class TestTheLog:
    def test_brings_back_what_the_file_lacks(self, open_storage: Open, crash: Crash) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        for openid in ("alice", "bob", "carol"):
            world.commit(openid, score(1))
        storage.flush()
        world.commit("alice", score(2))
        world.delete("bob")
        assert scores(open_storage(crash()).open_world("default")) == {"alice": "2", "carol": "1"}
        world.clear()
        world.commit("bob", score(3))
        assert scores(open_storage(crash()).open_world("default")) == {"bob": "3"}

    def test_counts_on_after_a_crash(self, open_storage: Open, tmp_path: Path) -> None:
        for number in range(3):
            root, next_root = tmp_path / str(number), tmp_path / str(number + 1)
            world = open_storage(root).open_world("default")
            world.commit("alice", score(number))
            world.commit("alice", score(number + 10))
            shutil.copytree(root, next_root, ignore=shutil.ignore_patterns("lock"))
        assert scores(open_storage(next_root).open_world("default")) == {"alice": "12"}

    def test_brings_the_file_up_to_date_at_the_start(
        self, open_storage: Open, crash: Crash
    ) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        crashed = crash()
        open_storage(crashed).flush()
        assert '"value": "1"' in player_path(crashed, "alice").read_text(encoding="utf-8")

    def test_never_undoes_newer_data(self, data: Path, open_storage: Open, crash: Crash) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(1))
        old_log = (home(data) / "log.jsonl").read_bytes()
        world.commit("alice", score(2))
        storage.flush()
        crashed = crash()
        (home(crashed) / "log.jsonl").write_bytes(old_log)
        assert scores(open_storage(crashed).open_world("default")) == {"alice": "2"}

    def test_that_was_lost_does_not_make_later_writes_look_old(
        self, data: Path, open_storage: Open, crash: Crash
    ) -> None:
        storage = open_storage()
        for value in range(9):
            storage.open_world("default").commit("alice", score(value))
        storage.close()
        assert logs(data) == []
        open_storage().open_world("default").commit("alice", score("new"))
        assert scores(open_storage(crash()).open_world("default")) == {"alice": "new"}

    def test_is_gone_after_a_clean_end(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        assert logs(data) == ["log.jsonl"]
        storage.close()
        assert logs(data) == []
        assert scores(open_storage().open_world("default")) == {"alice": "1"}

    def test_stays_after_an_end_that_had_to_be_quick(
        self, data: Path, open_storage: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        monkeypatch.setattr("tt_emulator.storage.disk.flusher.CLOSE_WITHIN_S", -1)
        storage.close()
        assert logs(data) == ["log.jsonl"]
        assert not player_path(data, "alice").exists()
        assert scores(open_storage().open_world("default")) == {"alice": "1"}

    def test_with_a_torn_last_line_loses_only_that(self, open_storage: Open, crash: Crash) -> None:
        world = open_storage().open_world("default")
        world.commit("alice", score(1))
        world.commit("alice", score(2))
        crashed = crash()
        log = home(crashed) / "log.jsonl"
        log.write_bytes(log.read_bytes()[:-3])
        storage = open_storage(crashed)
        assert scores(storage.open_world("default")) == {"alice": "1"}
        (finding,) = storage.set_aside()
        assert (finding.file, finding.line) == ("worlds/default/log.jsonl", 3)
        assert "cut off" in finding.reason

    def test_with_a_damaged_line_is_kept_aside_and_the_rest_used(
        self, open_storage: Open, crash: Crash
    ) -> None:
        world = open_storage().open_world("default")
        for openid in ("alice", "bob", "carol"):
            world.commit(openid, score(1))
        crashed = crash()
        log = home(crashed) / "log.jsonl"
        damaged = log.read_bytes().replace(b'"bob"', b'"b\x00b"')
        log.write_bytes(damaged)
        storage = open_storage(crashed)
        assert scores(storage.open_world("default")) == {"alice": "1", "carol": "1"}
        (finding,) = storage.set_aside()
        assert (finding.file, finding.line) == ("worlds/default/log.jsonl", 3)
        assert Path(f"{log}.set-aside").read_bytes() == damaged

    def test_is_not_held_open_by_a_world_at_rest(
        self, open_storage: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rests = []
        monkeypatch.setattr(
            "tt_emulator.storage.disk.log.Log.rest", lambda self: rests.append(self.size)
        )
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.flush()
        assert len(rests) == 1


class TestRotation:
    @pytest.fixture(autouse=True)
    def early(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(log, "ROTATE_AT_BYTES", 200)

    def test_begins_a_new_log_with_what_the_files_lack(
        self, data: Path, open_storage: Open
    ) -> None:
        storage = open_storage()
        for value in range(9):
            storage.open_world("default").commit("alice", score(value))
        storage.flush()
        assert logs(data) == ["log.jsonl"]
        text = (home(data) / "log.jsonl").read_text(encoding="utf-8")
        assert [f'"value":"{value}"' in text for value in range(9)] == [False] * 8 + [True]

    def test_leaves_a_short_log_alone(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.flush()
        assert logs(data) == ["log.jsonl"]

    def test_never_loses_a_player_whose_file_stays_behind(
        self, data: Path, open_storage: Open, crash: Crash, broken: set[str]
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("bob", score("kept"))
        world.commit("carol", score(1))
        storage.flush()
        broken |= {player_filename("bob"), player_filename("carol")}
        world.commit("bob", score("again"))
        world.delete("carol")
        for _ in range(3):
            for value in range(9):
                world.commit("alice", score(value))
            storage.flush()
        assert logs(data) == ["log.jsonl"]
        crashed = crash()
        assert scores(open_storage(crashed).open_world("default")) == {"alice": "8", "bob": "again"}
        broken.clear()
        storage.flush()
        storage.close()
        assert logs(data) == []
        assert scores(open_storage().open_world("default")) == {"alice": "8", "bob": "again"}

    def test_comes_soon_after_a_start_if_the_server_was_killed_before(
        self, open_storage: Open, crash: Crash
    ) -> None:
        storage = open_storage()
        for value in range(9):
            storage.open_world("default").commit("alice", score(value))
        crashed = crash()
        again = open_storage(crashed)
        again.flush()
        assert logs(crashed) == ["log.jsonl"]
        assert scores(again.open_world("default")) == {"alice": "8"}


class TestADrop:
    def test_leaves_nothing_on_disk(self, data: Path, open_storage: Open) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.drop_world("default")
        storage.flush()
        assert list((data / "worlds").iterdir()) == []

    def test_survives_a_crash(self, open_storage: Open, crash: Crash) -> None:
        storage = open_storage()
        storage.open_world("default").commit("alice", score(1))
        storage.flush()
        storage.drop_world("default")
        assert open_storage(crash()).worlds() == []

    def test_in_the_middle_of_a_flush_writes_nothing_to_the_new_world(
        self, data: Path, open_storage: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        for openid in ("alice", "bob"):
            world.commit(openid, score(1))

        def drop_at_the_copy(*of_a_record: dict[str, Any]) -> Record:
            storage.drop_world("default")
            storage.open_world("default")
            return Record(*of_a_record)

        monkeypatch.setattr(disk_world, "Record", drop_at_the_copy)
        storage.flush()
        assert list((home(data) / "players").iterdir()) == []

    def test_that_cannot_be_done_leaves_the_world_in_use(
        self, open_storage: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage = open_storage()
        world = storage.open_world("default")
        world.commit("alice", score(1))
        with monkeypatch.context() as patched:
            patched.setattr("tt_emulator.storage.disk.directory.retry_on_windows", self.refuse)
            with pytest.raises(StorageError, match="open in an editor"):
                storage.drop_world("default")
        assert storage.open_world("default") is world
        world.commit("bob", score(2))
        assert scores(world) == {"alice": "1", "bob": "2"}

    @staticmethod
    def refuse(_: Callable[[], None]) -> None:
        raise PermissionError(13, "open in an editor")


def test_a_refused_write_changes_nothing(
    data: Path, open_storage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.commit("alice", score(1))
    storage.flush()
    (data / "worlds" / "default").rename(data / "gone")
    for refused in (
        lambda: world.commit("alice", score(2)),
        lambda: world.commit("bob", score(2)),
        lambda: world.delete("alice"),
        world.clear,
    ):
        with pytest.raises(StorageError, match="nothing has changed"):
            refused()
    with pytest.raises(StorageError, match="removed or replaced"):
        scores(world)
    (data / "gone").rename(data / "worlds" / "default")
    assert scores(world) == {"alice": "1"}
    world.commit("alice", score(3))
    assert scores(world) == {"alice": "3"}


def test_after_the_end_nothing_is_written(open_storage: Open) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    storage.close()
    with pytest.raises(StorageError, match="closed"):
        world.commit("alice", score(1))
    with pytest.raises(StorageError, match="closed"):
        storage.open_world("other")


META_IN = {
    "seed.jsonl": '{"openid":"","profile":{"fail_object":"full"},"crc32":2965398107}\n',
    "log.jsonl": (
        '{"seq":2,"effects":[{"kind":"change","openid":"","profile":{"fail_object":"errMsg",'
        '"clock":{"offset_ms":5}}}],"after":0,"crc32":416484784}\n'
    ),
    "players/world-ddd9c40767f9.json": (
        '{\n  "checksum": {\n    "1": {"crc32": 4236136600}\n  },\n  "kv": {},\n  "player": {\n'
        '    "1": {"openid": "", "profile": {"clock": {"offset_ms": 5}, "fail_object": "errMsg"},'
        ' "seq": 2}\n  }\n}\n'
    ),
}
"""What the versions before wrote of the world itself, byte for byte."""


def test_what_is_stored_of_the_world_itself_stands_on_the_disk_where_it_always_stood(
    data: Path, open_storage: Open, crash: Crash
) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    fields = {"fail_object": "errMsg", "clock": {"offset_ms": 5}}
    steps: dict[str, Callable[[], None]] = {
        "seed.jsonl": lambda: world.replace(
            [("alice", Record({"score": Pair("1", 5)}))], meta={"fail_object": "full"}
        ),
        "log.jsonl": lambda: world.set_meta(fields),
        "players/world-ddd9c40767f9.json": storage.flush,
    }
    for name, step in steps.items():
        step()
        assert META_IN[name] in (home(data) / name).read_text(encoding="utf-8")
        started = open_storage(crash())
        again = started.open_world("default")
        assert (again.meta(), scores(again)) == (world.meta(), {"alice": "1"})
        assert (started.set_aside(), started.edited()) == ([], [])
    assert world.meta() == fields


def test_an_edit_of_what_is_stored_of_the_world_itself_meets_its_own_rule(
    data: Path, open_storage: Open
) -> None:
    def no_player(openid: str, record: Record) -> list[str]:
        raise AssertionError(f"{openid!r} is no player")

    def meta(fields: dict[str, Any]) -> list[str]:
        return ["newer: not known"] if fields.pop("newer", None) else []

    storage = open_storage()
    storage.open_world("default").set_meta({"fail_object": "full"})
    storage.close()
    path = player_path(data, "")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"fail_object"', '"newer": 1, "fail_object"'), encoding="utf-8")
    storage = open_storage(rules=lambda _: Rules(no_player, meta, *[lambda effect: None] * 2))
    assert storage.open_world("default").meta() == {"fail_object": "full"}
    assert [finding.reason for finding in storage.set_aside()] == ["newer: not known"]

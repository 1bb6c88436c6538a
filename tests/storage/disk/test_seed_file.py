import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from damage import some
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.store import WorldStore
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import flusher
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.names import player_filename
from tt_emulator.storage.disk.seed_file import SeedFile, write_draft
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

Open = Callable[..., TinyDBStorage]
Crash = Callable[[], Path]


def players(*openids: str, score: str = "1") -> list[tuple[str, Record]]:
    return [(openid, Record({"score": Pair(score, 5)}, {"nickname": openid})) for openid in openids]


def scores(world: WorldStore) -> dict[str, str]:
    found = {openid: world.get(openid) for openid in world.openids()}
    return {openid: record.pairs["score"].value for openid, record in found.items() if record}


def home(root: Path) -> Path:
    return root / "worlds" / "default"


def files(root: Path) -> set[str]:
    """What is in the world's directory, the log apart."""
    found = {path.name for path in home(root).rglob("*.json*")}
    return {name for name in found if not name.startswith("log")}


def test_a_seed_is_one_file_with_a_player_a_line(data: Path, open_storage: Open) -> None:
    open_storage().open_world("default").replace(players("alice", "小明"))

    assert files(data) == {"seed.jsonl"}
    lines = (home(data) / "seed.jsonl").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(',"crc32":')[0] for line in lines] == [
        '{"seq":1,"players":2',
        '{"openid":"alice","pairs":{"score":{"value":"1","at_ms":5}},'
        '"profile":{"nickname":"alice"}',
        '{"openid":"小明","pairs":{"score":{"value":"1","at_ms":5}},"profile":{"nickname":"小明"}',
        '{"seq":1,"players":2',
    ]


def test_a_player_gets_a_file_at_the_first_change(data: Path, open_storage: Open) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.replace(players("alice", "bob"))
    world.get("bob")
    world.commit("alice", Change({"score": Pair("2", 6)}))
    storage.close()

    assert files(data) == {"seed.jsonl", player_filename("alice")}
    assert scores(open_storage().open_world("default")) == {"alice": "2", "bob": "1"}


def test_a_seed_survives_a_crash_at_once(open_storage: Open, crash: Crash) -> None:
    world = open_storage().open_world("default")
    world.commit("carol", Change({"score": Pair("9", 6)}))
    world.replace(players("alice"))

    assert scores(open_storage(crash()).open_world("default")) == {"alice": "1"}


def test_a_crash_before_the_rename_leaves_what_was(
    open_storage: Open, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = open_storage().open_world("default")
    world.commit("carol", Change({"score": Pair("9", 6)}))
    crashed: list[Path] = []
    monkeypatch.setattr(
        "tt_emulator.storage.disk.seed_file.retry_on_windows", lambda _: crashed.append(crash())
    )
    world.replace(players("alice"))

    assert len(list((crashed[0] / "worlds").glob(".draft-*"))) == 1
    assert scores(open_storage(crashed[0]).open_world("default")) == {"carol": "9"}
    assert list((crashed[0] / "worlds").glob(".draft-*")) == []


def test_older_files_of_players_go_and_never_come_back(
    data: Path, open_storage: Open, crash: Crash
) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.commit("carol", Change({"score": Pair("9", 6)}))
    storage.flush()
    world.replace(players("alice"))
    assert scores(open_storage(crash()).open_world("default")) == {"alice": "1"}
    storage.flush()

    assert files(data) == {"seed.jsonl"}
    world.clear()
    assert scores(open_storage(crash()).open_world("default")) == {}


def test_who_is_forgotten_stays_forgotten(data: Path, open_storage: Open) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.replace(players("alice", "bob"))
    world.delete("alice")
    storage.close()

    assert '"forgotten": true' in (home(data) / "players" / player_filename("alice")).read_text()
    storage = open_storage()
    assert storage.open_world("default").openids() == ["bob"]
    storage.open_world("default").commit("alice", Change({"score": Pair("3", 6)}))
    storage.close()
    assert scores(open_storage().open_world("default")) == {"alice": "3", "bob": "1"}


def test_a_cleared_world_has_no_seed_left(data: Path, open_storage: Open, crash: Crash) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.replace(players("alice", "bob"))
    world.delete("bob")
    storage.flush()
    world.clear()
    assert scores(open_storage(crash()).open_world("default")) == {}
    storage.close()

    assert files(data) == set()
    assert scores(open_storage().open_world("default")) == {}


def test_the_log_stays_while_a_seed_that_is_over_cannot_be_removed(
    data: Path, open_storage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.replace(players("alice"))
    world.clear()

    def refuse(path: Path, *, sync: bool) -> None:
        raise PermissionError(13, "open in an editor", str(path))

    with monkeypatch.context() as patched:
        patched.setattr("tt_emulator.storage.disk.seed_file.remove_file", refuse)
        patched.setattr(flusher, "CLOSE_WITHIN_S", 0)
        storage.close()
    assert {path.name for path in home(data).iterdir()} >= {"seed.jsonl", "log.jsonl"}
    assert scores(open_storage().open_world("default")) == {}


def test_a_flush_that_began_before_the_seed_does_not_outlive_it(
    open_storage: Open, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.commit("carol", Change({"score": Pair("9", 6)}))

    def seed_at_the_copy(*of_a_record: object) -> Record:
        world.replace(players("alice"))
        return Record(*of_a_record)  # type: ignore[arg-type]  # what it is called with

    with monkeypatch.context() as patched:
        patched.setattr("tt_emulator.storage.disk.disk_world.Record", seed_at_the_copy)
        storage.flush()
    storage.flush()
    assert scores(world) == {"alice": "1"}
    world.clear()
    storage.flush()
    assert files(crash()) == set()


BOB = re.compile(r'{"openid":"bob".*\n')


@pytest.mark.parametrize(
    ("damage", "left"),
    [
        (lambda text: text.replace('"bob"', "bob"), "ac"),
        (lambda text: text.replace('"bob"', '"b\x00b"'), "ac"),
        (lambda text: text.replace('"nickname":"bob"', '"nickname":"bop"'), "ac"),
        (lambda text: "", ""),
        (lambda text: text.replace('"seq"', '"sqe"'), ""),
        (lambda text: text.replace('"seq"', '"sqe"', 1), "abc"),
        (lambda text: text[: text.index('{"openid":"carol"')], "ab"),
        (lambda text: text[: text.index('{"openid":"carol"') + 20], "ab"),
        (lambda text: text[text.index('{"openid":"alice"') :], "abc"),
        (lambda text: BOB.sub("", text), "ac"),
        (lambda text: BOB.sub(lambda line: line[0] * 2, text), "abc"),
    ],
    ids=[
        *(
            "no JSON",
            "no text",
            "another name",
            "empty",
            "no seq",
            "one seq",
            "cut",
            "cut in a line",
        ),
        *("no head", "a player gone", "a player twice"),
    ],
)
def test_a_damaged_file_is_kept_aside_and_its_good_lines_used(
    data: Path, open_storage: Open, damage: Callable[[str], str], left: str
) -> None:
    storage = open_storage()
    storage.open_world("default").replace(players("alice", "bob", "carol"))
    storage.close()
    path = home(data) / "seed.jsonl"
    damaged = damage(path.read_text(encoding="utf-8"))
    path.write_text(damaged, encoding="utf-8")

    storage = open_storage()
    assert "".join(openid[0] for openid in scores(storage.open_world("default"))) == left
    assert {finding.file for finding in storage.set_aside()} == {"worlds/default/seed.jsonl"}
    assert Path(f"{path}.set-aside").read_text(encoding="utf-8") == damaged
    storage.close()
    storage = open_storage()
    assert "".join(openid[0] for openid in scores(storage.open_world("default"))) == left
    assert storage.set_aside() == []


NEWER = [
    ('"profile":{', '"badges":[1],"profile":{', "unknown field `badges`"),
    ('"at_ms":5', '"at_ms":5,"note":"x"', "unknown field `note` - at `$.pairs[...]`"),
    ('"pairs":{"score":', '"pairs":{"score":1,"best":', "Expected `object`, got `int`"),
    ('"profile":{"nickname":"bob"}', '"profile":[]', "Expected `object`, got `array`"),
    ('"openid":"bob"', '"openid":7', "Expected `str`, got `int`"),
]


@pytest.mark.parametrize(("old", "new", "reason"), NEWER, ids=[reason for _, _, reason in NEWER])
def test_a_line_that_another_version_sealed_is_named_at_the_start_and_kept_aside(
    data: Path, open_storage: Open, old: str, new: str, reason: str
) -> None:
    storage = open_storage()
    storage.open_world("default").replace(players("alice", "bob", "carol"))
    storage.close()
    path = home(data) / "seed.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[2] = sealed(unsealed(lines[2]).replace(old.encode(), new.encode(), 1))
    newer = b"\n".join(lines)
    assert newer != path.read_bytes()
    path.write_bytes(newer)

    storage = open_storage()
    world = storage.open_world("default")
    findings = storage.set_aside()
    assert {finding.file for finding in findings} == {"worlds/default/seed.jsonl"}
    assert findings[0].line == 3
    assert reason in findings[0].reason
    assert Path(f"{path}.set-aside").read_bytes() == newer
    assert world.openids() == ["alice", "carol"]
    assert scores(world) == {"alice": "1", "carol": "1"}
    assert storage.set_aside() == findings


def test_each_kind_of_damage_of_one_place_shows_and_no_other_player_is_believed(
    tmp_path: Path,
) -> None:
    given = dict(players("alice", "bob"))
    seed = SeedFile(tmp_path, sync=False)
    seed.install(write_draft(tmp_path / "draft", given.items(), sync=False), 7)
    whole = seed.path.read_bytes()
    for damage in some(whole, random.Random(1), every=7):
        seed.path.write_bytes(damage.data)
        found = SeedFile(tmp_path, sync=False)
        assert found.recover(), damage
        assert found.seq in (0, 7), damage
        assert all(record == given[openid] for openid, record in found.read(found.openids)), damage


def test_a_line_that_was_damaged_since_the_start_is_a_player_who_is_not_there(
    data: Path, open_storage: Open
) -> None:
    storage = open_storage()
    world = storage.open_world("default")
    world.replace(players("alice", "bob"))
    path = home(data) / "seed.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"value":"1"', '"value":"2"'))

    for _ in range(2):
        assert dict(world.items()) == {}
    assert (world.get("alice"), world.openids()) == (None, ["bob"])
    assert [finding.file for finding in storage.set_aside()] == ["worlds/default/seed.jsonl"] * 2


def test_a_file_that_is_gone_refuses_until_it_is_back(data: Path, open_storage: Open) -> None:
    world = open_storage().open_world("default")
    world.replace(players("alice", "bob"))
    path = home(data) / "seed.jsonl"
    path.rename(path.with_name("gone"))
    for use in (lambda: world.get("alice"), lambda: world.commit("bob", Change())):
        with pytest.raises(StorageError, match=r"seed\.jsonl: the file was removed"):
            use()
    path.with_name("gone").rename(path)
    assert scores(world) == {"alice": "1", "bob": "1"}


def test_a_refused_seed_changes_nothing(data: Path, open_storage: Open) -> None:
    world = open_storage().open_world("default")
    world.replace(players("alice"))
    (data / "worlds" / "default").rename(data / "gone")
    with pytest.raises(StorageError):
        world.replace(players("bob"))
    (data / "gone").rename(data / "worlds" / "default")
    assert scores(world) == {"alice": "1"}

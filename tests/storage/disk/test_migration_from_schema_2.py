"""A data directory of schema 2, as a killed server of the version before left it, byte for byte."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from disk_bench import Directory, DiskBench
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import manifest, migration
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

Open = Callable[..., TinyDBStorage]

MANIFEST = '{"kind":"tt-emulator-data","schema":2,"crc32":650984268}\n'
ALICE = """{
  "checksum": {
    "1": {"crc32": 4153807754}
  },
  "kv": {
    "1": {"at_ms": 1795954296950, "key": "score", "order": 1, "value": "1"}
  },
  "player": {
    "1": {"openid": "alice", "profile": {}, "seq": 1}
  }
}
"""
LOG = (
    '{"log":"default","schema":2,"seq":0,"crc32":3906047126}\n'
    '{"seq":1,"effects":[{"kind":"change","openid":"alice","put":{"score":{"value":"1",'
    '"at_ms":1795954296950,"order":1}}}],"crc32":493038689}\n'
    '{"seq":2,"effects":[{"kind":"change","openid":"alice","put":{"score":{"value":"2",'
    '"at_ms":1795954297561,"order":2}}}],"crc32":506922688}\n'
    '{"seq":3,"effects":[{"kind":"change","openid":"bob","profile":{"nickname":"B"}}],'
    '"crc32":1986381083}\n'
    '{"seq":4,"effects":[{"kind":"change","openid":"","profile":{"clock":'
    '{"frozen_at":1580558400000}}}],"crc32":2286531731}\n'
    '{"seq":5,"effects":[{"kind":"forget","openid":"bob"}],"crc32":4166367308}\n '
)
EAST = (
    '{"log":"East","schema":2,"seq":0,"crc32":1119718500}\n'
    '{"seq":1,"effects":[{"kind":"change","openid":"eve","put":{"score":{"value":"3",'
    '"at_ms":1795954297694,"order":1}}}],"crc32":3334980692}\n '
)
WORLDS = {
    "default/players/alice-230550268730.json": ALICE,
    "default/log.jsonl": LOG,
    "east~7f1886e55977/log.jsonl": EAST,
    "east~7f1886e55977/world.json": '{"world":"East","crc32":491551190}\n',
}


@pytest.fixture
def old(data: Path) -> Path:
    data.mkdir()
    (data / "tt-emulator.json").write_text(MANIFEST, encoding="utf-8", newline="")
    (data / "lock").touch()
    for name, text in WORLDS.items():
        path = data / "worlds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return data


def all_is_there(bench: DiskBench) -> None:
    world, east = bench.world, bench.engine.worlds.open("East")
    assert bench.engine.worlds.names() == ["East", "default"]
    assert (world.players.openids(), east.players.openids()) == (["alice"], ["eve"])
    alice, eve = world.store.get("alice"), east.store.get("eve")
    assert alice is not None
    assert eve is not None
    assert (alice.pairs["score"].value, alice.pairs["score"].order) == ("2", 2)
    assert eve.pairs["score"].value == "3"
    assert world.clock.now_ms() == 1_580_558_400_000
    assert (bench.disk.set_aside(), bench.disk.edited()) == ([], [])


def schema_of(root: Path) -> int:
    found = json.loads((root / "tt-emulator.json").read_text(encoding="utf-8"))
    return int(found["schema"])


@pytest.fixture
def directory(old: Path, tmp_path: Path) -> Directory:
    assert old == tmp_path / "data"
    return Directory(tmp_path)


def test_all_of_it_is_there_in_two_lives(directory: Directory) -> None:
    for _ in range(2):
        bench = directory.start()
        all_is_there(bench)
        assert schema_of(directory.root) == 3
        bench.close()


def test_a_crash_after_the_first_start_loses_nothing(directory: Directory) -> None:
    bench = directory.start()
    bench.call("login")
    again = directory.start(directory.crashed())
    all_is_there(again)
    assert [each.call.api.name for each in again.world.journal.find()] == ["login"]
    directory.close()


def test_a_backup_stays_as_it_was(old: Path, open_storage: Open) -> None:
    open_storage()
    backup = old / "backup-schema-2"
    kept = {str(path.relative_to(backup).as_posix()) for path in backup.rglob("*.json*")}
    assert kept == set(WORLDS)
    for name, text in WORLDS.items():
        assert (backup / name).read_bytes() == text.encode()


@pytest.mark.parametrize("cut_short_at", [1, 2])
def test_a_migration_that_was_cut_short_begins_again(
    directory: Directory, monkeypatch: pytest.MonkeyPatch, cut_short_at: int
) -> None:
    replaced = []

    def cut_short(path: Path, text: bytes) -> None:
        replaced.append(path)
        path.write_bytes(text[: len(text) // 2])
        if len(replaced) == cut_short_at:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(migration, "replace_file", cut_short)
        with pytest.raises(KeyboardInterrupt):
            directory.start()
    assert schema_of(directory.root) == 2
    bench = directory.start()
    all_is_there(bench)
    assert (directory.root / "backup-schema-2").is_dir()
    assert not (directory.root / "migrating-from-schema-2").exists()
    bench.close()


def test_a_migration_that_was_cut_short_before_the_manifest_begins_again(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(manifest, "_write", interrupt)
        with pytest.raises(KeyboardInterrupt):
            directory.start()
    bench = directory.start()
    all_is_there(bench)
    bench.close()


def test_a_lost_manifest_is_seen_at_the_logs(directory: Directory) -> None:
    (directory.root / "tt-emulator.json").write_bytes(b"\x00" * 30)
    bench = directory.start()
    assert [finding.file for finding in bench.disk.set_aside()] == ["tt-emulator.json"]
    assert bench.world.players.openids() == ["alice"]
    assert (directory.root / "backup-schema-2").is_dir()
    bench.close()


def test_a_line_that_is_damaged_is_named_and_the_rest_is_there(directory: Directory) -> None:
    path = directory.root / "worlds" / "default" / "log.jsonl"
    path.write_bytes(LOG.replace('"nickname":"B"', '"nickname":"C"').encode())
    bench = directory.start()
    found = [(finding.file, finding.line) for finding in bench.disk.set_aside()]
    assert ("worlds/default/log.jsonl", 4) in found
    assert bench.world.players.openids() == ["alice"]
    bench.close()


def test_a_header_that_is_damaged_is_named_and_the_rest_is_there(directory: Directory) -> None:
    path = directory.root / "worlds" / "default" / "log.jsonl"
    path.write_bytes(LOG.replace('"schema":2', '"schema":7').encode())
    bench = directory.start()
    assert [(finding.file, finding.line) for finding in bench.disk.set_aside()] == [
        ("worlds/default/log.jsonl", 1)
    ]
    assert bench.world.players.openids() == ["alice"]
    bench.close()


def test_schema_4_is_refused_and_left_alone(old: Path, open_storage: Open) -> None:
    text = manifest.text(4)
    (old / "tt-emulator.json").write_bytes(text)
    with pytest.raises(StorageError, match="has schema 4; this version knows 3"):
        open_storage()
    assert (old / "tt-emulator.json").read_bytes() == text
    for name, kept in WORLDS.items():
        assert (old / "worlds" / name).read_bytes() == kept.encode()

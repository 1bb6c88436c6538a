"""A data directory of schema 1, as the version before wrote it, byte for byte."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tt_emulator.domain.store import WorldStore
from tt_emulator.storage.disk.names import player_filename, world_directory
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

Open = Callable[..., TinyDBStorage]

CLEARED = world_directory("Cleared")
ALICE = """{
  "kv": {
    "1": {"at_ms": 1700000000000, "group": "g", "key": "score", "order": 3, "value": "1"}
  },
  "player": {
    "1": {"openid": "alice", "profile": {"nickname": "A"}, "seq": 3}
  }
}
"""
SEED = (
    '{"openid":"carol","pairs":{"score":{"value":"7","at_ms":5}},"profile":{"nickname":"C"}}\n'
    '{"openid":"dave","pairs":{"score":{"value":"8","at_ms":5}}}\n'
    '{"seq":2}\n'
)
OLDER = (
    '{"seq":4,"openid":"bob","put":{"score":{"value":"4","at_ms":6}}}\n'
    '{"seq":5,"openid":"dave","forget":true}\n'
)
LOG = (
    '{"seq":7,"openid":"alice","put":{"score":{"value":"2","at_ms":6,"order":7}}}\n'
    '{"seq":8,"openid":"bob","put":{"level":{"value":"1","at_ms":7}},"remove":["score"],'
    '"profile":{"nickname":"B"}}\n'
    '{"seq":9,"openid":"bob","pu'
)
SNAPSHOT = '{\n  "schema": 1,\n  "players": [\n  ]\n}\n'


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / "worlds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def old(data: Path) -> Path:
    data.mkdir()
    (data / "tt-emulator.json").write_text('{"kind":"tt-emulator-data","schema":1}\n')
    (data / "lock").touch()
    files = {
        f"default/players/{player_filename('alice')}": ALICE,
        "default/seed.jsonl": SEED,
        "default/log.older.jsonl": OLDER,
        "default/log.jsonl": LOG,
        "default/snapshots/at-=before.json": SNAPSHOT,
        f"{CLEARED}/world.json": '{"world":"Cleared"}\n',
        f"{CLEARED}/log.jsonl": '{"seq":1,"openid":"eve"}\n{"seq":2,"forget":true}\n',
    }
    write(data, **files)
    (data / "worlds" / CLEARED / "players").mkdir()
    return data


def values(world: WorldStore) -> dict[str, Any]:
    found = {openid: world.get(openid) for openid in world.openids()}
    return {
        openid: (
            {key: pair.value for key, pair in record.pairs.items()},
            record.profile.get("nickname"),
        )
        for openid, record in found.items()
        if record
    }


def named(storage: TinyDBStorage) -> list[tuple[str, int | None]]:
    return [(finding.file, finding.line) for finding in storage.set_aside()]


def test_all_of_it_is_there_and_verifies_from_then_on(old: Path, open_storage: Open) -> None:
    expected = {
        "alice": ({"score": "2"}, "A"),
        "bob": ({"level": "1"}, "B"),
        "carol": ({"score": "7"}, "C"),
    }
    for _ in range(2):
        storage = open_storage()
        assert storage.worlds() == ["Cleared", "default"]
        world = storage.open_world("default")
        assert values(world) == expected
        assert storage.open_world("Cleared").openids() == []
        assert world.snapshots.names() == ["Before"]
        assert world.snapshots.get("Before") == SNAPSHOT.encode()
        assert world.writes >= 8
        assert (storage.set_aside(), storage.edited()) == ([], [])
        storage.close()
    manifest = json.loads((old / "tt-emulator.json").read_text(encoding="utf-8"))
    assert manifest["schema"] == 3


def test_a_backup_stays(old: Path, open_storage: Open) -> None:
    open_storage()
    backup = old / "backup-schema-1" / "default"
    assert (backup / "players" / player_filename("alice")).read_text(encoding="utf-8") == ALICE
    assert (backup / "seed.jsonl").read_text(encoding="utf-8") == SEED
    assert (backup / "log.jsonl").read_text(encoding="utf-8") == LOG


@pytest.mark.parametrize(
    ("file", "line", "old_text", "new_text"),
    [
        ("log.older.jsonl", 2, '"openid":"dave"', '"openil":"dave"'),
        ("log.jsonl", 1, '"put":{"score"', '"pud":{"score"'),
        ("log.jsonl", 2, '"seq":7', '"seq":9'),
        ("log.jsonl", 2, '"openid":"bob",', ""),
        ("seed.jsonl", 2, '"openid":"dave"', '"openil":"dave"'),
        ("seed.jsonl", None, '{"seq":2}\n', '{"seq":2}\n{"seq":2}\n'),
        ("snapshots/at-=before.json", 2, '"schema"', "schema"),
        (f"players/{player_filename('alice')}", 6, '"openid"', '"openil"'),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_there(
    old: Path, open_storage: Open, file: str, line: int | None, old_text: str, new_text: str
) -> None:
    path = old / "worlds" / "default" / file
    damaged = path.read_text(encoding="utf-8").replace(old_text, new_text)
    path.write_text(damaged, encoding="utf-8")
    storage = open_storage()
    assert named(storage) == [(f"worlds/default/{file}", line)]
    assert path.with_name(f"{path.name}.set-aside").read_text(encoding="utf-8") == damaged
    assert set(storage.open_world("default").openids()) >= {"alice", "bob", "carol"}


def test_a_seed_that_does_not_say_its_line_is_set_aside(old: Path, open_storage: Open) -> None:
    path = old / "worlds" / "default" / "seed.jsonl"
    path.write_text(SEED.replace('{"seq":2}\n', ""), encoding="utf-8")
    storage = open_storage()
    assert named(storage) == [("worlds/default/seed.jsonl", None)]
    assert values(storage.open_world("default")).keys() == {"alice", "bob"}

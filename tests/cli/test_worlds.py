"""`export`, `import`, `snapshot`: worlds in files and under names."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tt_emulator.client import Client
from tt_emulator.errors import NotReached

SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}
SMALL = str(Path(__file__).parents[2] / "fixtures" / "worlds" / "small.json")

Tt = Callable[..., Any]


def save(client: Client, value: str = "1") -> None:
    client.call("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": value}]})


def saved(client: Client) -> list[str]:
    found = client.call("getUserCloudStorage", {"keyList": ["score"]})
    return [pair["value"] for pair in found["KVDataList"]]


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """What the command line finds on its stdin."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_a_world_goes_to_a_file_and_comes_back(tt: Tt, client: Client, tmp_path: Path) -> None:
    file = tmp_path / "世界.json"
    save(client)

    out = tt("export", str(file))
    client.reset()
    back = tt("import", str(file))

    assert (out.code, back.code) == (0, 0)
    assert out.out == (
        f"exported world {client.world} to {file} (bytes: {file.stat().st_size:,})\n"
    )
    assert back.out == f"imported {file} into world {client.world} (players: 1)\n"
    assert saved(client) == ["1"]
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_dash_is_the_terminal(tt: Tt, client: Client, type_in: Callable[[bytes], None]) -> None:
    save(client)
    text = tt("export", "-").out
    assert text.encode() == client.export_text()
    client.reset()
    type_in(text.encode())

    assert tt("import", "-").out == f"imported - into world {client.world} (players: 1)\n"
    assert saved(client) == ["1"]


def test_export_tells_programs_what_it_wrote(tt: Tt, client: Client, tmp_path: Path) -> None:
    save(client)
    file = tmp_path / "w.json"
    report = json.loads(tt("export", str(file), "--json").out)

    assert report == {"world": client.world, "file": str(file), "bytes": file.stat().st_size}


@pytest.mark.unused_world
@pytest.mark.parametrize("fails", ["no world", "broken answer"])
def test_a_file_is_kept_if_no_whole_world_comes(
    tt: Tt, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def broken(self: Client) -> bytes:
        raise NotReached("The answer broke off.")

    if fails == "broken answer":
        monkeypatch.setattr(Client, "export_text", broken)
    file = tmp_path / "w.json"
    file.write_text("mine", encoding="utf-8")

    assert tt("export", str(file)).code == (7 if fails == "no world" else 6)
    assert file.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_replaced_is_kept_and_nothing_is_left_beside_it(
    tt: Tt, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    save(client)
    file = tmp_path / "w.json"
    file.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", refuse)
    run = tt("export", str(file))

    assert run.code == 4
    assert run.err.startswith(f"error: {file} cannot be written: No space left on device.\n")
    assert file.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
def test_a_device_is_written_to_and_a_link_stays_one(
    tt: Tt, client: Client, tmp_path: Path
) -> None:
    save(client)
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")

    assert tt("export", os.devnull).code == 0
    assert tt("export", str(tmp_path / "link.json")).code == 0
    assert not Path(os.devnull).is_file()
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == client.export_text()


FLAWED = [
    ('{"schema": 1, "players": [{"openid": 1}]}', "/players/0/openid: Expected str, got int."),
    ('{"schema": 1,\n"players": [}', "malformed: invalid character (line 2, column 13)."),
    (
        '{"schema": 1, "player": []}',
        "/player: unknown field 'player'; did you mean players or platform?",
    ),
]


@pytest.mark.parametrize(("text", "flaw"), FLAWED)
def test_a_file_with_a_flaw_is_refused_with_its_place_and_nothing_changes(
    tt: Tt, client: Client, tmp_path: Path, text: str, flaw: str
) -> None:
    save(client)
    file = tmp_path / "w.json"
    file.write_text(text, encoding="utf-8")
    run = tt("import", str(file))

    assert run.code == 7
    first = run.err.splitlines()[0]
    assert first.startswith(f"error: The world in {file} is refused: ")
    assert first.endswith(flaw)
    assert saved(client) == ["1"]


def test_a_flaw_of_stdin_is_told_as_such(
    tt: Tt, client: Client, type_in: Callable[[bytes], None]
) -> None:
    type_in(b"")

    assert tt("import", "-").err.startswith(
        "error: The world in stdin is refused: The world is no JSON: "
    )


@pytest.mark.parametrize("there", ["nothing", "a folder"])
def test_a_file_that_cannot_be_read_is_a_usage_error(tt: Tt, tmp_path: Path, there: str) -> None:
    path = tmp_path if there == "a folder" else tmp_path / "w.json"
    run = tt("import", str(path))

    assert run.code == 2
    assert run.err.startswith(f"error: {path} cannot be read: ")


def test_an_import_may_make_the_world(tt: Tt, client: Client) -> None:
    assert tt("import", SMALL, "--world", f"{client.world}-new").code == 0

    there = Client(client.url, f"{client.world}-new")
    assert [player["openid"] for player in there.players()] == ["alice", "bob", "player-1"]


def test_a_snapshot_is_saved_listed_loaded_and_forgotten(tt: Tt, client: Client) -> None:
    save(client)
    assert tt("snapshot", "list").out == f"nothing was kept of world {client.world}\n"
    assert tt("snapshot", "save", "before").out == f"kept world {client.world} as before\n"
    save(client, "2")

    assert tt("snapshot", "list").out == "before\n"
    assert json.loads(tt("snapshot", "list", "--json").out) == {"snapshots": ["before"]}
    assert tt("snapshot", "load", "before").out == (
        f"world {client.world} is as it was at before\n"
    )
    assert saved(client) == ["1"]
    assert tt("snapshot", "rm", "before").out == "forgot before\n"
    assert client.snapshots() == []


@pytest.mark.parametrize("verb", ["save", "load"])
def test_a_snapshot_that_cannot_be_is_refused(tt: Tt, client: Client, verb: str) -> None:
    save(client)
    run = tt("snapshot", verb, "no/name" if verb == "save" else "never")

    assert run.code == 7
    assert "snapshot" in run.err


def test_a_world_that_comes_with_the_emulator_goes_by_its_name(tt: Tt, client: Client) -> None:
    assert tt("import", "small").out == f"imported small into world {client.world} (players: 3)\n"

    run = tt("import", "smal")
    assert (run.code, run.out) == (2, "")
    assert (
        "Name a file, or one that comes with the emulator: small, thirty-friends, wechat-friends."
        in run.err
    )


@pytest.mark.parametrize("text", [b"{", b'{"schema": 1, "players": [{"openid": 1}]}'])
def test_a_world_with_a_flaw_is_refused_with_where_its_form_is_told(
    tt: Tt, client: Client, type_in: Callable[[bytes], None], text: bytes
) -> None:
    type_in(text)

    assert "docs/worlds.md tells what a world holds." in tt("import", "-").err

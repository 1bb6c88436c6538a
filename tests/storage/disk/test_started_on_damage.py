"""A real server that is started on bad stored data says so on stderr and in `/health`, and serves
the rest.
"""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from damage import prepare
from process import Emulator, emulator
from rawhttp import Wire, request
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.names import player_filename, world_directory

HOME = "worlds/default"
ALICE = f"{HOME}/players/{player_filename('alice')}"
SETTINGS = f"{HOME}/players/{player_filename('')}"
LOG = f"{HOME}/log.jsonl"
OUTSIDE = "it was changed outside, and is taken as it is"


class Case(NamedTuple):
    """What is done to a file, what is reported of it, and what is served then.

    `score` is alice's, who has 1 in her file and 2 in the log.
    """

    file: str
    old: str
    new: str
    set_aside: list[tuple[int | None, str]]
    edited: list[str]
    score: str = "2"


CASES = {
    "a setting that a newer version knows": Case(
        *(SETTINGS, '"profile": {', '"profile": {"new_player": 1, '),
        set_aside=[
            (None, "/new_player: unknown field 'new_player'; did you mean new_player_session?")
        ],
        edited=[OUTSIDE],
    ),
    "a setting that cannot be": Case(
        *(SETTINGS, '"strict_canvas": false', '"strict_canvas": "no"'),
        set_aside=[(None, "/strict_canvas: Expected bool, got str")],
        edited=[OUTSIDE],
    ),
    "settings with a typo": Case(
        *(SETTINGS, '"profile": {', '"profile" {'),
        set_aside=[(7, "JSON is malformed: expected ':' (column 35)")],
        edited=[],
    ),
    "a player's file with a typo": Case(
        *(ALICE, '"value": "', '"value": '),
        set_aside=[(6, "JSON is malformed: expected ',' or '}' (column 73)")],
        edited=[],
    ),
    "a pair that no call could have saved": Case(
        *(ALICE, '"key": "score"', '"key": ""'),
        set_aside=[(None, "a key is empty")],
        edited=[],
    ),
    "a player's field that a newer version knows": Case(
        *(ALICE, '"nickname": "A"', '"nickname": "A", "nick": "B"'),
        set_aside=[(None, "/nick: unknown field 'nick'; did you mean nickname?")],
        edited=[OUTSIDE],
    ),
    "a flipped bit in the log": Case(
        *(LOG, '"value":"2"', '"value":"3"'),
        set_aside=[(5, "the check sum is another's")],
        edited=[],
        score="1",
    ),
    "a flipped bit in what the log says first of the settings": Case(
        *(LOG, '"ranking_keys":{"score"', '"ranking_keys":{"scorf"'),
        set_aside=[(3, "the check sum is another's")],
        edited=[],
    ),
    "an edit": Case(
        *(ALICE, '"nickname": "A"', '"nickname": "Alice"'), set_aside=[], edited=[OUTSIDE]
    ),
}


def change(path: Path, case: Case) -> None:
    text = path.read_text(encoding="utf-8")
    assert case.old in text
    path.write_bytes(text.replace(case.old, case.new, 1).encode())


def fetched(running: Emulator, *what: Any) -> Any:
    with Wire(running.port) as wire:
        wire.send(request(*what))
        answer = wire.answer()
    assert answer.status == 200, answer.body
    return answer.json


def score(running: Emulator, player: str, world: str) -> Any:
    saved = fetched(
        running,
        *("POST", "/tt/getUserCloudStorage", b'{"keyList":["score"]}'),
        *(f"X-Emulator-Player: {player}", f"X-Emulator-World: {world}"),
    )
    return saved["data"][0]["value"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_starts_names_file_line_and_reason_and_serves_the_rest(
    tmp_path: Path, case: Case
) -> None:
    data, log = tmp_path / "data", tmp_path / "log.txt"
    prepare(data)
    change(data / case.file, case)
    changed = (data / case.file).read_bytes()

    with log.open("wb") as file, emulator("--data", str(data), stderr=file.fileno()) as running:
        health = fetched(running, "GET", "/__emulator/health")
        assert (health["status"], health["trouble"]) == ("ok", None)
        assert health["set_aside"] == [
            {"file": case.file, "line": line, "reason": reason} for line, reason in case.set_aside
        ]
        assert health["edited"] == [
            {"file": case.file, "line": None, "reason": reason} for reason in case.edited
        ]
        assert score(running, "alice", "default") == case.score
        assert {score(running, player, "Seeded") for player in ("carol", "dave")} == {"7"}
        settings = fetched(running, "GET", "/__emulator/v1/settings")
        assert (settings["ranking_keys"], settings["strict_canvas"]) == ({"score": "desc"}, False)
        assert running.stop() == 0
    logged = log.read_text(encoding="utf-8").splitlines()
    for line, reason in case.set_aside:
        where = case.file if line is None else f"{case.file}, line {line}"
        assert f"WARNING Set aside: {where}: {reason}" in logged
        assert f"WARNING   as it was, it is kept as {case.file}.set-aside" in logged
        assert (data / f"{case.file}.set-aside").read_bytes() == changed
    for reason in case.edited:
        assert f"WARNING Edited: {case.file}: {reason}" in logged
    assert len([line for line in logged if line.startswith(("WARNING", "ERROR"))]) == (
        2 * len(case.set_aside) + len(case.edited)
    )


def test_it_names_a_players_line_of_a_seed_that_a_newer_version_sealed(tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "log.txt"
    prepare(data)
    seed = data / "worlds" / world_directory("Seeded") / "seed.jsonl"
    lines = seed.read_bytes().split(b"\n")
    lines[1] = sealed(unsealed(lines[1])[:-1] + b',"badges":[]}')
    newer = b"\n".join(lines)
    seed.write_bytes(newer)

    with log.open("wb") as file, emulator("--data", str(data), stderr=file.fileno()) as running:
        named, *_ = fetched(running, "GET", "/__emulator/health")["set_aside"]
        assert score(running, "dave", "Seeded") == "7"
        assert score(running, "alice", "default") == "2"
        assert running.stop() == 0
    place = seed.relative_to(data).as_posix()
    reason = "Object contains unknown field `badges`"
    assert named == {"file": place, "line": 2, "reason": reason}
    logged = log.read_text(encoding="utf-8").splitlines()
    assert f"WARNING Set aside: {place}, line 2: {reason}" in logged
    assert f"WARNING   as it was, it is kept as {place}.set-aside" in logged
    assert Path(f"{seed}.set-aside").read_bytes() == newer

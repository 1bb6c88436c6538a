"""`play`: what the start says, and how it ends where there is nothing to play."""

import re
from pathlib import Path

import pytest

from process import spawn, wait_ready


def package(folder: Path, game: str = "{}", code: str = "tt.login({});") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "game.json").write_text(game)
    (folder / "game.js").write_text(code)
    return folder


def started(*arguments: str, data: Path | None = None) -> str:
    """What the start says, of a server that is ended as soon as it has."""
    kept = ("--ephemeral",) if data is None else ("--data", str(data))
    child = spawn("play", *arguments, "--port", "0", *kept)
    lines = []
    assert child.stderr is not None
    for line in child.stderr:
        lines.append(line)
        if "keeps:" in line:
            break
    child.terminate()
    child.communicate(timeout=30)
    return "".join(lines)


def failed(*arguments: str) -> tuple[int, str]:
    child = spawn("play", *arguments, "--port", "0", "--ephemeral")
    _, err = child.communicate(timeout=30)
    return child.returncode, err


def test_the_second_line_names_the_game_and_the_next_as_what_it_is_seen_and_why(tmp_path):
    first, second, third, *_ = started(str(package(tmp_path / "game"))).splitlines()

    assert re.fullmatch(r"tt-emulator \S+ is ready at http://127\.0\.0\.1:\d+", first)
    assert re.fullmatch(r"  game: http://127\.0\.0\.1:\d+", second)
    assert third == f"  package: {tmp_path / 'game'} (sees tt: its code has tt. 1 times)"


def test_names_can_be_said(tmp_path):
    assert "(sees tt and wx: --as both)" in started(str(package(tmp_path / "g")), "--as", "both")


def test_where_the_world_is_of_another_platform_the_start_says_so(tmp_path):
    game, data = str(package(tmp_path / "game")), tmp_path / "data"
    world = tmp_path / "world.json"
    world.write_text('{"schema": 1, "players": [{"openid": "alice", "nickname": "Alice"}]}')
    assert "WARNING" not in started(game, "--seed-world", str(world), data=data)

    assert "WARNING" not in started(game, "--as", "tt", data=data)
    warned = started(game, "--as", "wx", data=data)

    assert (
        "WARNING The world 'default' is not of the platform wx: the game's calls there are refused."
        in warned
    )


def test_the_ready_file_has_the_game(tmp_path):
    ready = tmp_path / "ready.json"
    child = spawn(
        *("play", str(package(tmp_path / "g")), "--port", "0", "--ephemeral"),
        *("--ready-file", str(ready), "--game-port", "0"),
    )
    facts = wait_ready(child, ready)
    child.terminate()
    child.communicate(timeout=30)

    assert facts["game"].startswith("http://127.0.0.1:")
    assert facts["game"] != facts["url"]


@pytest.mark.parametrize(
    ("game", "code", "message"),
    [
        (None, "", "There is no game.json in"),
        ("{", "", "game.json cannot be used: it is no JSON"),
        ("{}", None, "There is no game.js in"),
        (
            '{"plugins": {"cocos": {"version": "2.4"}}}',
            "",
            "The package needs the plugin 'cocos', version 2.4",
        ),
    ],
)
def test_what_cannot_be_played_is_said_in_a_sentence(tmp_path, game, code, message):
    if game is not None:
        (tmp_path / "game.json").write_text(game)
    if code is not None:
        (tmp_path / "game.js").write_text(code)

    returned, err = failed(str(tmp_path))

    assert returned == 4
    assert message in err
    assert "Traceback" not in err


def test_a_folder_that_is_not_there_is_said(tmp_path):
    returned, err = failed(str(tmp_path / "none"))

    assert returned == 4
    assert "is no folder" in err


@pytest.mark.parametrize(
    "arguments", [("--as", "qq"), ("--plugin", "cocos"), ("--map", "x"), ("--game-port", "70000")]
)
def test_flags_that_cannot_be_used_are_refused(tmp_path, arguments):
    returned, err = failed(str(package(tmp_path / "g")), *arguments)

    assert returned == 2
    assert arguments[0] in err

import io
import json
import os
import stat
from pathlib import Path

import pytest

from process import START_S, emulator, spawn
from rawhttp import Wire, request
from tt_emulator.announcement import Progress, announce, remove, write
from tt_emulator.config import Settings
from tt_emulator.errors import EmulatorError

FACTS = {"url": "http://127.0.0.1:1", "version": "0.1.0", "data": None, "token": "secret"}
LINES = {
    "en": (
        "tt-emulator 0.1.0 is ready at http://127.0.0.1:1\n"
        "  tester's page: http://127.0.0.1:1/__emulator/ui/#token=secret\n"
        "  keeps: nothing (ephemeral)\n"
        "  scenario: s.json\n"
        "  seed world: w.json (players: 1,000)\n"
        "  WARNING: other machines can reach it, and read and write every player.\n"
        "  token: secret\n"
    ),
    "zh": (
        "tt-emulator 0.1.0 已就绪：http://127.0.0.1:1\n"
        "  测试页：http://127.0.0.1:1/__emulator/ui/#token=secret\n"
        "  数据：不保存（ephemeral）\n"
        "  场景：s.json\n"
        "  种子世界：w.json（玩家：1,000）\n"
        "  警告：其他机器可以访问它，并读写每个玩家。\n"
        "  令牌：secret\n"
    ),
}


@pytest.mark.parametrize("lang", LINES)
def test_it_says_what_people_should_know_in_their_language(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"host": "0.0.0.0", "scenario": Path("s.json"), "seed_world": Path("w.json")}
    announce(Settings(**given, lang=lang), FACTS, 1_000)

    assert capsys.readouterr().err == LINES[lang]


@pytest.mark.parametrize(
    ("lang", "printed"),
    [
        (
            "en",
            "  seed world: w.json (not read in: the data holds a world already)\n"
            "    to begin with it: tt-emulator reset --url http://127.0.0.1:1, or start with"
            " --data OTHER\n",
        ),
        (
            "zh",
            "  种子世界：w.json（未读入：数据目录中已有世界）\n"
            "    要从它开始：tt-emulator reset --url http://127.0.0.1:1，"
            "或启动时加 --data 另一目录\n",
        ),
    ],
)
def test_a_seed_that_came_too_late_is_said_with_what_to_do(
    lang: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(Settings(seed_world=Path("w.json"), lang=lang), FACTS)

    assert printed in capsys.readouterr().err


@pytest.mark.parametrize(("token", "end"), [(None, ""), ("a+#&", "#token=a%2B%23%26")])
def test_the_address_of_the_page_unlocks_it_where_there_is_a_lock(
    token: str | None, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(Settings(), {**FACTS, "token": token})

    assert f"page: http://127.0.0.1:1/__emulator/ui/{end}\n" in capsys.readouterr().err


def test_a_server_started_in_chinese_logs_in_chinese() -> None:
    with emulator("--ephemeral", "--lang", "zh") as running:
        with Wire(running.port) as wire:
            wire.send(request("POST", "/tt/nothing", b"{}"))
            assert wire.answer().json["detail"] == "The emulator knows no API 'nothing'."
        running.stop()
        printed = running.child.stderr.read()

    assert "已就绪：" in printed
    assert "WARNING 已拒绝：模拟器没有接口 'nothing'。" in printed


def test_a_path_that_steers_a_terminal_is_said_as_printable_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    announce(Settings(scenario=Path("\x1b]0;owned\x07\nerror: forged\u202e")), FACTS)

    lines = capsys.readouterr().err.split("\n")
    assert all(map(str.isprintable, lines))
    assert "error: forged" not in lines


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Patient:
    """A clock that a test sets."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_nothing_is_said_of_a_quick_start(stream: type[io.StringIO]) -> None:
    out, clock = stream(), Patient()
    progress = Progress(out, "en", clock)
    clock.now_s = 1.9
    progress.update(1000, 2000)
    progress.end()

    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("stream", "printed"),
    [
        (
            io.StringIO,
            "filling the world: 2,000 of 10,000 players (20%)\n"
            "filling the world: 7,000 of 10,000 players (70%)\n",
        ),
        (
            Terminal,
            "".join(
                f"\rfilling the world: {done},000 of 10,000 players ({done}0%)"
                for done in range(2, 10)
            )
            + "\n",
        ),
    ],
)
def test_a_long_one_is_told_in_one_line_on_a_terminal_and_now_and_then_elsewhere(
    stream: type[io.StringIO], printed: str
) -> None:
    out, clock = stream(), Patient()
    progress = Progress(out, "en", clock)
    for second in range(1, 10):
        clock.now_s = second
        progress.update(second * 1000, 10_000)
    progress.end()

    assert out.getvalue() == printed


posix = pytest.mark.skipif(os.name != "posix", reason="Windows has other modes, links and pipes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("before", [None, 0o666])
def test_only_its_owner_can_read_the_ready_file_whatever_was_there(
    tmp_path: Path, before: int | None
) -> None:
    path = tmp_path / "ready.json"
    if before is not None:
        path.write_text("old", encoding="utf-8")
        path.chmod(before)
    with path.open() if before else io.StringIO("old") as held:
        write(path, FACTS)
        assert held.read() == "old"

    assert mode(path) == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == FACTS
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_what_was_prepared_under_the_name_of_its_first_draft_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tt_emulator.whole_file.os.urandom", lambda count: b"foreseen")
    drafts = (f".ready.json.{b'foreseen'.hex()}", f".ready.json.{os.getpid()}")
    for name in drafts:
        (tmp_path / name).symlink_to(tmp_path / "theirs")

    with pytest.raises(EmulatorError, match="File exists"):
        write(tmp_path / "ready.json", FACTS)

    assert not (tmp_path / "theirs").exists()


def prepared(path: Path, what: str) -> None:
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.with_name("theirs.json" if what == "link" else "nowhere.json"))


@posix
@pytest.mark.parametrize("what", ["link", "link to nothing", "folder", "pipe"])
def test_where_something_else_is_in_its_place_nothing_is_written(tmp_path: Path, what: str) -> None:
    (tmp_path / "theirs.json").write_text("{}", encoding="utf-8")
    prepared(tmp_path / "ready.json", what)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(EmulatorError, match=r"it is (a link, which is not followed|no plain file)"):
        write(tmp_path / "ready.json", FACTS)

    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "theirs.json").read_text(encoding="utf-8") == "{}"


@posix
def test_a_start_that_would_announce_itself_through_a_link_says_so(tmp_path: Path) -> None:
    prepared(tmp_path / "ready.json", "link")
    ready = str(tmp_path / "ready.json")
    with spawn("start", "--port", "0", "--ephemeral", "--ready-file", ready) as child:
        _, err = child.communicate(timeout=START_S)

    assert child.returncode == 4
    assert "cannot be written: it is a link, which is not followed.\nhint: Remove it, or" in err


def test_a_ready_file_that_cannot_be_put_there_leaves_no_draft(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match="cannot be written"):
        write(tmp_path / "nowhere" / "ready.json", FACTS)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("later", [FACTS | {"url": "http://127.0.0.1:2"}, "no ready file", None])
def test_the_ready_file_of_another_server_is_left_alone(tmp_path: Path, later: object) -> None:
    path = tmp_path / "ready.json"
    write(path, FACTS)
    if later is None:
        path.unlink()
    else:
        path.write_text(json.dumps(later), encoding="utf-8")
    remove(path, FACTS)

    assert path.exists() is (later is not None)


def test_a_server_takes_its_own_ready_file_away(tmp_path: Path) -> None:
    write(tmp_path / "ready.json", FACTS)
    remove(tmp_path / "ready.json", FACTS)

    assert list(tmp_path.iterdir()) == []

import io
from pathlib import Path

import pytest

from emulator.announcement import Progress, tell
from emulator.config import Settings
from process import emulator
from rawhttp import Wire, request

FACTS = {"url": "http://127.0.0.1:1", "version": "0.1.0", "data": None, "token": "secret"}
LINES = {
    "en": (
        "tt-emulator 0.1.0 is ready at http://127.0.0.1:1\n"
        "  tester's page: http://127.0.0.1:1/__emulator/ui/#token=secret\n"
        "  keeps: nothing (ephemeral)\n"
        "  scenario: s.json\n"
        "  seed world: w.json (players: 1,000)\n"
        "  WARNING: other machines can reach it.\n"
        "  token: secret\n"
    ),
    "zh": (
        "tt-emulator 0.1.0 已就绪：http://127.0.0.1:1\n"
        "  测试页：http://127.0.0.1:1/__emulator/ui/#token=secret\n"
        "  数据：不保存（ephemeral）\n"
        "  场景：s.json\n"
        "  种子世界：w.json（玩家：1,000）\n"
        "  警告：其他机器可以访问它。\n"
        "  令牌：secret\n"
    ),
}


@pytest.mark.parametrize("lang", LINES)
def test_it_says_what_people_should_know_in_their_language(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"host": "0.0.0.0", "scenario": Path("s.json"), "seed_world": Path("w.json")}
    tell(Settings(**given, lang=lang), FACTS, 1_000)

    assert capsys.readouterr().err == LINES[lang]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "  seed world: w.json (not read in: the data holds a world already)\n"
            "    to begin with it: tt-emulator reset, or start with --data OTHER\n",
        ),
        (
            "zh",
            "  种子世界：w.json（未读入：数据目录中已有世界）\n"
            "    要从它开始：tt-emulator reset，或启动时加 --data 另一目录\n",
        ),
    ],
)
def test_a_seed_that_came_too_late_is_said_with_what_to_do(
    lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(Settings(seed_world=Path("w.json"), lang=lang), FACTS)

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("token", "end"), [(None, ""), ("a+#&", "#token=a%2B%23%26")])
def test_the_address_of_the_page_unlocks_it_where_there_is_a_lock(
    token: str | None, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(Settings(), {**FACTS, "token": token})

    assert f"page: http://127.0.0.1:1/__emulator/ui/{end}\n" in capsys.readouterr().err


def test_a_server_started_in_chinese_logs_in_chinese() -> None:
    with emulator("--ephemeral", "--lang", "zh") as running:
        with Wire(running.port) as wire:
            wire.send(request("POST", "/tt/nothing", b"{}"))
            assert wire.answer().json["detail"] == "The emulator knows no API 'nothing'."
        running.stop()
        said = running.child.stderr.read()

    assert "已就绪：" in said
    assert "WARNING 已拒绝：模拟器没有接口 'nothing'。" in said


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
    progress.tell(1000, 2000)
    progress.end()

    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("stream", "said"),
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
    stream: type[io.StringIO], said: str
) -> None:
    out, clock = stream(), Patient()
    progress = Progress(out, "en", clock)
    for second in range(1, 10):
        clock.now_s = second
        progress.tell(second * 1000, 10_000)
    progress.end()

    assert out.getvalue() == said

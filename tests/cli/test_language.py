"""In which language the command line speaks, and that all of it does."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tt_emulator import cli
from tt_emulator.cli import root
from tt_emulator.client import Client

Tt = Callable[..., Any]

VERBS = [[], ["fault"], ["player"]] + [
    [*path, name]
    for path, group in [
        ([], root),
        *([[name], verb] for name, verb in root.commands.items() if hasattr(verb, "commands")),
    ]
    for name in group.commands
]


@pytest.fixture(autouse=True)
def _system(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that speaks English, and nothing of ours that says more."""
    monkeypatch.delenv("TT_EMULATOR_LANG")
    monkeypatch.setenv("LC_ALL", "C")


@pytest.mark.parametrize(
    "args",
    [
        ("--lang", "zh", "fault", "list"),
        ("--lang=zh", "fault", "list"),
        ("fault", "--lang", "zh", "list"),
        ("fault", "list", "--lang", "zh"),
        ("fault", "list", "--lang=zh"),
        ("--lang", "en", "fault", "list", "--lang", "zh"),
    ],
)
def test_the_flag_may_stand_before_and_after_the_verb(
    tt: Tt, client: Client, args: tuple[str, ...]
) -> None:
    client.disarm_all()

    assert tt(*args).out == "没有启用故障\n"


def test_the_variable_decides_without_a_flag_and_the_system_without_both(
    tt: Tt, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.disarm_all()

    assert tt("fault", "list").out == "nothing is armed\n"
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert tt("fault", "list").out == "没有启用故障\n"
    monkeypatch.setenv("TT_EMULATOR_LANG", "en")
    assert tt("fault", "list").out == "nothing is armed\n"
    assert tt("fault", "list", "--lang", "zh").out == "没有启用故障\n"


def test_a_language_that_is_none_of_ours_is_refused_by_its_origin(
    tt: Tt, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tt("version", "--lang", "de")
    assert run.code == 2
    assert "'--lang'" in run.err
    monkeypatch.setenv("TT_EMULATOR_LANG", "de")
    assert "'TT_EMULATOR_LANG'" in tt("version").err


@pytest.mark.parametrize("args", [["--lang", "zh"], ["--lang=zh", "--port", "0"]])
def test_the_flag_alone_is_no_verb(
    tt: Tt, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr("tt_emulator.server.serve", started.append)

    assert tt(*args).code == 0

    assert started[0].lang == "zh"


def test_the_language_of_a_command_is_its_own(tt: Tt, monkeypatch: pytest.MonkeyPatch) -> None:
    run = tt("exec", "--", "no-such-program", "--lang", "zh")

    assert run.err.startswith("error: 'no-such-program' cannot be run")


def test_what_the_server_refuses_is_told_in_the_same_language(tt: Tt, client: Client) -> None:
    run = tt("fault", "add", "network", "--skip", "1", "--lang", "zh")

    assert run.code == 7
    assert run.err.startswith("错误：/error：未知的错误 'network'；你是不是想写 network-")
    assert run.err.endswith("提示：没有启用任何故障；GET /__emulator/v1/errors 列出可用的错误。\n")


def test_several_flaws_are_told_each_with_its_place(tt: Tt, client: Client, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('[{"error": "x"}, {"error": 999985, "skip": -1}]')

    errors = tt("fault", "load", str(tmp_path / "s.json"), "--lang", "zh").err

    assert "  位置 /1/skip：应为不小于 0 的 int\n" in errors


def test_what_no_server_has_said_is_told_in_chinese_as_well(tt: Tt) -> None:
    run = tt("fault", "list", "--url", "http://127.0.0.1:1", "--lang", "zh")

    assert run.code == 6
    assert "没有 tt-emulator 应答：那里没有程序在监听。\n提示：是否已启动？" in run.err


MISTAKES = [
    (("fault", "add", "--nope"), "没有选项"),
    (("fault", "adds"), "没有命令 'adds'。"),
    (("player", "set"), "缺少参数 'OPENID'。"),
    (("js",), "缺少参数 'DIR'。"),
    (("fault", "rm", "f1", "f2"), "多余的参数（f2）"),
    (("start", "--port", "x"), "'--port' 的值无效：'x' 不是有效的整数。"),
    (("start", "--port", "99999"), "'--port' 的值无效：99999 不是 0 到 65535 的端口"),
    (("fault", "add", "--delay-ms", "x"), "'--delay-ms' 的值无效：'x' 不是数字。"),
    (
        ("fault", "add", "1", "--domain", "x"),
        "'--domain' 的值无效：'x' 不在 'main', 'open', 'server' 之中。",
    ),
    (("requests", "--limit", "0"), "'--limit' 的值无效：0 不在范围 x>=1 之内。"),
    (("fault", "add", "--label"), "选项 '--label' 需要一个值。"),
    (("requests", "--follow=1"), "选项 '--follow' 不带值。"),
    (("fault",), "缺少命令。"),
    (("--lang",), "选项 '--lang' 需要一个值。"),
    (("fault", "add"), "请在 ERROR、--wire、--client、--sequence 和 --reply 中只给出一个"),
]


@pytest.mark.parametrize(("args", "chinese"), MISTAKES)
def test_a_mistake_on_the_command_line_is_told_in_chinese(
    tt: Tt, args: tuple[str, ...], chinese: str
) -> None:
    run = tt("--lang", "zh", *args)

    assert run.code == 2
    assert run.err.startswith(f"错误：{chinese}")
    assert re.search(r"提示：tt-emulator[a-z ]* --help\n$", run.err)


def test_the_errors_are_explained_in_the_language(tt: Tt) -> None:
    head, row = tt("errors", "999985", "--lang", "zh").out.splitlines()[:2]

    assert head.split() == ["接口", "错误", "错误码", "类型", "依据", "文本", "含义"]
    assert row.endswith("network unavailable  网络不可用")
    assert tt("errors", "999985").out.splitlines()[1].endswith("the player is offline")


def test_json_has_the_same_names_in_every_language(tt: Tt, client: Client) -> None:
    assert tt("fault", "list", "--json", "--lang", "zh").out == tt("fault", "list", "--json").out


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_help_is_in_chinese_and_fits_the_terminal(tt: Tt, verb: list[str]) -> None:
    out = tt(*verb, "--help", "--lang", "zh").out

    assert tt("--lang", "zh", *verb, "--help").out == out
    assert out.startswith("用法：tt-emulator")
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", out.partition("\n")[2])
    assert all(cli.output.columns(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("columns", ["30", "50", "79"])
def test_lines_of_chinese_are_broken_where_they_may_be(
    tt: Tt, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    lines = [line.strip() for line in tt("exec", "--help", "--lang", "zh").out.splitlines()]

    assert not [line for line in lines if re.match("[，。；：、）]", line)]
    assert not [line for line in lines if line.endswith("（")]


PRINTING = {"click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write"}


def calls(names: set[str]) -> list[tuple[str, ast.Call]]:
    """The calls in the command line's modules, output.py excepted."""
    return [
        (path.name, call)
        for path in sorted(Path(cli.__file__).parent.glob("*.py"))
        if path.name != "output.py"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in names
    ]


def test_verbs_print_through_output_alone() -> None:
    """Beside it nothing would be escaped."""
    assert calls(PRINTING) == []


def test_verbs_print_their_texts_by_say() -> None:
    """What show_line prints nobody has translated."""
    shown = [
        f"{name}: {ast.unparse(call.args[0])}"
        for name, call in calls({"show_line"})
        if has_words(call.args[0])
    ]

    assert [each.partition("{")[0] for each in shown] == ["about.py: f'tt-emulator "]


def has_words(node: ast.expr) -> bool:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    return any(map(str.isalpha, text))

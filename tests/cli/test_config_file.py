"""`tt-emulator.toml`: flags where neither the command line nor the environment says anything."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tt_emulator.cli import language
from tt_emulator.cli.config_file import NAME, line_of
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.errors import SettingsError

HINT = (
    "hint: A key is the name of a flag without --, in no table: port = 9000."
    " `tt-emulator start --help` lists those of the start.\n"
)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that `start` would have served."""
    served: list[Settings] = []
    monkeypatch.setattr("tt_emulator.server.serve", served.append)
    return served


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    """Writes the file in a folder of its own, which is the working directory."""
    folder = tmp_path / "游戏 测试"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("TT_EMULATOR_LANG")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def write(content: str | bytes) -> None:
        raw = content.encode() if isinstance(content, str) else content
        Path(NAME).write_bytes(raw)

    return write


EVERYTHING = """\
# what our tests want
port = 9000 # one a branch
host = "::1"
data = "数据"
seed-world = 'worlds/朋友.json'
"scenario" = "s.json"
random-seed = -7
allow-origin = [
    "http://192.168.1.5:7456",  # the phone
    "null",
]
allowed-host = ["a.test", "b.test"]
token = "secret"
sync = true
ready-file = "r.json"
lang = "zh"
"""


def test_the_file_gives_each_flag_of_the_start(
    tt: Callable[..., Any], started: list[Settings], write: Callable[..., None]
) -> None:
    write(EVERYTHING)
    tt("start")

    assert started == [
        Settings(
            port=9000,
            host="::1",
            data=Path("数据"),
            seed_world=Path("worlds/朋友.json"),
            scenario=Path("s.json"),
            random_seed=-7,
            allow_origin=("http://192.168.1.5:7456", "null"),
            allowed_host=("a.test", "b.test"),
            token="secret",
            sync=True,
            ready_file=Path("r.json"),
            lang="zh",
        )
    ]


def test_a_flag_wins_over_the_environment_and_that_over_the_file(
    tt: Callable[..., Any],
    started: list[Settings],
    write: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('port = 1\nsync = true\nallowed-host = ["file.test"]\n')
    tt("start")
    monkeypatch.setenv("TT_EMULATOR_PORT", "2")
    monkeypatch.setenv("TT_EMULATOR_SYNC", "0")
    monkeypatch.setenv("TT_EMULATOR_ALLOWED_HOST", "variable.test")
    tt("start")
    tt("start", "--port", "3", "--sync", "--allowed-host", "flag.test")

    assert [(each.port, each.sync, each.allowed_host) for each in started] == [
        (1, True, ("file.test",)),
        (2, False, ("variable.test",)),
        (3, True, ("flag.test",)),
    ]


def test_of_data_and_ephemeral_that_wins_which_is_said_nearer_to_the_command(
    tt: Callable[..., Any],
    started: list[Settings],
    write: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('data = "d"')
    tt("start", "--ephemeral")
    write("ephemeral = true")
    tt("start", "--data", "e")
    monkeypatch.setenv("TT_EMULATOR_DATA", "f")
    tt("start")
    monkeypatch.delenv("TT_EMULATOR_DATA")
    tt("start")
    write('data = "d"\nephemeral = true')

    assert [each.data for each in started] == [None, Path("e"), Path("f"), None]
    assert tt("start").err.startswith("error: --data and --ephemeral exclude each other.\n")


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_file_is_that_of_any_editor(
    tt: Callable[..., Any],
    started: list[Settings],
    write: Callable[..., None],
    bom: bytes,
    end: str,
) -> None:
    write(bom + f'port = 9000{end}data = "数据"{end}'.encode())
    tt("start")
    write(bom + f"port = 9000{end}{end}prot = 1{end}".encode())

    assert [(each.port, each.data) for each in started] == [(9000, Path("数据"))]
    assert tt("start").err.startswith("error: tt-emulator.toml, line 3: ")


UNKNOWN = [
    ("port = 1\nprot = 2\n", 2, "'prot'; did you mean port?"),
    ("random_seed = 2\n", 1, "'random_seed'; did you mean random-seed?"),
    ("# --port\n\n--port = 2\n", 3, "'--port'; did you mean port?"),
    ("port = 1\n\n[zzz]\nport = 2\n", 3, "'zzz'."),
    ("[[faults]]\nerror = 'x'\n", 1, "'faults'."),
    ("help = true\n", 1, "'help'."),
]


@pytest.mark.parametrize(("content", "line", "what"), UNKNOWN)
def test_an_unknown_key_is_a_start_error_that_names_the_line(
    tt: Callable[..., Any], write: Callable[..., None], content: str, line: int, what: str
) -> None:
    write(content)
    err = f"error: tt-emulator.toml, line {line}: there is no flag {what}\n{HINT}"

    assert tt("start") == tt("version") == (2, "", err)


BAD = [
    ('port = "9000"', "'port'", "'9000' is no whole number."),
    ("port = 70000", "'port'", "70000 is not a port between 0 and 65535"),
    ("port = true", "'port'", "True is no whole number."),
    ("port.number = 1", "'port'", "{'number': 1} is no whole number."),
    ("[port]", "'port'", "{} is no whole number."),
    ("token = 5", "'token'", "5 is no text in quotes."),
    ('sync = "yes"', "'sync'", "'yes' is neither true nor false."),
    ("sync = 1", "'sync'", "1 is neither true nor false."),
    ('data = ""', "'data'", "'' is not a path"),
    ('allow-origin = "null"', "'allow-origin'", "'null' is no list."),
    ("allow-origin = [5]", "'allow-origin'", "5 is no text in quotes."),
    ("allow-origin = [\n'null',\n'x']", "'allow-origin'", "'x' is not an origin such as http://1"),
    ('lang = "fr"', "'lang'", "'fr' is not one of 'zh', 'en'."),
]


@pytest.mark.parametrize(("content", "key", "why"), BAD)
def test_a_bad_value_is_a_start_error_that_names_file_and_line(
    tt: Callable[..., Any],
    started: list[Settings],
    write: Callable[..., None],
    content: str,
    key: str,
    why: str,
) -> None:
    write(f"# three\n# lines\n\n{content}\n")
    run = tt("start")

    assert (run.code, started) == (2, [])
    origin = f"Invalid value for {key} (tt-emulator.toml, line 4)"
    assert run.err.startswith(f"error: {origin}: {why}")
    assert run.err.endswith("\nhint: tt-emulator start --help\n")


UNREADABLE = [
    (b"port = 1\nport 2\n", "tt-emulator.toml is no TOML: Expected '=' after a key", "line 2"),
    (b"port = 1\nport = 2\n", "tt-emulator.toml is no TOML: Cannot overwrite a value", "line 2"),
    ("port = 1\n# 端口\n".encode("gbk"), "tt-emulator.toml, line 2: it is not UTF-8.", ""),
    ("port = 1".encode("utf-16"), "tt-emulator.toml, line 1: it is not UTF-8.", ""),
]


@pytest.mark.parametrize(("content", "why", "where"), UNREADABLE)
def test_a_file_that_is_no_toml_is_a_start_error_that_names_the_line(
    tt: Callable[..., Any],
    started: list[Settings],
    write: Callable[..., None],
    content: bytes,
    why: str,
    where: str,
) -> None:
    write(content)
    run = tt("start")

    assert (run.code, started) == (2, [])
    assert run.err.startswith(f"error: {why}")
    assert where in run.err.splitlines()[0]


def test_a_folder_of_its_name_is_a_start_error(
    tt: Callable[..., Any], started: list[Settings], write: Callable[..., None]
) -> None:
    Path(NAME).mkdir()

    assert (tt("start").code, started) == (2, [])


def test_a_file_that_cannot_be_used_takes_no_help_away(
    tt: Callable[..., Any], write: Callable[..., None]
) -> None:
    write("prot = 1")

    assert (tt("--help").code, tt("start", "--help").code, tt("--version").code) == (0, 0, 0)


def test_the_file_speaks_for_the_verbs_that_have_the_flag(
    tt: Callable[..., Any], write: Callable[..., None], client: Client
) -> None:
    client.call("login", player="ann")
    client.call("login", player="bob")
    write('player = "bob"\njson = true\nprobability = 0.5\nmin-gap-ms = 5\n')

    found = json.loads(tt("requests").out)["requests"]
    assert [each["player"] for each in found] == ["bob"]
    tt("fault", "add", "network-unavailable")
    assert [each["probability"] for each in client.faults()] == [0.5]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What servers would have been started with by `exec`, which then ends with 2."""
    seen: list[Settings] = []

    def refused(settings: Settings) -> None:
        seen.append(settings)
        raise SettingsError("seen", "")

    monkeypatch.setattr("tt_emulator.server.serving", refused)
    return seen


def test_exec_has_no_data_and_no_port_of_the_server_that_is_started_by_hand(
    tt: Callable[..., Any], write: Callable[..., None], served: list[Settings]
) -> None:
    write('port = 9000\ndata = "mine"\nready-file = "r.json"\nrandom-seed = 7\n')
    assert tt("exec", "--", "true").code == 2
    assert tt("exec", "--data", "own", "--port", "9001", "--", "true").code == 2

    told = [(each.port, each.data, each.random_seed) for each in served]
    assert told == [(0, None, 7), (9001, Path("own"), 7)]
    assert served[0].ready_file is None


def test_exec_shares_no_worlds_with_the_server_that_is_started_by_hand(
    tt: Callable[..., Any], write: Callable[..., None], served: list[Settings]
) -> None:
    write('shared = "redis://of-the-team:6379/0"\n')
    assert tt("exec", "--", "true").code == 2
    assert tt("exec", "--shared", "redis://own:6379/0", "--", "true").code == 2

    assert [each.shared for each in served] == [None, "redis://own:6379/0"]


def test_the_language_is_that_of_flag_environment_file_and_system(
    write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write('lang = "zh"')

    def chosen(*args: str) -> str:
        language.choose(list(args))
        return language.language()

    assert (chosen(), chosen("--lang", "en")) == ("zh", "en")
    monkeypatch.setenv("TT_EMULATOR_LANG", "en")
    assert chosen() == "en"


def test_what_is_wrong_is_said_in_chinese(
    tt: Callable[..., Any], started: list[Settings], write: Callable[..., None]
) -> None:
    write("lang = 'zh'\nprot = 1")
    assert tt("--lang", "zh", "start").err.startswith(
        "错误：tt-emulator.toml 第 2 行：没有选项 'prot'，你是不是想写 port？\n提示：键是"
    )
    write("port = '1'")
    assert tt("--lang", "zh", "start").err.startswith(
        "错误：'port' (tt-emulator.toml, line 1) 的值无效：'1' 不是整数。\n"
    )
    assert started == []


LINES = [
    ("key = 1", 1),
    ("\n\nkey = 1", 3),
    ("# key = 0\n'key' = 1", 2),
    ('other = 1\n"key" = 1', 2),
    ('other = 1\n"k\\u0065y" = 1', 2),
    ("\n  key   =   [\n1,\n2]\n", 2),
    ("other = [\n'key = 1',\n]\nkey = 1", 4),
    ('other = """\nkey = 1\n"""\n\n# this\nkey = 1', 6),
    ("other = '''\nkey = 1\n[key]\n'''\nkey = '''\n\n'''", 5),
    ("key.inner = 1\nkey.more = 2", 1),
    ("other.key = 1\nkey = 2", 2),
    ("[other]\nkey = 1\n\n[key]\n", 4),
    ("[other.key]\n[[key]]\n", 2),
    ("other = {key = 1}\r\n\r\n[key.inner]\r\nkey = 3", 3),
    ("[ 'key' ]\n", 1),
]


@pytest.mark.parametrize(("text", "line"), LINES)
def test_a_key_is_found_on_its_line_however_it_is_written(text: str, line: int) -> None:
    assert line_of(text, "key") == line

"""What a server, a file or an argument chose reaches the terminal as printable text alone."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process import Emulator
from stub import Stub
from tt_emulator.cli import VERBS
from tt_emulator.terminal import escaped, escaped_json

# bell, title and colour of a terminal; a line of its own; C1; direction; a tag outside of the BMP
POISON = "\x1b]0;owned\x07\x1b[31m\nerror: forged\r\x9b2J\u202e\u2028\u200b\x7f\U000e0041"
SAVE = {"KVDataList": [{"key": "k", "value": POISON}]}

LINES = [
    "fault add server-error --api setUserCloudStorage --player nobody",
    "fault load slow-evening",
    "fault list",
    "fault rm f1",
    "fault clear",
    "requests",
    "wait --api setUserCloudStorage",
    "wait --api login --timeout-ms 1",
    "verify --count 9",
    "coverage",
    "player list",
    "player set ann --nickname Ann",
    "settings",
    "settings fail_object=full",
    "clock",
    "reset",
    "export -",
    "bundle -",
    "snapshot save kept",
    "snapshot load kept",
    "snapshot list",
    "snapshot rm kept",
    "errors",
    "healthcheck",
]
NO_SERVER = {"play", "start", "exec", "stop", "team", "js", "version"}
JSON = ("fault add", "fault load", "fault list", "requests", "wait", "verify", "coverage")
JSON += ("player", "settings", "clock", "snapshot list", "errors")


def clean(out: str, err: str) -> None:
    for line in (out + err).split("\n"):
        assert line.isprintable(), repr(line)
    assert "\nerror: forged" not in out + err


def test_each_verb_that_talks_to_a_server_is_fed() -> None:
    fed = {line.split()[0] for line in LINES} | {"import", "replay"}

    assert fed == {str(verb.name) for verb in VERBS} - NO_SERVER


@pytest.fixture
def poisoner(server: Emulator) -> Iterator[str]:
    """The real emulator, but each text in its answers has poison in it."""

    class Poisoner(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            real = HTTPConnection("127.0.0.1", server.port, timeout=30)
            sent = {n: v for n, v in self.headers.items() if n.lower() != "host"}
            real.request(self.command, self.path, body, sent)
            got = real.getresponse()
            content = got.read()
            real.close()
            if content:
                value = poisoned(json.loads(content), keep="/ready" in self.path)
                content = json.dumps(value, ensure_ascii=False).encode()
            self.send_response(got.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - what http.server looks for

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Poisoner) as poisoner:
        thread = threading.Thread(target=poisoner.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{poisoner.server_port}"
        poisoner.shutdown()
        thread.join()


KEPT = ("received_at", "answered_at", "expires_at", "platform")


def poisoned(value: Any, *, keep: bool = False) -> Any:
    if isinstance(value, dict):
        return {name: poisoned(each, keep=keep or name in KEPT) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, keep=keep) for each in value]
    return value + POISON if isinstance(value, str) and not keep else value


Tt = Callable[..., Any]


@pytest.fixture
def used(server: Emulator, new_world: str) -> str:
    """A world in which there is something of everything."""
    from tt_emulator.client import Client

    with Client(server.url, new_world) as client:
        client.call("setUserCloudStorage", SAVE, player="ann")
        client.arm({"delay_ms": 1, "label": POISON, "player": "nobody"})
        client.put_player("bob", nickname=POISON)
        client.snapshot("kept")
    return new_world


@pytest.mark.parametrize("line", LINES)
def test_a_server_that_means_harm_steers_no_terminal(
    tt: Tt, poisoner: str, used: str, line: str
) -> None:
    run = tt(*line.split(), "--url", poisoner, "--world", used)

    clean(run.out, run.err)
    assert run.code in (0, 1), run


@pytest.mark.parametrize("line", ["errors", "coverage", "fault load slow-evening", "requests"])
def test_a_platform_that_nobody_knows_steers_nothing(
    tt: Tt, poisoner: str, used: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "KEPT", KEPT[:-1])

    run = tt(*line.split(), "--url", poisoner, "--world", used)

    clean(run.out, run.err)
    assert run.code in (0, 2), run
    if run.code == 2:
        assert "platform" in run.err


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith(JSON)])
def test_what_programs_read_is_json_all_the_same(
    tt: Tt, poisoner: str, used: str, line: str
) -> None:
    run = tt(*line.split(), "--json", "--url", poisoner, "--world", used)

    clean(run.out, run.err)
    json.loads(run.out)


def test_an_export_to_the_terminal_is_the_same_world(tt: Tt, server: Emulator, used: str) -> None:
    from tt_emulator.client import Client

    run = tt("export", "-", "--url", server.url, "--world", used)

    clean(run.out, run.err)
    with Client(server.url, used) as client:
        assert json.loads(run.out) == json.loads(client.export_text())


@pytest.mark.parametrize("status", [200, 400, 404, 422, 500])
@pytest.mark.parametrize("line", [*LINES, "import small"])
def test_its_refusals_are_told_in_one_line_each(tt: Tt, stub: Stub, line: str, status: int) -> None:
    problem = {
        "detail": f"No.{POISON}",
        "hint": f"Do.{POISON}",
        "errors": [{"pointer": f"/{number}{POISON}", "detail": POISON} for number in range(2)],
    }
    stub.answer = (status, {}, json.dumps(problem).encode())
    run = tt(*line.split(), "--url", stub.url)

    clean(run.out, run.err)
    if status != 200 and line != "healthcheck":
        assert run.code == 7
        assert run.err.startswith(("error: No.", "error: The world in "))


SHAPES = [
    b"null",
    b"[]",
    b"5",
    b'"x"',
    b"{}",
    b'{"detail": 5, "hint": [], "errors": 7}',
    b'{"faults": 5, "requests": {}, "players": [5], "worlds": null, "snapshots": [{}]}',
    b'{"faults": [{}], "requests": [{}], "players": [{}], "coverage": [{}], "errors": [{}]}',
    b'{"ok": [], "count": "x", "differences": 7, "now": 5, "ready": "x", "frozen": {}}',
    b"[" * 100_000,
    b"\xff\xfe",
    '{"now": "\U000e0041"}'.encode("utf-16"),
]


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("body", SHAPES, ids=lambda body: str(body[:20]))
@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_of_another_shape_is_no_traceback(
    tt: Tt, stub: Stub, body: bytes, status: int
) -> None:
    stub.answer = (status, {}, body)
    for line in [*LINES, "import small"]:
        run = tt(*line.split(), "--url", stub.url)  # whatever is raised fails the test

        clean(run.out, run.err)
        assert run.code in (0, 1, 2, 6, 7), run
        if run.code == 6:
            assert "but not as a tt-emulator does" in run.err


@pytest.mark.parametrize(
    "args",
    [
        (POISON,),
        ("fault", POISON),
        ("fault", "add", f"--{POISON}"),
        ("fault", "add", "--delay-ms", POISON),
        ("fault", "add", "x", "--domain", POISON),
        ("fault", "rm", "f1", POISON),
        ("fault", "load", POISON),
        ("start", "--port", POISON),
        ("start", "--host", POISON),
        ("start", "--allow-origin", POISON),
        ("start", "--data", "d", "--ephemeral", "--seed-world", POISON),
        ("stop", "--data", POISON),
        ("stop", "--ready-file", POISON),
        ("requests", "--url", POISON),
        ("requests", "--url", "http://127.0.0.1:1", "--player", POISON),
        ("import", POISON),
        ("replay", POISON),
        ("errors", POISON),
        ("errors", "--api", POISON),
        ("settings", POISON),
        ("player", "set", POISON),
        ("js", f"/dev/null/{POISON}"),
        ("--lang", POISON),
        ("exec", "--", POISON.replace("\0", "")),
        ("exec", "--port", POISON, "--", "true"),
    ],
    ids=lambda args: " ".join(args).replace(POISON, "POISON"),
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_own_errors_say_an_argument_as_printable_text(
    tt: Tt, args: tuple[str, ...], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TT_EMULATOR_LANG", language)
    run = tt(*args)

    clean(run.out, run.err)
    assert run.code != 0 or args[0] == "errors"


@given(st.text())
def test_what_is_escaped_is_one_printable_line(text: str) -> None:
    assert escaped(text).isprintable()


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    )
)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_that_is_escaped_is_the_same_value(indent: int | None, value: Any) -> None:
    text = escaped_json(json.dumps(value, ensure_ascii=False, indent=indent))

    assert json.loads(text) == value
    assert all(line.isprintable() for line in text.split("\n"))

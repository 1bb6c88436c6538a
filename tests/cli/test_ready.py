"""Which server a verb talks to where nobody says it: the one of `./.tt-emulator`, if it runs."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from process import Emulator
from stub import Stub
from tt_emulator.announcement import instance
from tt_emulator.cli import ready
from tt_emulator.config import DEFAULT_URL

Tt = Callable[..., Any]
Announce = Callable[[Any], None]


@pytest.fixture
def announce(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Announce:
    """Puts a ready file into the `.tt-emulator` of the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tt-emulator").mkdir()

    def write(facts: Any) -> None:
        (tmp_path / ".tt-emulator" / "ready.json").write_text(json.dumps(facts), encoding="utf-8")

    return write


@pytest.mark.no_balancer
def test_verbs_find_the_server_of_the_folder(tt: Tt, announce: Announce, server: Emulator) -> None:
    announce(server.facts)

    assert tt("healthcheck").out == f"{server.url} is ready\n"
    assert tt("fault", "list", "--json").code == 0


@pytest.mark.parametrize("how", ["flag", "environment"])
def test_who_says_an_address_is_obeyed(
    tt: Tt, announce: Announce, server: Emulator, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(server.facts)
    other = "http://127.0.0.1:1"
    if how == "environment":
        monkeypatch.setenv("TT_EMULATOR_URL", other)
    run = tt("healthcheck", *(["--url", other] if how == "flag" else []))

    assert run.code == 6
    assert f"No tt-emulator answers at {other}" in run.err


@pytest.mark.parametrize(
    "lie", [{"pid": 1}, {"data": "/elsewhere"}, {"version": "0"}, {"url": "http://127.0.0.1:1"}]
)
def test_a_file_to_which_no_server_owns_is_passed_over(
    announce: Announce, server: Emulator, lie: dict[str, Any]
) -> None:
    announce(server.facts | lie)

    assert ready.here() is None


@pytest.mark.parametrize(
    "facts", [None, [], {}, "x", {"url": "http://[", "pid": 1}, {"url": "/", "pid": 1}]
)
def test_what_is_no_ready_file_is_passed_over(announce: Announce, facts: Any) -> None:
    announce(facts)

    assert ready.here() is None


def test_without_one_it_is_the_usual_address(
    tt: Tt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    requested: list[str] = []
    monkeypatch.setattr(
        "tt_emulator.client.Client.__init__", lambda self, url, *_, **__: requested.append(url)
    )
    with pytest.raises(AttributeError):  # it has no connection
        tt("healthcheck")

    assert requested == [DEFAULT_URL]


def test_errors_ask_no_server_unless_one_is_named(tt: Tt, announce: Announce, stub: Stub) -> None:
    announce({"url": stub.url, "pid": 1})

    assert tt("errors", "server-error").code == 0
    assert stub.seen == []


@pytest.mark.parametrize(
    ("url", "own", "given", "shown"),
    [
        ("http://127.0.0.1:1", None, "mine", "mine"),
        ("http://[::1]:1", "its", "mine", "mine"),
        ("http://localhost:1", "its", None, "its"),
        ("http://192.0.2.1:1", "its", "mine", "its"),
        ("http://192.0.2.1:1", None, "mine", None),
        ("http://evil.example:1", None, "mine", None),
    ],
)
def test_a_token_goes_to_no_other_machine_on_the_word_of_a_file(
    tmp_path: Path, url: str, own: str | None, given: str | None, shown: str | None
) -> None:
    path = tmp_path / "ready.json"
    path.write_text(json.dumps({"url": url, "pid": 1, "token": own}), encoding="utf-8")

    assert ready.read(path).token_for(given) == shown


def test_the_token_of_the_file_is_shown_to_its_server(
    tt: Tt, announce: Announce, stub: Stub
) -> None:
    facts = {"url": stub.url, "pid": 1, "token": "its"}
    announce(facts)
    stub.answer = (200, {}, json.dumps({"uptime_s": 1, "instance": instance(facts)}).encode())
    tt("fault", "clear")

    assert [seen.headers.get("Authorization") for seen in stub.seen] == [None, "Bearer its"]


def test_a_server_that_is_silent_is_not_waited_for_long(announce: Announce) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        announce({"url": f"http://127.0.0.1:{silent.getsockname()[1]}", "pid": 1})

        assert ready.here() is None

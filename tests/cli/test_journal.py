import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from process import emulator, spawn
from rawhttp import Wire, request
from tt_emulator import call_lines
from tt_emulator.cli import journal
from tt_emulator.client import Client
from tt_emulator.errors import NotReached, Refused
from tt_emulator.platforms import DEFAULT

A_QUARTER_S = 0.25
TIME = re.compile(r"\d\d:\d\d:\d\d\.\d\d\d")


def save(client: Client, key: str = "score", player: str = "alice") -> None:
    options = {"KVDataList": [{"key": key, "value": "1"}]}
    client.call("setUserCloudStorage", options, player=player)


def test_each_call_is_a_line_with_its_outcome_and_why_it_was_refused(
    tt: Callable[..., Any], client: Client
) -> None:
    client.arm({"error": "network-unavailable", "player": "爱丽丝"})
    save(client, player="爱丽丝")
    save(client)
    save(client, key="", player="bob")
    text = TIME.sub("HH:MM:SS.mmm", tt("requests").out)

    assert re.sub(r" [0-9]+\.[0-9] +", " ", text) == (
        "ID  TIME          PLAYER  API                  FAULT  MS   REPLY\n"
        "1   HH:MM:SS.mmm  爱丽丝  setUserCloudStorage  f1     fail network unavailable (999985)\n"
        "2   HH:MM:SS.mmm  alice   setUserCloudStorage  -      ok\n"
        "3   HH:MM:SS.mmm  bob     setUserCloudStorage  -      fail KVDataList (999999)"
        " [KVDataList[0].key is empty]\n"
    )


@pytest.mark.parametrize(
    "reply", [{"errcode": 40018, "errmsg": "bad code"}, {"err_no": 1, "err_msg": ""}]
)
def test_a_refused_backend_reads_why(reply: dict[str, Any]) -> None:
    row = {"api": "code2Session", "reply": reply, "fault": None, "reason": "why", **exchange(1)}

    assert call_lines._outcome(row, DEFAULT, str).endswith(") [why]")


@pytest.mark.parametrize("reply", [{"err_no": 0, "err_msg": ""}, {"error": 0}, {"openid": "a"}])
def test_of_a_backend_that_succeeded_no_reason_is_told(reply: dict[str, Any]) -> None:
    row = {"api": "code2Session", "reply": reply, "fault": None, "reason": "why", **exchange(1)}

    assert "why" not in call_lines._outcome(row, DEFAULT, str)


def test_no_call_says_so(tt: Callable[..., Any], client: Client) -> None:
    client.clear_requests()

    assert tt("requests").out == "no call came yet\n"


@pytest.fixture
def many(client: Client) -> Client:
    """A world with more calls than its journal holds, the last of them by bob."""
    calls = request(
        "POST", "/tt/login", b"{}", f"X-Emulator-World: {client.world}", "X-Emulator-Player: ann"
    )
    with Wire(int(client.url.rpartition(":")[2])) as wire:
        for _ in range(12):
            wire.send(calls * 100)
            for _ in range(100):
                wire.answer()
    client.call("login", player="bob")
    return client


def last_line(run: Any) -> str:
    return str(run.out.splitlines()[-1])


def test_it_says_how_many_of_all_calls_it_lists(tt: Callable[..., Any], many: Client) -> None:
    assert last_line(tt("requests")) == "the last 1,000 of 1,201"
    assert last_line(tt("requests", "--limit", "2")) == "the last 2 of 1,201"
    assert last_line(tt("requests", "--player", "ann")) == "the last 999 of 1,200"
    assert last_line(tt("--lang", "zh", "requests")) == "最近 1,000 条，共 1,201 条"
    assert "of" not in last_line(tt("requests", "--player", "bob"))
    as_json = tt("requests", "--json")
    assert len(json.loads(as_json.out)["requests"]) == 1000
    assert as_json.err == "the last 1,000 of 1,201\n"
    assert tt("requests", "--json", "--player", "bob").err == ""
    assert many.har()["log"]["comment"] == "the last 1000 of 1201 calls"


def test_a_call_under_way_is_one_of_them(tt: Callable[..., Any], client: Client) -> None:
    client.call("login")
    client.arm({"wire": "hang"})
    with Wire(int(client.url.rpartition(":")[2])) as wire:
        wire.send(request("POST", "/tt/login", b"{}", f"X-Emulator-World: {client.world}"))
        while len(client.requests()) < 2:
            pass

        assert last_line(tt("requests", "--limit", "1")) == "the last 1 of 2"
        assert "of" not in last_line(tt("requests"))


def test_it_says_so_if_nobody_knows_how_many_there_were(
    tt: Callable[..., Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.call("login")

    def refuse(*_: object, **__: object) -> int:
        raise Refused("too many players", "", 409, {"code": "not-counted"})

    monkeypatch.setattr(Client, "count", refuse)

    assert last_line(tt("requests")) == "the last 1; how many came was not counted"


def test_the_list_can_be_narrowed(tt: Callable[..., Any], client: Client) -> None:
    save(client)
    client.call("login", player="alice")
    client.call("login", player="bob")

    def ids(*flags: str) -> list[int]:
        found = json.loads(tt("requests", "--json", *flags).out)
        return [exchange["id"] for exchange in found["requests"]]

    assert ids() == [1, 2, 3]
    assert ids("--api", "login") == [2, 3]
    assert ids("--player", "alice") == [1, 2]
    assert ids("--api", "login", "--player", "alice") == [2]
    assert ids("--limit", "2") == [2, 3]
    assert ids("--limit", "9") == [1, 2, 3]


def test_json_is_what_the_server_says(tt: Callable[..., Any], client: Client) -> None:
    save(client, key="分数")

    assert json.loads(tt("requests", "--json").out) == {"requests": client.requests()}


@pytest.mark.unused_world
def test_a_world_that_does_not_exist_is_refused(tt: Callable[..., Any], client: Client) -> None:
    run = tt("requests")

    assert run.code == 7
    assert run.err.startswith("error: There is no world ")


@pytest.fixture
def follower(client: Client) -> Iterator["subprocess.Popen[str]"]:
    client.clear_requests()
    with spawn("requests", "--follow", "--url", client.url, "--world", client.world) as process:
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console")
def test_follow_prints_what_comes_and_ends_with_ctrl_c(
    client: Client, follower: "subprocess.Popen[str]"
) -> None:
    assert follower.stdout is not None
    assert follower.stdout.readline().startswith("ID ")

    save(client)
    assert follower.stdout.readline().split()[2:4] == ["alice", "setUserCloudStorage"]
    save(client, player="爱丽丝")
    assert follower.stdout.readline().split()[2:4] == ["爱丽丝", "setUserCloudStorage"]

    follower.send_signal(signal.SIGINT)
    out, err = follower.communicate()
    assert (follower.returncode, out, err) == (0, "", "")


def exchange(number: int, *, answered: bool = True) -> dict[str, Any]:
    return {"id": number, "answered_at": "2026-01-01T00:00:00Z" if answered else None}


def followed(pages: list[list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What `--follow` shows and asks for when the journal looks like `pages`, one after another."""
    shown: list[tuple[int, bool]] = []
    requested: list[int] = []
    naps: list[float] = []
    rest = iter(pages[1:])

    def fetch(after: int) -> list[dict[str, Any]]:
        requested.append(after)
        try:
            return [each for each in next(rest) if each["id"] > after]
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(journal.time, "sleep", naps.append)
    with pytest.raises(KeyboardInterrupt):
        journal._follow(
            fetch, pages[0], lambda each: shown.append((each["id"], bool(each["answered_at"])))
        )
    assert max(naps) <= A_QUARTER_S  # so that a call is on the screen within half a second
    return shown, requested


def test_follow_asks_for_what_it_has_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [[exchange(1)], [], [exchange(2), exchange(3)]]

    assert followed(pages, monkeypatch) == ([(1, True), (2, True), (3, True)], [1, 1, 3])


def test_follow_shows_a_call_that_hangs_and_again_once_it_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hanging = exchange(2, answered=False)
    pages = [
        [exchange(1), hanging],
        [hanging, exchange(3)],
        [exchange(2), exchange(3)],
    ]

    shown, requested = followed(pages, monkeypatch)
    assert shown == [(1, True), (2, False), (3, True), (2, True)]
    assert requested == [1, 1, 3]


def test_follow_forgets_a_hanging_call_that_the_journal_has_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [[exchange(1, answered=False)], [exchange(2)], []]

    assert followed(pages, monkeypatch) == ([(1, False), (2, True)], [0, 2, 2])


@pytest.mark.parametrize(
    ("reply", "answered", "text"),
    [
        ({"errMsg": "login:ok"}, True, "ok"),
        (
            {"errMsg": "login:fail app in background", "errNo": 7},
            True,
            "fail app in background (7)",
        ),
        ({"errMsg": "other"}, True, "other"),
        (None, True, "(no reply) f1 struck"),
        (None, False, "(no answer yet)"),
    ],
)
def test_an_outcome_is_the_message_without_the_apis_name(
    reply: Any, answered: bool, text: str
) -> None:
    row = {
        "api": "login",
        "reply": reply,
        "fault": "f1",
        "reason": "f1 struck",
        **exchange(1, answered=answered),
    }

    assert call_lines._outcome(row, DEFAULT, str) == text


class Restarting:
    """A client whose server is away for two looks, and then another one."""

    url = "http://127.0.0.1:1"
    world = "w"

    def __init__(self, *, persistent: bool, instance: str = "two") -> None:
        self.persistent = persistent
        self.instance = instance
        self.requested: list[int] = []
        self.away = 0
        self.looks = 0

    def health(self) -> dict[str, Any]:
        if not self.requested:
            return {"instance": "one", "persistent": self.persistent}
        self.away += 1
        if self.away < 3:
            raise NotReached("nothing listens there")
        return {"instance": self.instance, "persistent": self.persistent}

    def worlds(self) -> list[str]:
        self.looks += 1
        return ["default", "w"] if self.looks > 2 else ["default"]

    def requests(self, after: int, **match: Any) -> list[dict[str, Any]]:
        self.requested.append(after)
        if len(self.requested) == 1:
            raise NotReached("nothing listens there")
        if len(self.requested) == 2:
            raise Refused("There is no world 'w'.", "", 404)
        if len(self.requested) > 3:
            raise KeyboardInterrupt
        return [exchange(number) for number in (1, 2, 8) if number > after]


@pytest.mark.parametrize(
    ("server", "requested", "shown"),
    [
        (Restarting(persistent=True), [7, 7, 7, 8], [5, 7, 8]),
        (Restarting(persistent=False), [7, 0, 0, 8], [5, 7, 1, 2, 8]),
        (Restarting(persistent=False, instance="one"), [7, 7, 7, 8], [5, 7, 8]),
    ],
    ids=["data are kept", "nothing is kept", "the same server"],
)
def test_follow_goes_on_over_a_restart(
    server: Any,
    requested: list[int],
    shown: list[int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(journal.time, "sleep", lambda _: None)
    seen: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        journal._follow(
            journal._fetching(server, {}),
            [exchange(5), exchange(7)],
            lambda each: seen.append(each["id"]),
        )

    assert (server.requested, seen) == (requested, shown)
    assert capsys.readouterr().err == (
        "http://127.0.0.1:1 does not answer; what comes is listed once it does again.\n"
    )


def test_follow_ends_where_it_is_refused() -> None:
    class Refusing(Restarting):
        def requests(self, after: int, **match: Any) -> list[dict[str, Any]]:
            raise Refused("No.", "", 403)

    with pytest.raises(Refused, match="No"):
        journal._fetching(Refusing(persistent=True), {})(0)  # type: ignore[arg-type]  # as a client


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console")
def test_a_follower_sees_what_comes_after_a_restart() -> None:
    with emulator("--ephemeral") as first:
        with Client(first.url) as client:
            save(client, player="before")
        with spawn("requests", "--follow", "--url", first.url) as follower:
            assert follower.stdout is not None
            assert follower.stdout.readline().startswith("ID ")
            assert "before" in follower.stdout.readline()
            first.stop()
            with emulator("--ephemeral", port=first.port) as second, Client(second.url) as client:
                save(client, player="after")
                assert "after" in follower.stdout.readline()
            follower.send_signal(signal.SIGINT)
            assert follower.wait(30) == 0

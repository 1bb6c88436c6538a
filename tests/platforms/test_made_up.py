"""A platform is a value: of one that nobody has, a call goes from HTTP to disk and back."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from fed_connection import Transport, no_app
from harness import ScriptedClock
from platforms.made_up import PLATFORM
from tt_emulator.config import Settings
from tt_emulator.engine import Engine
from tt_emulator.journal.match import Match
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.hot.protocol import game_protocol
from tt_emulator.wire.openapi import document
from tt_emulator.world import Worlds, stored


class Served:
    """An engine of the platform on disk, behind Flask and behind the hot route."""

    def __init__(self, folder: Path) -> None:
        self.storage = TinyDBStorage(folder, rules=lambda _: stored.rules(PLATFORM))
        worlds = Worlds(self.storage, PLATFORM, ScriptedClock(), on_socket=True)
        self.engine = Engine(worlds)
        guard = Guard(Settings(), None)
        self.flask = create_app(self.engine, guard, dict, lambda s: None).test_client()
        self._protocol = game_protocol(self.engine, guard)

    @property
    def world(self) -> Any:
        return self.engine.worlds.open("default")

    def call(self, entry_point: str, api: str, options: dict[str, Any], **headers: str) -> Any:
        if entry_point == "flask":
            return self.flask.post(f"/mu/{api}", json=options, headers=headers).json
        body = json.dumps(options).encode()
        lines = [f"POST /mu/{api} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return self._fed("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def _fed(self, request: bytes) -> Any:
        loop, transport = asyncio.new_event_loop(), Transport()
        config = uvicorn.Config(no_app, ws="none")
        connection = self._protocol(config, ServerState(), {}, loop)
        connection.connection_made(transport)
        for _ in range(2):  # the second time the head is known
            connection.data_received(request)
        loop.close()
        return json.loads(transport.written.rpartition(b"\r\n\r\n")[2])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path)
    yield one
    one.storage.close()


each_entry_point = pytest.mark.parametrize("entry_point", ["flask", "hot"])


@each_entry_point
def test_a_call_goes_from_http_to_disk_and_is_there_after_a_start(
    served: Served, tmp_path: Path, entry_point: str
) -> None:
    assert served.call(entry_point, "putGem", {"key": "ruby"}) == {"ok": True}
    served.storage.close()

    again = Served(tmp_path)

    assert again.call(entry_point, "getGems", {}) == {"ok": True, "gems": ["ruby"]}
    again.storage.close()


@each_entry_point
def test_a_refusal_has_the_shape_of_the_platform(served: Served, entry_point: str) -> None:
    assert served.call(entry_point, "putGem", {}) == {
        "ok": False,
        "problem": {"number": 7, "words": "key"},
    }


@each_entry_point
def test_its_documented_errors_can_be_armed_and_are_counted(
    served: Served, entry_point: str
) -> None:
    served.world.faults.arm({"error": "full"})

    failed = served.call(entry_point, "putGem", {"key": "ruby"})

    assert failed == {"ok": False, "problem": {"number": 9, "words": "no room"}}
    assert [row.name for row in served.world.coverage() if row.delivered] == ["full"]
    last = served.world.journal.find()[-1].view()
    assert (last.api, last.reply) == ("putGem", failed)


def test_what_was_seen_is_counted_for_who_asks(served: Served) -> None:
    served.world.faults.arm({"error": "cracked"})
    failed = served.call("flask", "putGem", {"key": "ruby"})
    path = "/__emulator/v1/coverage"

    by_default, with_seen = (served.flask.get(path + query).json for query in ("", "?cover=seen"))

    assert failed == {"ok": False, "problem": {"number": "-1", "words": "the chest is cracked"}}
    assert [row["name"] for row in by_default["coverage"]] == ["bad-parameter", "full"]
    assert (by_default["covered"], by_default["documented"], by_default["seen"]) == (0, 2, 0)
    assert {row["name"]: row["delivered"] for row in with_seen["coverage"]} == {
        "bad-parameter": 0,
        "full": 0,
        "cracked": 1,
    }
    assert (with_seen["covered"], with_seen["documented"], with_seen["seen"]) == (1, 2, 1)


def test_what_else_would_be_counted_is_refused(served: Served) -> None:
    refused = served.flask.get("/__emulator/v1/coverage?cover=sen")

    assert refused.status_code == 422
    assert refused.json["detail"] == "cover must be one of documented, seen, not 'sen'."


@pytest.mark.parametrize("code", [-1, "-1"], ids=repr)
def test_a_code_that_is_a_text_is_armed_by_its_number_too(served: Served, code: Any) -> None:
    served.world.faults.arm({"error": code})

    assert served.call("flask", "putGem", {"key": "ruby"})["problem"]["number"] == "-1"
    assert served.world.journal.count(Match(error=code)) == 1


def test_its_har_names_its_own_addresses(served: Served) -> None:
    served.call("flask", "getGems", {})

    log = served.flask.get("/__emulator/v1/requests.har").json["log"]

    assert log["entries"][0]["request"]["url"] == "http://localhost/mu/getGems"


def test_an_api_that_a_setting_takes_away_says_so_by_the_platforms_name(served: Served) -> None:
    in_open = {"X-Emulator-Domain": "open"}

    refused = served.call("flask", "gemCount", {}, **in_open)
    served.world.set({"two_way_messages": True})

    assert refused["detail"] == "mu.gemCount does not exist in the open domain."
    assert served.call("flask", "gemCount", {}, **in_open) == {"ok": True, "gems": 0}


def test_pages_ask_for_the_phone_under_its_prefix_and_tt_is_not_there(served: Served) -> None:
    assert served.flask.get("/mu/state").json == {"online": True}
    assert served.flask.post("/tt/login", json={}).status_code == 404


def test_openapi_describes_its_calls_and_none_of_tt() -> None:
    paths = [path for path in document(PLATFORM)["paths"] if not path.startswith("/__emulator")]

    called = ["/mu/gemCount", "/mu/getGems", "/mu/putGem"]
    assert sorted(paths) == sorted([*called, "/mu/events", "/mu/panel", "/mu/state"])

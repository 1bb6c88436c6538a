"""tt.connectSocket at the doors: a page is told where it may open, and a game nothing of it."""

import json
from collections.abc import Callable

from entry_points import Answer

Call = Callable[..., Answer]


def test_the_header_tells_where_the_page_may_open_the_socket(call: Call):
    answer = call("connectSocket", {"url": "ws://localhost:9/room?a=1", "timeout": 1500})

    assert answer.json == {"errMsg": "connectSocket:ok"}
    assert json.loads(answer.headers["x-emulator-task"]) == {
        "address": "ws://localhost:9/room?a=1",
        "timeout_ms": 1500,
    }


def test_the_header_tells_which_host_was_refused(call: Call):
    answer = call("connectSocket", {"url": "wss://game.example.com/?key=secret"})

    assert answer.json == {"errMsg": "connectSocket:fail url is not valid domain"}
    assert answer.headers["x-emulator-refused-host"] == "game.example.com"
    assert "x-emulator-task" not in answer.headers


def test_the_journal_and_the_coverage_have_the_call(call: Call, control: Callable[..., Answer]):
    call("connectSocket", {"url": "wss://game.example.com/"})

    (exchange,) = control("GET", "/v1/requests?api=connectSocket").json["requests"]
    assert exchange["reply"] == {"errMsg": "connectSocket:fail url is not valid domain"}
    covered = control("GET", "/v1/coverage").json
    assert "connectSocket" in str(covered)

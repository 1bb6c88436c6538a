"""What is served beside the two planes, and how every error looks, through both entry points."""

from pathlib import Path

import pytest

import tt_emulator
from entry_points import FlaskEntryPoint
from tt_emulator.config import Settings
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard

WEB = Path(tt_emulator.__file__).parent / "web"
HARDENED = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
NOWHERE = [
    "/nothing",
    "/tt",
    "/tt/",
    "/tt/state/",
    "/tt//state",
    "/index.html",
    "/demo/nothing.js",
    "/demo/",
    "/demo/../../engine.py",
    "/demo/%2e%2e/%2e%2e/engine.py",
    "/demo/..%2f..%2fengine.py",
    "/demo/..%5c..%5cengine.py",
    "/demo//etc/passwd",
    "/demo/../ui/index.html",
    "/demo/../demo/game.js",
    "/demo/./game.js",
    "/demo/open-data/../game.js",
    "/demo/open-data/%2e%2e/game.js",
    "/demo/.../game.js",
    "/demo//game.js",
    "/demo/open-data/",
    "/demo/%00",
    "/tt.js/",
    "/tt.py",
    "/%ff%fe",
    "/%F0%9F%98%80",
    "/favicon.ico",
    "/<script>",
]


def is_problem(answer, status):
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json["status"], answer.json["title"] != "") == (status, True)
    assert answer.json["detail"]
    assert b"Traceback" not in answer.body
    assert HARDENED.items() <= answer.headers.items()


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_404_in_json(entry_point, path):
    is_problem(entry_point("GET", path), 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/tt.js", "/tt/state"])
def test_a_file_by_another_method_is_405_in_json(entry_point, method, path):
    answer = entry_point(method, path)

    is_problem(answer, 405)
    assert "GET" in answer.headers["allow"]


def test_the_demo_is_a_page_that_runs_its_own_scripts_only(entry_point):
    answer = entry_point("GET", "/")

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert HARDENED.items() <= answer.headers.items()


def test_the_shim_is_javascript_and_whole(entry_point):
    answer = entry_point("GET", "/tt.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.body == (WEB / "tt.js").read_bytes()
    assert "content-security-policy" not in answer.headers


def test_every_file_of_the_demo_is_served_with_its_type(entry_point):
    types = {
        ".html": "text/html",
        ".js": "text/javascript",
        ".css": "text/css",
        ".svg": "image/svg+xml",
    }
    files = [path for path in (WEB / "demo").rglob("*") if path.is_file()]
    assert files
    for path in files:
        answer = entry_point("GET", f"/demo/{path.relative_to(WEB / 'demo').as_posix()}")
        assert answer.status == 200, path
        assert answer.body == path.read_bytes(), path
        if path.suffix in types:
            assert answer.headers["content-type"].startswith(types[path.suffix]), path


@pytest.mark.parametrize("path", ["/", "/tt.js", "/tt/state"])
def test_head_answers_the_headers_of_get(entry_point, path):
    got, head = entry_point("GET", path), entry_point("HEAD", path)

    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.body))


def test_a_part_of_a_file_that_is_not_there_is_refused_in_json(entry_point):
    is_problem(entry_point("GET", "/tt.js", Range="bytes=99999999-"), 416)


def test_a_body_over_1_mib_is_413_in_json_and_the_next_request_is_answered(entry_point):
    body = b"x" * (1024 * 1024 + 1)

    is_problem(entry_point("POST", "/tt/setUserCloudStorage?x", body), 413)
    assert entry_point("GET", "/tt/state").status == 200


def test_a_bug_is_500_in_json_and_its_traceback_stays_in_the_log(monkeypatch, caplog, new_world):
    entry_point = FlaskEntryPoint(new_world)
    monkeypatch.setattr(entry_point.bench.engine.worlds, "find", None)

    answer = entry_point("GET", "/__emulator/v1/errors")

    is_problem(answer, 500)
    assert answer.json["code"] == "internal-error"
    assert b"not callable" not in answer.body
    assert "Traceback" in caplog.text


def test_a_refusal_is_told_in_the_log(caplog, new_world):
    FlaskEntryPoint(new_world)("GET", "/__emulator/v1/faults")

    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert new_world in record.getMessage()


def test_the_app_carries_out_a_delay_by_itself(bench, arm):
    slept_s: list[float] = []
    arm(delay_ms=250)
    arm(delay_ms=20, moment="after")
    app = create_app(bench.engine, Guard(Settings(), None), dict, slept_s.append)

    answer = app.test_client().post("/tt/login", data=b"{}")

    assert answer.status_code == 200
    assert slept_s == [0.25, 0.02]

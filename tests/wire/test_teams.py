"""No token of a team reads or changes another team's world, by whatever route there is."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entry_points import Answer
from harness import OPTIONS
from tenants import (
    ROOT,
    TOKENS,
    Ask,
    app_of,
    team_server,
    team_worlds,
    teams,
    through_flask,
    through_sockets,
)
from tt_emulator.platforms import BACKENDS, PLATFORMS, load
from tt_emulator.wire.openapi import document
from tt_emulator.wire.openapi.contract import ROUTES
from tt_emulator.world.quota import Quota
from tt_emulator.world.teams import Limits

ALPHA, BETA = TOKENS["alpha"], TOKENS["beta"]
SECRET = "what-only-beta-knows"
THERE, ABSENT = "beta.cart", "beta.none"
OPEN = {"GET /health", "GET /ready", "GET /openapi.json"}
"""Of the control plane what asks nobody for a token."""

VALUES = {
    "scenario": "mine",
    "fault_id": "f1",
    "exchange_id": "1",
    "openid": "alice",
    "snapshot": "kept",
}


@pytest.fixture(scope="module", params=["flask", "sockets"])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    if request.param == "flask":
        yield through_flask(team_worlds())
        return
    with team_server(tmp_path_factory.mktemp("teams")) as running:
        yield through_sockets(running.port)


@pytest.fixture(scope="module", autouse=True)
def furnished(ask: Ask) -> None:
    """Beta's world has something of everything, and alpha's nothing of it."""
    own = {"token": BETA, "world": THERE}
    control = "/__emulator/v1"
    pairs = {"KVDataList": [{"key": "score", "value": SECRET}]}
    fault = {"error": "network-unavailable", "api": "setUserCloudStorage", "label": SECRET}
    for method, path, value, status in (
        ("POST", "/tt/setUserCloudStorage", pairs, 200),
        ("PUT", f"{control}/players/alice", {"nickname": SECRET}, 200),
        ("POST", f"{control}/faults", {**fault, "player": "nobody"}, 201),
        ("PUT", f"{control}/scenarios/mine", None, 200),
        ("PUT", f"{control}/snapshots/kept", None, 200),
        ("POST", f"{control}/clock", {"freeze": True}, 200),
    ):
        assert ask(method, path, value, **own).status == status, path


def looked(ask: Ask) -> list[Any]:
    """All that can be seen of beta's world, by who may; looking is no call."""
    own, control = {"token": BETA, "world": THERE}, "/__emulator/v1"
    paths = ("faults", "requests", "settings", "players", "snapshots", "scenarios", "clock")
    listed = [world["name"] for world in ask("GET", f"{control}/worlds", token=ROOT).json["worlds"]]
    return [
        ask("GET", f"{control}/worlds/{THERE}", token=BETA).json,
        *(ask("GET", f"{control}/{path}", **own).json for path in paths),
        [name for name in listed if not name.startswith("alpha.")],
    ]


def control_requests(world: str) -> Iterator[tuple[str, str, str, Any, dict[str, str]]]:
    """Each control route, with each way to name that world: the rule, and a request."""
    for rule, route in ROUTES.items():
        method, path = rule.split()
        named = "{name}" in path
        path = "/__emulator" + path.format(name=world, **VALUES)
        value = route.example if route.takes is not None else None
        yield rule, method, path, value, {"world": world}
        if not named:
            yield rule, method, f"{path}?world={world}", value, {}


@pytest.mark.parametrize("rule", ROUTES)
def test_no_control_route_reads_or_changes_the_world_of_another_team(ask: Ask, rule: str) -> None:
    before = looked(ask)
    for request, other in zip(control_requests(THERE), control_requests(ABSENT), strict=True):
        if request[0] != rule:
            continue
        answers = [
            ask(method, path, value, token=ALPHA, **named)
            for _, method, path, value, named in (request, other)
        ]
        require_same(answers)
        assert SECRET.encode() not in answers[0].body
        if ROUTES[rule].of_world or "{name}" in rule:
            assert (answers[0].status, answers[0].json["code"]) == (403, "other-team"), request[2]

    assert looked(ask) == before


def require_same(answers: list[Answer]) -> None:
    """Who asks cannot tell one that is there from one that is not."""
    there, absent = answers
    assert there.status == absent.status
    if there.headers["content-type"].startswith("application/") and there.status != 200:
        assert there.body == absent.body


@pytest.mark.parametrize("rule", sorted(ROUTES.keys() - OPEN))
def test_without_a_token_no_control_route_answers(ask: Ask, rule: str) -> None:
    method, path = rule.split()
    path = "/__emulator" + path.format(name=THERE, **VALUES)
    value = ROUTES[rule].example

    for token in (None, "alpha", "alpha.", "alpha.beta-secret", "gamma.x", f"{ALPHA} ", ALPHA[:-1]):
        answer = ask(method, path, value, token=token, world=THERE)
        assert (answer.status, answer.json["code"]) == (403, "forbidden"), token


def game_requests() -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """Each route of games and of their backends, of both platforms."""
    for identity in PLATFORMS.values():
        platform = load(identity)
        for path, operations in document(platform)["paths"].items():
            for method in operations if not path.startswith("/__emulator") else ():
                api = platform.catalog.apis.get(path.rpartition("/")[2])
                domain = api.domains[0] if api is not None and api.domains else "main"
                value = None if method == "get" else OPTIONS.get(path.rpartition("/")[2], {})
                yield method.upper(), path, value, {"X_Emulator_Domain": domain}


GAME = list(game_requests())


def test_no_route_of_games_reads_or_changes_the_world_of_another_team(ask: Ask) -> None:
    before = looked(ask)
    called = 0
    for method, path, value, headers in GAME:
        answers = [
            ask(method, path, value, token=ALPHA, world=world, **headers)
            for world in (THERE, ABSENT)
        ]
        require_same(answers)
        assert SECRET.encode() not in answers[0].body
        if answers[0].status != 404:  # an API that is not called so
            called += 1
            assert (answers[0].status, answers[0].json["code"]) == (403, "other-team"), path

    assert called > 100
    assert looked(ask) == before


def test_the_same_routes_are_open_to_the_team_itself(ask: Ask) -> None:
    """What is refused above is refused for the world alone."""
    for method, path, value, headers in GAME:
        if path.startswith("/tt/"):
            answer = ask(method, path, value, token=ALPHA, world="alpha.own", **headers)
            assert answer.status != 403 or "panel" in path, path


def test_without_a_token_no_route_of_games_answers(ask: Ask) -> None:
    for method, path, value, headers in GAME:
        answer = ask(method, path, value, world=THERE, **headers)
        assert (answer.status, answer.json["code"]) == (403, "forbidden"), path


@given(name=st.text(max_size=80), platform=st.sampled_from(["tt", "wx"]))
def test_whatever_a_world_is_called_a_team_reaches_its_own_alone(name: str, platform: str) -> None:
    worlds = team_worlds()
    ask = through_flask(worlds)
    before = [*worlds.names(), THERE]
    assert ask("POST", "/tt/login", {}, token=BETA, world=THERE).status == 200
    encoded = "".join(f"%{byte:02X}" for byte in name.encode("utf-8", "replace"))

    answers = [
        ask("POST", f"/{platform}/login", {}, token=ALPHA, world=encoded),
        ask("DELETE", "/__emulator/v1/faults", token=ALPHA, world=encoded),
        ask("GET", f"/__emulator/v1/faults?world={encoded}", token=ALPHA),
        ask("DELETE", f"/__emulator/v1/worlds/{encoded}", token=ALPHA),
    ]

    assert {answer.status for answer in answers} <= {200, 204, 400, 403, 404, 405, 308}
    assert all(each in before or each.startswith("alpha.") for each in worlds.names())
    assert THERE in worlds.names()


def test_a_code_of_another_team_is_worth_what_an_unknown_one_is(ask: Ask) -> None:
    code = ask("POST", "/tt/login", {}, token=BETA, world=THERE).json["code"]
    path = "/api/apps/jscode2session"
    query = {"appid": "tt1", "secret": "s"}

    def exchanged(code: str, token: str) -> Any:
        told = "&".join(f"{name}={value}" for name, value in {**query, "code": code}.items())
        return ask("GET", f"{path}?{told}", token=token).json

    foreign = exchanged(code, ALPHA)
    unknown = exchanged("0" * 64 + ".beta.none", ALPHA)
    assert foreign == unknown
    assert foreign == {"errcode": 40018, "errmsg": "bad code"}
    assert exchanged(code, BETA)["openid"] == "player-1"


def test_each_path_of_a_backend_asks_for_a_token() -> None:
    paths = {path for _, path, _, _ in GAME}

    for prefix in BACKENDS:
        assert any(path.startswith(prefix) for path in paths)


def test_the_administrator_sees_all_worlds(ask: Ask) -> None:
    names = [
        world["name"] for world in ask("GET", "/__emulator/v1/worlds", token=ROOT).json["worlds"]
    ]

    assert {THERE, "default"} <= set(names)
    assert ask("GET", "/__emulator/v1/players", token=ROOT, world=THERE).status == 200
    assert ask("POST", "/tt/login", {}, token=ROOT, world="alpha.by-root").status == 200


def test_what_holds_no_secret_is_open_to_everybody(ask: Ask) -> None:
    for path in (
        *("/tt.js", "/wx.js", "/tt-emulator.mjs", "/", "/game.json", "/demo/game.js"),
        *("/__emulator/ui/", "/__emulator/ui/main.js", "/__emulator/ready"),
        "/__emulator/openapi.json",
        f"/__emulator/openapi.json?world={THERE}",
    ):
        assert ask("GET", path).status == 200, path


def test_the_token_can_be_the_first_part_of_the_path(ask: Ask) -> None:
    saved = {"KVDataList": [{"key": "a", "value": "1"}]}
    path = f"/t/{ALPHA}"
    assert ask("POST", f"{path}/tt/setUserCloudStorage", saved, world="alpha.path").status == 200

    shown = ask("GET", f"{path}/__emulator/v1/players?world=alpha.path").json["players"]
    assert [player["openid"] for player in shown] == ["player-1"]
    refused = ask("POST", f"{path}/tt/login", {}, world=THERE)
    assert (refused.status, refused.json["code"]) == (403, "other-team")
    assert ask("POST", f"/t/{BETA[:-1]}/tt/login", {}).status == 403
    assert ask("GET", f"{path}/tt.js").status == 200


def test_a_token_in_the_path_goes_before_one_in_a_header(ask: Ask) -> None:
    """A proxy may have put its own there."""
    answer = ask(
        "POST", f"/t/{ALPHA}/tt/login", {}, world="alpha.x", Authorization="Basic cm9vdA=="
    )
    assert answer.status == 200
    refused = ask("POST", f"/t/{ALPHA}/tt/login", {}, token=BETA, world=THERE)
    assert refused.json["code"] == "other-team"


@pytest.mark.parametrize("spelled", ["//t/{}/tt/login", "/%74/{}/tt/login", "/t//{}/tt/login"])
def test_a_path_with_a_token_that_is_spelled_otherwise_reaches_no_other_world(
    ask: Ask, spelled: str
) -> None:
    refused = ask("POST", spelled.format(ALPHA), {}, world=THERE)

    assert refused.status in (403, 404)
    assert ALPHA.encode() not in refused.body


def test_a_page_may_show_a_token(ask: Ask) -> None:
    origin = {"Origin": "http://localhost:7456"}
    asked = ask(
        "OPTIONS",
        "/tt/login",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization,content-type,x-emulator-world",
        **origin,
    )
    assert asked.status == 204
    assert "authorization" in asked.headers["access-control-allow-headers"].lower()

    called = ask("POST", "/tt/login", {}, token=ALPHA, **origin)
    assert (called.status, called.headers["access-control-allow-origin"]) == (200, origin["Origin"])
    refused = ask("POST", "/tt/login", {}, Sec_Fetch_Mode="cors", **origin)
    assert refused.status == 403
    assert refused.headers["access-control-allow-origin"] == origin["Origin"]


def test_a_page_of_another_site_needs_more_than_a_token(ask: Ask) -> None:
    refused = ask("POST", "/tt/login", {}, token=ALPHA, Origin="https://evil.example")

    assert (refused.status, refused.json["code"]) == (403, "forbidden")


def test_a_team_drops_its_own_idle_worlds_alone(ask: Ask) -> None:
    ask("POST", "/tt/login", {}, token=ALPHA, world="alpha.idle")
    before = looked(ask)

    assert ask("DELETE", "/__emulator/v1/worlds?idle_s=0", token=ALPHA).status == 204

    names = [
        world["name"] for world in ask("GET", "/__emulator/v1/worlds", token=ALPHA).json["worlds"]
    ]
    assert "alpha.idle" not in names
    assert looked(ask) == before


def test_findings_are_told_to_the_administrator_alone() -> None:
    """Their files have the names of worlds."""
    from tt_emulator.domain.store import Finding
    from tt_emulator.wire.health import Health

    found = [Finding("worlds/beta.cart/log.jsonl", 1, "cut off")]
    health = Health("ok", None, "1", 1, "0f", 1, True, found, found, 0.5)

    shown = health.without_findings()

    assert (shown.set_aside, shown.edited, shown.version) == ([], [], "1")


# ---- limits -------------------------------------------------------------------------------------


def small_apps(**limits: Any) -> Ask:
    return through_flask(team_worlds(*teams(alpha=Limits(**limits))))


@pytest.fixture
def _within_one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the machine does, no team may send again because time has passed."""
    monkeypatch.setattr("tt_emulator.world.teams.Quota", partial(Quota, now_s=lambda: 0.0))


@pytest.mark.usefixtures("_within_one_second")
def test_over_the_calls_a_second_the_answer_is_429_and_when_to_come_again() -> None:
    ask = small_apps(calls_per_s=2)
    answers = [ask("POST", "/tt/login", {}, token=ALPHA) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    over = answers[-1]
    assert over.headers["content-type"] == "application/problem+json"
    assert over.headers["retry-after"] == "1"
    assert over.json["code"] == "too-many-calls"
    assert "errMsg" not in over.json
    assert ask("GET", "/__emulator/v1/faults", token=ALPHA).status == 429
    assert [ask("POST", "/tt/login", {}, token=BETA).status for _ in range(20)] == [200] * 20
    assert ask("GET", "/__emulator/v1/worlds", token=ROOT).status == 200
    assert ask("GET", "/tt.js").status == 200


@pytest.mark.usefixtures("_within_one_second")
def test_a_call_over_the_limit_is_in_no_journal() -> None:
    ask = small_apps(calls_per_s=1)
    for _ in range(3):
        ask("POST", "/tt/login", {}, token=ALPHA)

    held = ask("GET", "/__emulator/v1/requests", token=ROOT, world="alpha.default").json
    assert len(held["requests"]) == 1


def test_one_world_more_than_a_team_may_have_is_422() -> None:
    ask = small_apps(max_worlds=1)
    made = [ask("POST", "/tt/login", {}, token=ALPHA, world=f"alpha.{name}") for name in "ab"]

    assert [answer.status for answer in made] == [200, 422]
    assert made[1].json["detail"] == "The team 'alpha' holds 1 worlds, no more."
    assert ask("GET", "/__emulator/v1/catalog", token=ALPHA).status == 200
    assert ask("POST", "/tt/login", {}, token=BETA, world="beta.b").status == 200


def test_one_listener_more_than_a_team_may_have_is_429() -> None:
    worlds = team_worlds(*teams(alpha=Limits(max_listeners=1)))
    ask = through_flask(worlds)
    (alpha, _) = worlds.tenants()
    seat = alpha.quota.seat()

    for path in ("/tt/events", "/__emulator/v1/events"):
        refused = ask("GET", path, token=ALPHA)
        assert (refused.status, refused.json["code"]) == (429, "too-many-listeners")
        assert ask("GET", path, token=BETA).status == 200
    question = {"match": {"api": "login"}, "timeout_ms": 60_000}
    assert ask("POST", "/__emulator/v1/requests/wait", question, token=ALPHA).status == 429
    seat.leave()
    assert ask("GET", "/tt/events", token=ALPHA).status == 200
    assert alpha.quota.listeners == 0
    at_once = {**question, "timeout_ms": 0}
    assert ask("POST", "/__emulator/v1/requests/wait", at_once, token=ALPHA).status == 200


@pytest.mark.usefixtures("_within_one_second")
def test_what_teams_use_is_in_the_metrics_of_who_may_see_it() -> None:
    ask = small_apps(calls_per_s=3, max_worlds=5)
    for _ in range(5):
        ask("POST", "/tt/login", {}, token=ALPHA)
    ask("POST", "/tt/login", {}, token=BETA)

    everything = ask("GET", "/__emulator/metrics", token=ROOT).body.decode()
    own = ask("GET", "/__emulator/metrics", token=BETA).body.decode()

    for line in (
        'tt_emulator_team_worlds{team="alpha"} 1.0',
        'tt_emulator_team_requests_total{team="alpha"} 3.0',
        'tt_emulator_team_limit{limit="max_worlds",team="alpha"} 5.0',
        'tt_emulator_team_refused_total{limit="calls_per_s",team="alpha"} 2.0',
        'tt_emulator_team_worlds{team="beta"} 1.0',
    ):
        assert line in everything
    assert "alpha" not in own
    assert 'tt_emulator_team_requests_total{team="beta"} 2.0' in own
    assert 'tt_emulator_calls_total{api="login",outcome="ok",platform="tt"} 1.0' in own


def test_a_team_has_one_app_however_often_it_asks() -> None:
    app = app_of(team_worlds())
    from werkzeug.test import Client

    client = Client(app)
    for _ in range(3):
        for token in (ALPHA, ROOT, "nobody"):
            client.get("/__emulator/v1/worlds", headers={"Authorization": f"Bearer {token}"})

    assert len(app._apps) == 3


# ---- where a token may not be -------------------------------------------------------------------


def test_a_token_is_in_no_log_no_journal_no_story_and_no_answer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with team_server(tmp_path, "--log", "--data", str(tmp_path / "data")) as running:
        ask = through_sockets(running.port)
        answers = []
        for path in (f"/t/{ALPHA}", f"//t/{ALPHA}", f"/%74/{ALPHA}", f"/t/{ALPHA}/t/{ALPHA}", ""):
            for method, rest, value in (
                ("POST", "/tt/login", {}),
                ("POST", "/tt/login", b"no json"),
                ("POST", "/tt/unknown", {}),
                ("GET", "/api/apps/jscode2session?appid=a&secret=s&code=c", None),
                ("GET", "/__emulator/v1/requests.har", None),
                ("GET", "/__emulator/v1/bundle", None),
                ("GET", "/__emulator/v1/requests", None),
                ("GET", "/__emulator/v1/nothing", None),
                ("PUT", "/__emulator/v1/settings", {"unknown": 1}),
                ("GET", "/__emulator/v1/worlds/beta.cart", None),
            ):
                token = None if path else ALPHA
                answers.append(ask(method, path + rest, value, token=token))
        assert {200, 400, 403, 404, 422} <= {answer.status for answer in answers}
        running.stop()

    for answer in answers:
        assert ALPHA.encode() not in answer.body
        assert not any(ALPHA in value for value in answer.headers.values())
    assert "login" in (logged := "".join(capfd.readouterr()))
    assert ALPHA not in logged
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept
    assert not any(ALPHA.encode() in path.read_bytes() for path in kept)


def test_the_line_of_a_call_names_the_teams_default_world(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with team_server(tmp_path, "--log") as running:
        ask = through_sockets(running.port)
        for _ in range(2):
            assert ask("POST", "/tt/login", {}, token=ALPHA).status == 200
        running.stop()

    assert capfd.readouterr().err.count("alpha.default") == 2


# ---- on sockets ---------------------------------------------------------------------------------


def test_the_calls_of_one_connection_are_of_the_token_of_each(tmp_path: Path) -> None:
    """A head that is known is answered as its token's, whoever called before on the connection."""
    from http.client import HTTPConnection

    with team_server(tmp_path) as running:
        connection = HTTPConnection("127.0.0.1", running.port, timeout=30)
        statuses = []
        for token in (ALPHA, BETA, None, ALPHA, BETA, None):
            headers = {"X-Emulator-World": THERE, "Content-Type": "application/json"}
            if token:
                headers["Authorization"] = f"Bearer {token}"
            connection.request("POST", "/tt/login", "{}", headers)
            answer = connection.getresponse()
            statuses.append(answer.status)
            answer.read()
        connection.close()

    assert statuses == [403, 200, 403] * 2


def test_listeners_on_sockets_leave_their_places(tmp_path: Path) -> None:
    from http.client import HTTPConnection

    with team_server(tmp_path, alpha="max_listeners = 2") as running:
        ask = through_sockets(running.port)
        open_ones = []
        for path in ("/tt/events", "/__emulator/v1/events"):
            connection = HTTPConnection("127.0.0.1", running.port, timeout=30)
            connection.request("GET", path, headers={"Authorization": f"Bearer {ALPHA}"})
            answer = connection.getresponse()
            assert answer.status == 200
            answer.readline()
            open_ones.append((connection, answer))
        over = ask("GET", "/__emulator/v1/events", token=ALPHA)
        assert (over.status, over.json["code"]) == (429, "too-many-listeners")
        assert ask("GET", "/__emulator/v1/events", token=BETA).status == 200

        for connection, answer in open_ones:
            answer.close()
            connection.close()
        line = 'tt_emulator_team_listeners{team="alpha"} 0.0'
        while line not in ask("GET", "/__emulator/metrics", token=ROOT).body.decode():
            pass  # until the server has noticed; the suite's time limit ends it otherwise
        question = {"match": {"api": "login"}, "timeout_ms": 1}
        for _ in range(5):
            asked = ask("POST", "/__emulator/v1/requests/wait", question, token=ALPHA)
            assert asked.status == 200
            assert json.loads(asked.body)["ok"] is False


def test_over_the_limit_of_calls_the_connection_goes_on(tmp_path: Path) -> None:
    with team_server(tmp_path, alpha="calls_per_s = 0.001") as running:
        ask = through_sockets(running.port)
        first, second = (ask("POST", "/tt/login", {}, token=ALPHA) for _ in range(2))
        backend = ask("GET", "/api/apps/jscode2session?appid=a&secret=s&code=c", token=ALPHA)
        control = ask("GET", "/__emulator/v1/worlds", token=ALPHA)
        other = ask("POST", "/tt/login", {}, token=BETA)

    assert [each.status for each in (first, second, backend, control, other)] == [
        *(200, 429, 429, 429, 200)
    ]
    assert {each.headers["retry-after"] for each in (second, backend, control)} <= {"999", "1000"}


def test_a_team_at_its_limit_has_no_lines_in_the_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with team_server(tmp_path, alpha="calls_per_s = 0.001") as running:
        ask = through_sockets(running.port)
        for path in ("/tt/login", "/tt/login", "/tt/unknown", "/__emulator/v1/reset"):
            ask("POST", path, {}, token=ALPHA)
        ask("POST", "/tt/login", {})
        running.stop()

    assert capfd.readouterr().err.count("WARNING") == 1  # of the call without a token


def test_what_is_refused_by_its_head_counts_as_a_request(tmp_path: Path) -> None:
    with team_server(tmp_path, alpha="calls_per_s = 0.001") as running:
        ask = through_sockets(running.port)
        statuses = [ask("POST", "/tt/unknown", {}, token=ALPHA).status for _ in range(2)]

    assert statuses == [404, 429]


def test_worlds_stay_with_their_team_over_a_restart(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    saved = {"KVDataList": [{"key": "a", "value": "1"}]}
    for _ in range(2):
        with team_server(tmp_path, "--data", data) as running:
            ask = through_sockets(running.port)
            known = ask("GET", "/__emulator/v1/worlds", token=BETA).json["worlds"]
            assert ask("POST", "/tt/setUserCloudStorage", saved, token=BETA).status == 200
            hidden = ask("GET", "/__emulator/v1/worlds/beta.default", token=ALPHA)
            assert hidden.json["code"] == "other-team"
            running.stop()

    assert [world["name"] for world in known] == ["beta.default"]

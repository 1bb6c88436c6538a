"""The origin of a played package, and what the control plane tells of it."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tt_emulator.config import Settings
from tt_emulator.server import serving

GAME = {"deviceOrientation": "portrait", "subpackages": [{"name": "stage", "root": "stage/"}]}
REPORT = {
    "page": "p1",
    "player": "alice",
    "world": "default",
    "first_frame_ms": 12.5,
    "errors": [{"message": "boom", "file": "game.js", "line": 3, "at": 0}],
    "called_absent": {"createVideo": 2},
    "asked_absent": ["createVideo"],
    "refused_hosts": {"cdn.example.com": 4},
}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Origin:
    """One of the two, over a real socket."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.host = url.removeprefix("http://")

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        connection = HTTPConnection(self.host, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, None if body is None else json.dumps(body), sent)
        response = connection.getresponse()
        answer = Answer(
            response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        )
        connection.close()
        return answer


class Origins(NamedTuple):
    emulator: Origin
    game: Origin


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    files = {
        "game.json": json.dumps(GAME),
        "game.js": "// é\ntt.login({});",
        "stage/game.js": "",
        "res/a.png": "png",
        ".secret": "no",
        "tt/state": "a file of the game",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def origins(folder: Path) -> Iterator[Origins]:
    with serving(Settings(port=0, data=None, play=folder)) as facts:
        yield Origins(Origin(facts["url"]), Origin(facts["game"]))


def test_the_game_has_an_origin_of_its_own(origins):
    page = origins.game("GET", "/?tt-player=alice")

    assert origins.game.url != origins.emulator.url
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_no_policy_of_ours_stands_in_the_way_of_its_code_and_nothing_leaves_the_machine(origins):
    policy = origins.game("GET", "/").headers["content-security-policy"]

    assert "'unsafe-inline' 'unsafe-eval'" in policy
    sources = policy.partition("default-src ")[2].partition(";")[0].split()
    hosts = {source.split("://")[1] for source in sources if "://" in source}
    assert hosts == {"127.0.0.1:*", "localhost:*"}


@pytest.mark.parametrize(
    "path",
    [
        "/__emulator/health",
        "/__emulator/ui/",
        "/__emulator/v1/play",
        "/__emulator/v1/requests",
        "/tt.js",
    ],
)
def test_there_is_no_control_plane_at_it(origins, path):
    answer = origins.game("GET", path)

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_its_pages_may_not_use_the_control_plane_of_the_other(origins):
    answer = origins.emulator("DELETE", "/__emulator/v1/faults", Origin=origins.game.url)
    assert answer.status == 403


def test_it_answers_calls(origins):
    answer = origins.game("POST", "/tt/login", {}, X_Emulator_World="calls")

    assert json.loads(answer.body)["errMsg"] == "login:ok"
    journal = origins.emulator("GET", "/__emulator/v1/requests", X_Emulator_World="calls")
    assert [each["api"] for each in json.loads(journal.body)["requests"]] == ["login"]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("game.js", "text/javascript; charset=utf-8"),
        ("res/a.png", "image/png"),
        ("tt/state", "application/octet-stream"),
    ],
)
def test_files_of_the_package_are_served_under_the_type_of_their_name(
    origins, folder, path, media_type
):
    answer = origins.game("GET", f"/package/{path}")

    assert answer.body == (folder / path).read_bytes()
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".secret",
        "../package/game.js",
        "%2e%2e/x",
        "res/",
        "res",
        "..%2fgame.js",
        "RES/a.png",
        "nothing",
        "%00",
        "a" * 5000,
    ],
)
def test_nothing_else_is_served(origins, path):
    answer = origins.game("GET", f"/package/{path}")

    assert answer.status in {404, 400}
    assert answer.headers["content-type"] == "application/problem+json"


def test_scripts_come_in_one_answer_with_the_list_of_all_files(origins):
    whole = json.loads(origins.game("GET", "/__play/package.json").body)

    assert whole["scripts"] == {"game.js": "// é\ntt.login({});", "stage/game.js": ""}
    assert list(whole["files"]) == [
        "game.js",
        "game.json",
        "res/a.png",
        "stage/game.js",
        "tt/state",
    ]
    assert whole["facts"]["subpackages"] == [{"name": "stage", "root": "stage"}]


def test_a_text_in_the_facts_cannot_end_the_script(tmp_path):
    (tmp_path / "game.js").write_text("")
    (tmp_path / "game.json").write_text('{"openDataContext": "</script><script>x()"}')
    with serving(Settings(port=0, data=None, play=tmp_path)) as facts:
        body = Origin(facts["game"])("GET", "/").body
    assert body.count(b"</script>") == 2


def test_the_compiler_is_there(origins):
    assert origins.game("GET", "/__play/typescriptServices.js").status == 200
    assert origins.game("GET", "/__play/compile-worker.js").status == 200


@pytest.mark.parametrize(("name", "encoding"), [("a.wasm", None), ("a.wasm.br", "br")])
def test_a_browser_unpacks_what_it_shall_compile_and_no_other_file(tmp_path, name, encoding):
    for path in ("game.js", "game.json", name):
        (tmp_path / path).write_text("{}")
    with serving(Settings(port=0, data=None, play=tmp_path)) as facts:
        origin = Origin(facts["game"])
        compiled, read = origin("GET", f"/__play/wasm/{name}"), origin("GET", f"/package/{name}")

    assert compiled.headers["content-type"] == "application/wasm"
    assert compiled.headers.get("content-encoding") == encoding
    assert "content-encoding" not in read.headers
    assert compiled.body == read.body == b"{}"


def test_no_wasm_is_served_that_is_not_there(origins):
    assert origins.game("GET", "/__play/wasm/gone.wasm").status == 404


def test_what_is_played_is_told(origins, folder):
    view = json.loads(origins.emulator("GET", "/__emulator/v1/play").body)

    assert view["pages"] == []
    del view["pages"]
    assert view == {
        "dir": str(folder.resolve()),
        "game_url": origins.game.url,
        "platform": "tt",
        "as": "tt",
        "engine": None,
        "orientation": "portrait",
        "plugins": [],
        "subpackages": ["stage"],
    }


def test_where_nothing_is_played_it_is_said_how_to(server):
    answer = Origin(server.url)("GET", "/__emulator/v1/play")

    assert answer.status == 404
    assert json.loads(answer.body)["hint"] == "Start with: tt-emulator play DIR"


def test_what_a_page_says_of_itself_is_told(tmp_path, folder):
    with serving(Settings(port=0, data=None, play=folder)) as facts:
        game, emulator = Origin(facts["game"]), Origin(facts["url"])
        first = game("POST", "/__play/pages", {**REPORT, "first_frame_ms": None, "errors": []})
        second = game("POST", "/__play/pages", REPORT)
        (page,) = json.loads(emulator("GET", "/__emulator/v1/play").body)["pages"]

    assert (first.status, second.status) == (204, 204)
    assert page.pop("opened_at").endswith("Z")
    assert page == {
        **{name: value for name, value in REPORT.items() if name not in {"page", "errors"}},
        "errors": [
            {"message": "boom", "file": "game.js", "line": 3, "at": "1970-01-01T00:00:00.000Z"}
        ],
    }


def errors(*messages: str) -> list[dict[str, Any]]:
    return [{"message": each, "file": None, "line": None, "at": 0} for each in messages]


def test_what_pages_said_of_a_world_goes_with_it_and_what_they_say_later(folder):
    with serving(Settings(port=0, data=None, play=folder)) as facts:
        game, emulator = Origin(facts["game"]), Origin(facts["url"])

        def told(world: str, *messages: str) -> list[list[str]]:
            body = {**REPORT, "page": world, "world": world, "errors": errors(*messages)}
            game("POST", "/__play/pages", body)
            pages = json.loads(emulator("GET", "/__emulator/v1/play").body)["pages"]
            return [[error["message"] for error in page["errors"]] for page in pages]

        def drop(world: str) -> None:
            assert emulator("DELETE", f"/__emulator/v1/worlds/{world}").status == 204

        assert told("w1", "a") == [["a"]]
        assert told("w2", "b") == [["a"], ["b"]]
        drop("w1")
        assert told("w1", "a") == [["b"]]
        assert told("w1", "a", "c") == [["b"]]


def test_a_report_that_was_overtaken_takes_no_error_back(folder):
    with serving(Settings(port=0, data=None, play=folder)) as facts:
        game, emulator = Origin(facts["game"]), Origin(facts["url"])
        game("POST", "/__play/pages", {**REPORT, "errors": errors("a", "b")})
        game("POST", "/__play/pages", {**REPORT, "errors": errors("a")})
        (page,) = json.loads(emulator("GET", "/__emulator/v1/play").body)["pages"]

    assert [error["message"] for error in page["errors"]] == ["a", "b"]


@pytest.mark.parametrize(
    "changed",
    [
        {"page": ""},
        {"player": 7},
        {"errors": [{"message": "x"}]},
        {"errors": [REPORT["errors"][0]] * 51},
        {"errors": [{**REPORT["errors"][0], "at": 10**30}]},
        {"asked_absent": ["a"] * 1001},
        {"called_absent": {str(number): 1 for number in range(501)}},
        {"first_frame_ms": "soon"},
    ],
)
def test_what_cannot_be_one_is_refused_and_changes_nothing(origins, changed):
    answer = origins.game("POST", "/__play/pages", {**REPORT, **changed})

    assert answer.status == 400
    assert json.loads(origins.emulator("GET", "/__emulator/v1/play").body)["pages"] == []


def test_of_many_pages_the_latest_are_told(folder):
    with serving(Settings(port=0, data=None, play=folder)) as facts:
        for number in range(103):
            Origin(facts["game"])(
                "POST", "/__play/pages", {**REPORT, "page": str(number), "player": str(number)}
            )
        pages = json.loads(Origin(facts["url"])("GET", "/__emulator/v1/play").body)["pages"]
    assert [page["player"] for page in pages] == [str(number) for number in range(3, 103)]

"""The files of the tester's page: whole, of our own origin, open where others ask for a token."""

import re
from pathlib import Path

import pytest

import tt_emulator
from tt_emulator.config import Settings
from tt_emulator.errors import Forbidden
from tt_emulator.wire.guard import Guard, GuardedRequest

WEB = Path(tt_emulator.__file__).parent / "web"
FILES = sorted(path.relative_to(WEB).as_posix() for path in (WEB / "ui").rglob("*.*"))
KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
}
LOCKED = Guard(Settings(host="0.0.0.0"), "secret")


@pytest.mark.parametrize("path", ["/__emulator/ui/", "/__emulator/ui"])
def test_the_page_runs_scripts_and_styles_of_its_own_alone(entry_point, path):
    answer = entry_point("GET", path)

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(rb"style=|<script>|\son\w+=|https?://(?!www.w3.org)", answer.body)


@pytest.mark.parametrize("file", FILES)
def test_each_file_is_served_as_what_it_is(entry_point, file):
    answer = entry_point("GET", f"/__emulator/{file}")

    assert answer.status == 200
    assert answer.body == (WEB / file).read_bytes()
    assert answer.headers["content-type"].startswith(KINDS[Path(file).suffix])


def test_the_style_sheet_of_bootstrap_5_comes_with_a_package(entry_point):
    answer = entry_point("GET", "/__emulator/ui/bootstrap.min.css")

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/css")
    assert re.search(rb"Bootstrap\s+v5\.[3-9]", answer.body[:200])


@pytest.mark.parametrize(
    "path",
    [
        "../demo/index.html",
        "%2e%2e/tt.js",
        "..%2ftt.js",
        "core/../../tt.js",
        "/../tt.js",
        "..%2f..%2ferrors.py",
        "..%5c..%5cerrors.py",
        "core/../main.js",
        "./main.js",
        "core//api.js",
        "nothing.js",
        "core",
        "%00",
    ],
)
def test_nothing_else_is_served_there(entry_point, path):
    answer = entry_point("GET", f"/__emulator/ui/{path}")

    assert answer.status == 404


def test_where_a_token_is_asked_for_the_files_alone_are_open():
    host = ("192.168.1.5:8717",)
    for path in ("/__emulator/ui", "/__emulator/ui/", "/__emulator/ui/main.js"):
        assert LOCKED.admit(GuardedRequest(path, host)) == ()
    for path in ("/__emulator/uix", "/__emulator/v1/faults", "/__emulator/v1/qr", "/__emulator/"):
        with pytest.raises(Forbidden):
            LOCKED.admit(GuardedRequest(path, host))


def test_no_module_of_the_page_is_long():
    long = [
        file
        for file in FILES
        if file.endswith(".js")
        and "/text/" not in file
        and len((WEB / file).read_text(encoding="utf-8").splitlines()) > 250
    ]
    assert long == []

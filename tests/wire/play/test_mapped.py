"""Pictures and sounds of mapped hosts, at the game's own origin."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend import BYTES, Backend, backend
from harness import Bench
from tt_emulator.config import Settings
from tt_emulator.package import read
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.wire.outgoing.places import places
from tt_emulator.wire.play.pages import Playing
from tt_emulator.wire.play.site import create_game_app

Site = Callable[..., FlaskClient]


@pytest.fixture
def own_server() -> Iterator[Backend]:
    with backend() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, bench: Bench) -> Site:
    """The game's origin, with these hosts mapped."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "game.json").write_text("{}")
    (package / "game.js").write_text("tt.login();")

    def of(*pairs: str) -> FlaskClient:
        outside = Outside(places(pairs))
        playing = Playing(read(package), "tt", "http://localhost", outside, lenient=False)
        return create_game_app(bench.engine, Guard(Settings(), None), playing, 1).test_client()

    return of


def test_a_file_of_a_mapped_folder_is_served_as_what_it_is(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(b"png")

    got = site(f"cdn.example.com={tmp_path}").get(
        "/__play/mapped/https/cdn.example.com/a%20b.png?v=1"
    )

    assert (got.status_code, got.data, got.mimetype) == (200, b"png", "image/png")


def test_a_mapped_server_is_asked_with_the_query(site: Site, own_server: Backend) -> None:
    own_server.answers["/base/x.bin?v=1"] = (200, {"Content-Type": "audio/mpeg"}, BYTES)

    client = site(f"cdn.example.com:8443={own_server.url}/base")
    got = client.get("/__play/mapped/https/cdn.example.com:8443/x.bin?v=1")

    assert (got.status_code, got.data, got.mimetype) == (200, BYTES, "audio/mpeg")


@pytest.mark.parametrize(
    "address",
    [
        "https/cdn.example.com/none.png",
        "https/cdn.example.com/..%2Fpackage.json",
        "https/other.example.com/a.png",
        "https/localhost/a.png",
        "ftp/cdn.example.com/a.png",
        "https/cdn.example.com@localhost/a.png",
        "https/[/a.png",
    ],
)
def test_nothing_else_is_there(site: Site, tmp_path: Path, address: str) -> None:
    folder = tmp_path / "cdn"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"png")

    got = site(f"cdn.example.com={folder}").get(f"/__play/mapped/{address}")

    assert got.status_code == 404


def test_a_server_that_is_not_there_is_no_file(site: Site) -> None:
    client = site("cdn.example.com=http://127.0.0.1:1")

    assert client.get("/__play/mapped/https/cdn.example.com/a.png").status_code == 404


def test_the_page_knows_which_hosts_are_mapped(site: Site, tmp_path: Path) -> None:
    facts = site(f"CDN.example.com={tmp_path}").get("/__play/package.json").json

    assert facts is not None
    assert facts["facts"]["mapped"] == ["cdn.example.com"]

"""A game in a real Chromium on a server that teams share, by tt.js and the token of its team."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from browser.calls import OK, assert_received, failure
from browser.site import Tab, game_site
from tenants import TOKENS, Ask, team_server, through_sockets

ALPHA = TOKENS["alpha"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with team_server(tmp_path_factory.mktemp("teams")) as running:
        yield running


@pytest.fixture
def ask(shared: Any) -> Ask:
    return through_sockets(shared.port)


@pytest.fixture
def game(shared: Any) -> Iterator[str]:
    with game_site(shared.url, f'data-token="{ALPHA}"') as url:
        yield f"{url}/game"


def saved(ask: Ask, world: str) -> Any:
    players = ask("GET", "/__emulator/v1/players", token=ALPHA, world=world).json["players"]
    return {player["openid"]: player["KVDataList"] for player in players}


def test_a_game_saves_in_its_teams_world_by_one_attribute(tab: Tab, game: str, ask: Ask) -> None:
    page = tab(f"{game}?tt-world=alpha.chromium&tt-player=alice")

    assert_received(page, "success", OK)

    assert saved(ask, "alpha.chromium") == {"alice": [{"key": "score", "value": "1"}]}


def test_without_a_world_it_plays_in_the_teams_default_one(tab: Tab, game: str, ask: Ask) -> None:
    assert_received(tab(f"{game}?tt-player=bob"), "success", OK)

    assert "bob" in saved(ask, "alpha.default")
    assert "bob" in saved(ask, "default")


def test_it_hears_what_changes_and_has_an_open_data_domain(tab: Tab, game: str, ask: Ask) -> None:
    page = tab(f"{game}?tt-world=alpha.heard&tt-player=alice")
    assert_received(page, "success", OK)
    page.evaluate("tt.onNetworkStatusChange(({isConnected}) => { document.title = isConnected; })")

    path = "/__emulator/v1/players/alice"
    ask("PUT", path, {"network": "offline"}, token=ALPHA, world="alpha.heard")
    expect(page).to_have_title("false")
    ask("PUT", path, {"network": "online"}, token=ALPHA, world="alpha.heard")
    expect(page).to_have_title("true")
    assert page.evaluate("tt.getOpenDataContext().canvas.width > 0")


def test_a_token_is_in_no_address_and_no_referrer(tab: Tab, game: str) -> None:
    page = tab("about:blank")
    asked: list[Request] = []
    page.on("request", lambda request: asked.extend([request]))
    page.goto(f"{game}?tt-world=alpha.seen")
    assert_received(page, "success", OK)
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text))

    calls = [request for request in asked if "/tt/setUserCloudStorage" in request.url]
    assert calls
    assert calls[0].all_headers()["authorization"] == f"Bearer {ALPHA}"
    for request in asked:
        assert ALPHA not in request.url
        assert ALPHA not in request.headers.get("referer", "")
    assert not any(ALPHA in text for text in logged)


def refused(page: Page) -> None:
    with page.expect_console_message(lambda said: "asks for the token of a team" in said.text):
        assert_received(page, "fail", failure(999991, "internal error/网络请求非200", "F"))


def test_without_the_attribute_the_console_says_what_is_asked_for(tab: Tab, shared: Any) -> None:
    with game_site(shared.url) as url:
        refused(tab(f"{url}/game"))


def test_a_link_to_another_server_does_not_get_the_token(
    tab: Tab, game: str, tmp_path: Path
) -> None:
    with team_server(tmp_path) as other:
        page = tab("about:blank")
        asked: list[Request] = []
        page.on("request", lambda request: asked.extend([request]))
        page.goto(f"{game}?tt-url={other.url}")
        refused(page)

    there = [request for request in asked if request.url.startswith(other.url)]
    assert there
    assert not any("authorization" in request.all_headers() for request in there)


def test_the_testers_page_shows_the_teams_worlds(tab: Tab, shared: Any, ask: Ask) -> None:
    ask("POST", "/tt/login", {}, token=TOKENS["beta"], world="beta.hidden")
    ask("POST", "/tt/login", {}, token=ALPHA, world="alpha.shown")

    page = tab(f"{shared.url}/__emulator/ui/?world=alpha.shown#token={ALPHA}")

    expect(page.locator(".light-text")).to_have_text("live")
    page.goto(f"{shared.url}/__emulator/ui/?world=alpha.shown#world")
    expect(page.get_by_role("link", name="alpha.shown").first).to_be_visible()
    assert page.get_by_text("beta.hidden").count() == 0

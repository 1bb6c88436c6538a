"""The tester's page itself: whatever becomes of its server, in each language, for everybody."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from browser.site import Tab
from browser.tester import ODD, PAIR, Open
from process import emulator
from shared_servers import ephemeral
from tt_emulator.client import Client

VIEWS = ["errors", "calls", "story", "players", "world", "coverage", "link"]


def test_when_the_server_restarts_the_page_says_so_and_goes_on(tab: Tab) -> None:
    with emulator("--ephemeral") as first:
        with Client(first.url) as client:
            client.call("login", {})
        page = tab(f"{first.url}/__emulator/ui/#calls")
        expect(page.locator(".call")).to_have_count(1)
        first.kill()
        expect(page.locator(".trouble")).to_contain_text("does not answer")
        with emulator("--ephemeral", port=first.port) as second:
            expect(page.locator(".light-text")).to_have_text("live")
            expect(page.locator(".trouble")).to_be_hidden()
            expect(page.locator(".notice")).to_contain_text("restarted")
            expect(page.locator(".call")).to_have_count(0)
            with Client(second.url) as client:
                client.call("checkSession", {})
            expect(page.locator(".call")).to_contain_text("checkSession")


def test_a_world_that_is_dropped_is_not_brought_back_unasked(ui: Open, world: Client) -> None:
    page = ui()
    posts: list[str] = []
    page.on("request", lambda each: posts.append(each.url) if each.method != "GET" else None)
    for _ in range(5):
        world.call("login", {})
    world.control("DELETE", f"/v1/worlds/{world.world}")
    expect(page.locator(".trouble")).to_contain_text("was dropped")
    assert world.world not in world.worlds()
    assert posts == []  # reading makes no world
    page.get_by_text("Make it again").click()
    expect(page.locator(".light-text")).to_have_text("live")


def test_a_link_on_the_games_own_page_opens_it(
    tab: Tab, site: str, world: Client, complaints: list[str]
) -> None:
    world.put_player("bob", network="offline")
    page = tab(f"{site}/game")
    address = f"{world.url}/__emulator/ui/?world={world.world}#players/bob"
    page.evaluate(
        """address => {
          const link = document.createElement('a');
          link.href = address;
          link.id = 'out';
          link.textContent = 'tester';
          document.body.append(link);
        }""",
        address,
    )
    page.locator("#out").click()
    expect(page.locator(".light-text")).to_have_text("live")
    expect(page.locator(".armed")).to_contain_text("1 player offline")
    assert complaints == []


def test_what_is_cleared_elsewhere_is_cleared_here(ui: Open, world: Client) -> None:
    page = ui("calls")
    for player in ("alice", "bob"):
        world.call("login", {}, player=player)
    expect(page.locator(".call")).to_have_count(2)
    world.control("DELETE", "/v1/requests", query={"player": "bob"})
    expect(page.locator(".call")).to_have_count(1)
    expect(page.locator(".call")).to_contain_text("alice")
    world.control("POST", "/v1/reset", {"scope": ["journal"]})
    expect(page.locator(".call")).to_have_count(0)
    world.call("login", {}, player="carol")
    expect(page.locator(".call")).to_contain_text("carol")


def test_the_clear_button_clears_what_is_chosen(ui: Open, world: Client) -> None:
    page = ui("calls")
    world.call("login", {})
    world.call("checkSession", {})
    expect(page.locator(".call")).to_have_count(2)
    menu = page.get_by_label("Any API")
    menu.select_option("login")
    page.get_by_role("button", name="Clear login").click()
    expect(page.locator(".call")).to_have_count(0)
    expect(menu).to_have_value("login")
    menu.select_option("")
    expect(page.locator(".call")).to_have_count(1)
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator(".call")).to_have_count(0)
    for left in (1, 0):
        with page.expect_response(lambda told: told.request.method == "DELETE"):
            page.locator(".notice .btn-close").first.click()
        assert len(world.requests()) == left


def test_beyond_loopback_the_token_comes_in_the_fragment_or_by_hand(tab: Tab) -> None:
    with ephemeral("--token", "s3cret/+") as running:
        page = tab(f"{running.url}/__emulator/ui/#token=s3cret%2F%2B")
        expect(page.locator(".light-text")).to_have_text("live")
        assert "s3cret" not in page.url
        page.reload()
        expect(page.locator(".light-text")).to_have_text("live")

        other = tab(f"{running.url}/__emulator/ui/")
        expect(other.locator(".trouble")).to_contain_text("asks for its token")
        other.get_by_label("Token").fill("“令牌”")  # no header can carry it
        other.get_by_text("Unlock").click()
        other.reload()
        expect(other.locator(".trouble")).to_contain_text("asks for its token")
        other.get_by_label("Token").fill("s3cret/+")
        other.get_by_text("Unlock").click()
        expect(other.locator(".light-text")).to_have_text("live")


def test_both_languages_and_themes_are_a_click_away_and_remembered(
    ui: Open, complaints: list[str]
) -> None:
    page = ui()
    page.locator("#language").click()
    expect(page.locator("nav.views a").first).to_have_text("错误")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(page.locator("#language")).to_be_focused()
    page.get_by_label("配色").select_option("dark")
    page.reload()
    expect(page.locator("nav.views a").first).to_have_text("错误")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert complaints == []


def test_a_reason_is_told_in_the_language_of_the_page(ui: Open, world: Client) -> None:
    long = {"KVDataList": [{"key": "k" * 129, "value": ""}]}
    world.call("setUserCloudStorage", long)
    page = ui("calls/1")
    expect(page.locator(".sentence")).to_contain_text("is 129 bytes, the limit is 128")
    page.locator("#language").click()
    expect(page.locator(".sentence")).to_contain_text("129 个字节")


def test_a_link_and_its_qr_code_open_the_game_as_somebody(ui: Open, world: Client) -> None:
    page = ui("link")
    page.locator("#link-player").fill("bob")
    wanted = f"{world.url}/?tt-player=bob&tt-world={world.world}"
    expect(page.locator("#shown-link")).to_have_attribute("href", wanted)
    expect(page.locator(".qr svg path")).to_have_count(1)
    expect(page.locator(".local")).to_contain_text("--host 0.0.0.0")


def test_no_qr_code_stays_that_is_of_another_link(
    ui: Open, world: Client, complaints: list[str]
) -> None:
    held: list[Route] = []
    page = ui()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/addresses", hold)
    with page.expect_request("**/v1/addresses"):
        page.locator('nav a[href="#link"]').click()
    page.locator("#link-player").fill("bob")
    expect(page.locator(".qr svg")).to_have_count(0)
    held[0].continue_()
    expect(page.locator(".qr svg")).to_have_count(1)
    page.locator("#link-page").fill("/" + "a" * 600)
    expect(page.locator(".notice-bad")).to_contain_text("1 to 512 bytes")
    expect(page.locator(".qr svg")).to_have_count(0)
    assert [texts for texts in complaints if "422" not in texts] == []


@pytest.mark.parametrize("view", ["constructor", "toString"])
def test_an_unknown_view_is_the_errors(ui: Open, complaints: list[str], view: str) -> None:
    expect(ui(view).locator("h1")).to_have_text("Errors")
    assert complaints == []


def test_a_phone_is_wide_enough(ui: Open, world: Client) -> None:
    full_world(world)
    page = ui()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".chip")).to_have_count(2)
    for view in [*VIEWS, "players/alice", "calls/1"]:
        go(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, view


def go(page: Page, view: str) -> None:
    page.evaluate("view => { location.hash = view; }", view)
    page.locator(f'nav.views a[aria-current][href="#{view.partition("/")[0]}"]').wait_for()
    page.locator(".view > :last-child").wait_for()


def full_world(world: Client) -> None:
    pairs = [{"key": "a-rather-long-key", "value": "x" * 300}]
    world.put_player("alice", nickname=ODD, friends=["bob"], KVDataList=pairs, session="expired")
    world.put_settings(ranking_keys={"score": "desc"})
    world.call("login", {}, player="bob")
    world.arm({"error": "network-unavailable", "api": "setUserCloudStorage", "ttl_s": 600})
    world.arm({"delay_ms": 1, "api": "checkSession", "ttl_s": 600})  # two have an order
    world.call("setUserCloudStorage", PAIR, player="bob")
    world.control("PUT", "/v1/snapshots/before-boss")
    world.control("PUT", "/v1/scenarios/before-boss", [{"delay_ms": 5}])


def test_nobody_is_shut_out(ui: Open, world: Client) -> None:
    """axe-core finds nothing serious in any view, in either theme."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    axe = Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    full_world(world)
    page = ui()
    page.emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
    page.evaluate(axe)
    for view in [*VIEWS, "players/alice", "calls/2"]:
        go(page, view)
        if view == "players/alice":
            page.locator("#add-pair").click()
            page.locator("#show-board").click()
            page.locator("#player .json").wait_for()  # without a session there is no board
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
            rules = {} if theme == "light" else {"runOnly": ["color-contrast"]}
            found = page.evaluate(
                "rules => axe.run(document, { resultTypes: ['violations'], ...rules })", rules
            )
            serious = [
                (one["id"], [node["html"] for node in one["nodes"]][:3])
                for one in found["violations"]
                if one["impact"] in ("serious", "critical")
            ]
            assert serious == [], (view, theme)

"""The tester's page, used as testers do."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from shutil import copy, which
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from browser.site import Tab
from emulator.client import Client
from process import emulator

VIEWS = ["errors", "calls", "players", "world", "coverage", "link"]
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
HTML = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
ODD = "👨‍👩‍👧 مرحبا \u202eevil"
WEB = Path(__file__).parents[2] / "emulator" / "web"

Open = Callable[..., Page]


@pytest.fixture
def ui(tab: Tab, world: Client) -> Open:
    """Opens a view of the page in this test's world, and waits until it is live."""

    def open_view(view: str = "errors") -> Page:
        page = tab(f"{world.url}/__emulator/ui/?world={world.world}#{view}")
        expect(page.locator(".light-text")).to_have_text("live")
        return page

    return open_view


def row(page: Page, name: str, api: str = "setUserCloudStorage") -> Locator:
    return page.locator(f'.row-error[data-error="{name}"][data-api="{api}"]')


def test_one_click_makes_the_game_fail_and_the_page_shows_it_happen(
    ui: Open, tab: Tab, world: Client, complaints: list[str]
) -> None:
    best = '{"ttgame":{"score":7,"update_time":1}}'
    world.put_player("player-1", KVDataList=[{"key": "stack_best", "value": best}])
    page = ui()
    game = tab(f"{world.url}/?tt-world={world.world}")
    expect(game.locator("#log .call")).to_have_count(2)
    there = game.locator("#tester").get_attribute("href")
    assert there == page.url.removesuffix("#errors")
    row(page, "network-unavailable").get_by_text("Next 3").click()
    chip = page.locator(".chip")
    expect(chip).to_contain_text("network-unavailable 999985")
    expect(chip).to_contain_text("0 hits, 3 left")
    expect(chip.locator(".chip-time")).to_have_text(re.compile(r"^(10:00|9:5\d)$"))

    game.locator("#again").click()

    expect(game.locator("#log .fail").first).to_contain_text("999985")
    expect(chip).to_contain_text("1 hit, 2 left")
    expect(row(page, "network-unavailable").locator(".left")).to_contain_text("2 left")
    page.get_by_role("link", name="Live calls").click()
    page.locator(".call", has_text="999985").click()
    detail = page.locator("#call")
    expect(detail.locator(".sentence")).to_contain_text("f1 struck, hit 1")
    expect(detail).to_contain_text('"errMsg": "setUserCloudStorage:fail network unavailable"')
    assert complaints == []


def test_what_is_armed_here_ends_by_itself_and_one_click_ends_all(ui: Open, world: Client) -> None:
    page = ui()
    row(page, "internal-error").get_by_text("Until off").click()
    page.locator("#switch-offline").click()
    page.locator("#switch-everything").click()
    expect(page.locator(".chip")).to_have_count(4)
    assert {fault["ttl_s"] for fault in world.faults()} == {600}
    expect(page.locator("#switch-everything")).to_have_attribute("aria-checked", "true")

    page.locator("#disarm-all").click()

    expect(page.locator(".calm")).to_be_visible()
    expect(page.locator("#switch-everything")).to_have_attribute("aria-checked", "false")
    assert world.faults() == []


def test_a_late_answer_does_not_undo_what_was_armed_meanwhile(ui: Open, world: Client) -> None:
    world.arm({"error": "service-error", "api": "login"})
    page = ui()
    asked: list[int] = []

    def hold(route: Route) -> None:
        asked.append(1)
        late = route.fetch()
        if len(asked) == 1:
            world.arm({"error": "internal-error", "api": "setUserCloudStorage"})
            expect(page.locator(".chip")).to_have_count(2)
        route.fulfill(response=late)

    page.route("**/v1/faults", hold)
    page.evaluate(
        """() => {
          window.told = [];
          const count = document.querySelector('.count');
          const note = () => window.told.push(count.textContent);
          new MutationObserver(note).observe(count, { childList: true });
        }"""
    )
    with page.expect_response(lambda answer: len(asked) == 2 and "faults" in answer.url):
        world.call("checkSession", {})  # a call may have struck: the page asks what is left

    expect(page.locator(".chip")).to_have_count(2)
    assert page.evaluate("window.told") == ["2 armed"]


def test_under_a_big_switch_each_api_fails(ui: Open, world: Client, tab: Tab) -> None:
    page = ui()
    game = tab(f"{world.url}/?tt-world={world.world}")
    for name in ("everything", "offline"):
        switch = page.locator(f"#switch-{name}")
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")
        replies = game.evaluate(
            """() => Promise.all(['login', 'setUserGroup', 'getUserInfo'].map(
                 (api) => new Promise((complete) => tt[api]({ groupId: 'g', complete }))))"""
        )
        assert [":fail" in reply["errMsg"] for reply in replies] == [True] * 3
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "false")


def test_a_scenario_is_armed_whole_and_ends_by_itself(ui: Open, world: Client) -> None:
    page = ui()
    page.locator('[data-scenario="flaky-network"] button').click()
    expect(page.locator(".chip")).to_have_count(2)
    assert [fault.get("error") for fault in world.faults()] == [None, "network-unavailable"]
    assert {fault["ttl_s"] for fault in world.faults()} == {600}


def test_the_finer_clauses_are_in_reach(ui: Open, world: Client) -> None:
    page = ui()
    page.locator(".more summary").click()
    for label, value in {
        "Only this player": "alice",
        "Only keys like": "score*",
        "Chance, %": "50",
        "Wait first, ms": "20",
        "Let pass first": "1",
    }.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("When").select_option("after")
    page.get_by_label("Next N").fill("7")
    page.get_by_label("Ends by itself after").select_option("60")
    row(page, "server-error").get_by_text("Next 7").click()
    expect(page.locator(".chip")).to_have_count(1)

    (fault,) = world.faults()
    wanted = {
        "error": "server-error",
        "api": "setUserCloudStorage",
        "player": "alice",
        "key": "score*",
        "probability": 0.5,
        "delay_ms": 20,
        "skip": 1,
        "moment": "after",
        "times": 7,
        "ttl_s": 60,
    }
    assert fault.items() >= wanted.items()


def test_an_error_is_found_by_what_people_remember_of_it(ui: Open, world: Client) -> None:
    page = ui()
    errors = world.errors()
    expect(row(page, "session-failure")).to_be_visible()
    for word, name in {
        "108002": "server-error",
        "response json": "bad-response",
        "宿主登录": "host-login-failed",
        "player is offline": "network-unavailable",
        "setusercloud d session": "session-failure",
    }.items():
        page.locator("#error-search").fill(word)
        found = page.locator(".row-error").evaluate_all("all => all.map(e => e.dataset.error)")
        assert 0 < len(found) < len(errors), word
        assert name in found
    page.locator("#error-search").fill("no such thing")
    expect(page.locator(".nothing")).to_be_visible()


def test_an_error_can_be_armed_with_the_keyboard_alone(ui: Open, world: Client) -> None:
    page = ui()
    expect(page.locator(".row-error").first).to_be_visible()
    tab_to(page, "document.activeElement.id === 'error-search'")
    page.keyboard.type("999985 setUserCloud")
    expect(page.locator(".row-error")).to_have_count(1)
    tab_to(page, "document.activeElement.dataset.arm === 'next'")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    (fault,) = world.faults()
    assert (fault["error"], fault["times"]) == ("network-unavailable", 1)


def tab_to(page: Page, there: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"the Tab key never came where {there}")


# ---- much, nothing, and odd ----------------------------------------------------------------------


def test_an_empty_world_tells_what_to_do(ui: Open, complaints: list[str]) -> None:
    page = ui("calls")
    expect(page.locator(".calls + .empty")).to_contain_text("No call yet")
    page.get_by_role("link", name="Players").click()
    expect(page.locator(".players + .empty")).to_contain_text("No player yet")
    page.get_by_role("link", name="Coverage").click()
    expect(page.locator(".covered")).to_contain_text("0 of ")
    assert complaints == []


def test_ten_thousand_calls_stay_smooth(ui: Open, world: Client) -> None:
    page = ui("calls")
    batch = 400  # two events each: what a page can miss is less than what the server remembers
    for sent in range(batch, 10_000 + 1, batch):
        blast(world, batch)
        expect(page.locator(".sum")).to_have_text(f"{sent} calls")
    assert page.locator(".call").count() == 200
    took_ms = page.evaluate(
        """() => {
          const search = document.querySelector('#call-search');
          const begun = performance.now();
          search.value = 'SCORE';
          search.dispatchEvent(new Event('input'));
          return performance.now() - begun;
        }"""
    )
    assert took_ms < 2000
    expect(page.locator(".sum")).to_have_text("10000 calls")
    page.locator(".older").click()
    assert page.locator(".call").count() == 400
    page.locator("#pause").click()
    blast(world, 3)
    expect(page.locator("#pause")).to_have_text("Go on (3 new)")
    expect(page.locator(".sum")).to_have_text("9997 calls")  # the page holds ten thousand


def blast(world: Client, count: int) -> None:
    """So many calls down one connection, without waiting for the answers one by one."""
    body = json.dumps(PAIR).encode()
    head = (
        f"POST /tt/setUserCloudStorage HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"X-Emulator-World: {world.world}\r\nContent-Length: {len(body)}\r\n"
    )
    request = head.encode() + b"\r\n" + body
    last = head.encode() + b"Connection: close\r\n\r\n" + body
    port = int(world.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request * (count - 1) + last)
        while connection.recv(1 << 16):
            pass


def test_five_thousand_players_stay_usable(ui: Open, world: Client) -> None:
    players = [{"openid": f"p-{n}", "KVDataList": PAIR["KVDataList"]} for n in range(5000)]
    world.control("PUT", f"/v1/worlds/{world.world}", {"schema": 1, "players": players})
    page = ui("players")
    expect(page.locator(".side > .sum")).to_have_text("5000 players")
    assert page.locator(".player").count() == 100
    page.locator("#player-search").fill("p-4321")
    expect(page.locator(".player")).to_have_count(1)
    page.locator(".player").click()
    expect(page.locator(".pairs tbody tr")).to_have_count(1)


def test_what_players_write_is_shown_and_never_run(
    ui: Open, world: Client, complaints: list[str]
) -> None:
    openid = "<b>&\"'"
    pairs = [{"key": HTML, "value": HTML}, {"key": ODD, "value": ODD}]
    world.put_player(openid, nickname=ODD, friends=[HTML], KVDataList=pairs)
    world.call("setUserCloudStorage", {"KVDataList": [{"key": HTML, "value": HTML}]}, player=openid)
    page = ui("players")
    page.locator(".player", has_text=openid).click()
    expect(page.locator("#player h2 bdi").first).to_have_text(ODD)
    expect(page.locator(".pairs .key").first).to_have_text(HTML)
    page.locator("#board-keys").fill("score")
    page.locator("#show-board").click()
    expect(page.locator(".board tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Live calls").click()
    page.locator(".call", has_text="setUserCloudStorage").click()
    expect(page.locator("#call .json").first).to_contain_text("onerror")
    assert page.title() == "tt-emulator"
    assert page.locator("main img[src=x], main script").count() == 0
    assert complaints == []


# ---- players and the world -----------------------------------------------------------------------


def test_a_players_data_are_edited_with_the_limits_in_sight(ui: Open, world: Client) -> None:
    world.put_player("alice", KVDataList=[{"key": "score", "value": "1"}])
    page = ui("players/alice")
    page.locator("#add-pair").click()
    page.locator("#pair-key").fill("名字")
    page.locator("#pair-value").fill("小明")
    expect(page.locator(".meter")).to_have_text(
        "key 6 of 128 bytes · key and value 12 of 1024 bytes"
    )
    page.locator(".editor").get_by_text("Save").click()
    expect(page.locator(".pairs tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Edit: score").click()
    page.locator("#pair-value").fill("2")
    page.locator(".editor").get_by_text("Save").click()
    expect(page.locator(".pairs .value").first).to_have_text("2")
    expect(page.locator(".pairs tbody tr").first).to_contain_text("6 / 1024")
    with page.expect_response("**/v1/players/alice"):
        page.locator("#session").select_option("expired")
    player = world.player("alice")
    assert player["KVDataList"] == [
        {"key": "score", "value": "2"},
        {"key": "名字", "value": "小明"},
    ]
    assert player["session"] == "expired"

    page.locator("#add-pair").click()
    page.locator("#pair-key").fill("k" * 129)
    expect(page.locator(".meter")).to_have_class(re.compile("over"))
    page.locator(".editor").get_by_text("Save").click()
    expect(page.locator(".notice-bad")).to_contain_text("129 bytes")


def test_a_write_of_the_game_shows_while_one_looks(ui: Open, world: Client) -> None:
    world.put_player("alice", KVDataList=[])
    page = ui("players/alice")
    expect(page.locator(".pairs")).to_be_hidden()
    world.call("setUserCloudStorage", PAIR, player="alice")
    expect(page.locator(".pairs tbody tr")).to_contain_text("score")


@pytest.mark.skipif(which("curl") is None or which("bash") is None, reason="it is for a shell")
def test_a_player_whom_no_address_can_name_is_told_of_with_the_way_round(
    ui: Open, world: Client, complaints: list[str]
) -> None:
    world.put_player("alice", KVDataList=[])
    world.put_player("..", KVDataList=[{"key": "a", "value": "1"}])
    page = ui("players")
    page.locator(".player", has_text="..").click()
    expect(page.locator("#player")).to_contain_text("cannot open a player with the openid “..”")
    curl, change = page.locator("#player pre").inner_text().splitlines()
    done = subprocess.run(["bash", "-c", curl], capture_output=True, check=True)
    assert json.loads(done.stdout) == world.player("..")
    python = [sys.executable, "-m", "emulator", *change.split()[1:]]
    subprocess.run(python, capture_output=True, check=True)
    assert world.player("..")["session"] == "expired"

    for player in ("..", "alice"):
        world.call("setUserCloudStorage", PAIR, player=player)
    expect(page.locator(".player", has_text="alice")).to_contain_text("1 key")
    page.locator("#new-player").fill(".")
    page.locator(".add").get_by_text("Add", exact=True).click()
    expect(page.locator("#player")).to_contain_text("the openid “.”")
    assert complaints == []


def test_a_reset_can_be_taken_back(ui: Open, world: Client) -> None:
    world.put_player("alice", nickname="Alice")
    page = ui("world")
    page.locator("#reset").click()
    expect(page.locator('[data-snapshot="before-last-change"]')).to_be_visible()
    assert world.players() == []
    page.locator(".notice").get_by_text("Undo").click()
    expect(page.locator(".notice").last).to_contain_text("Taken back")
    assert world.player("alice")["nickname"] == "Alice"


def test_a_refused_import_leaves_what_can_be_taken_back(ui: Open, world: Client) -> None:
    world.put_player("alice", nickname="Alice")
    page = ui("world")
    page.locator("#reset").click()
    undo = page.locator(".notice").get_by_text("Undo")
    expect(undo).to_be_visible()
    bad = {"name": "bad.json", "mimeType": "application/json", "buffer": b"{nope"}
    page.locator("#import").set_input_files(files=[bad])  # type: ignore[list-item]
    expect(page.locator(".notice-bad")).to_contain_text("no JSON")

    undo.click()

    expect(page.locator(".notice").last).to_contain_text("Taken back")
    assert world.player("alice")["nickname"] == "Alice"
    assert world.control("GET", "/v1/snapshots") == {"snapshots": ["before-last-change"]}


def test_a_world_goes_out_as_a_file_and_comes_in_again(
    ui: Open, world: Client, tmp_path: Path
) -> None:
    world.put_player("alice", nickname="Alice")
    page = ui("world")
    with page.expect_download() as told:
        page.locator("#export").click()
    file = tmp_path / told.value.suggested_filename
    told.value.save_as(file)
    assert file.name == f"{world.world}.json"
    world.delete_player("alice")
    page.locator("#import").set_input_files(file)
    expect(page.locator(".notice").last).to_contain_text("Imported")
    assert world.player("alice")["nickname"] == "Alice"


def test_the_clock_is_moved_and_stopped(ui: Open, world: Client) -> None:
    page = ui("world")
    before = world.control("GET", "/v1/clock")["now"]
    page.locator('[data-step="week"]').click()
    expect(page.locator(".clock + .note")).to_contain_text("+7 d")
    page.locator("#freeze").click()
    expect(page.locator(".clock + .note")).to_have_text("It stands still.")
    clock = world.control("GET", "/v1/clock")
    assert clock["frozen"]
    assert clock["now"][:10] > before[:10]


# ---- what a call can be made into ----------------------------------------------------------------


@pytest.fixture
def copied(ui: Open, world: Client) -> Callable[[str], str]:
    """Fails a call, opens it, and gives what its copy button of that name copies."""
    world.arm({"error": "network-unavailable", "times": 1})
    world.call("setUserCloudStorage", {"KVDataList": [{"key": "it's", "value": "é"}]}, player="bo")

    def copy_as(name: str) -> str:
        page = ui("calls/1")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator(f'[data-copy="{name}"]').click()
        expect(page.locator(".notice").last).to_contain_text("Copied")
        text: str = page.evaluate("navigator.clipboard.readText()")
        return text

    return copy_as


@pytest.mark.skipif(which("curl") is None or which("bash") is None, reason="it is for a shell")
def test_the_curl_line_does_the_call_again(copied: Callable[[str], str], world: Client) -> None:
    done = subprocess.run(["bash", "-c", copied("curl")], capture_output=True, check=True)
    assert json.loads(done.stdout) == {"errMsg": "setUserCloudStorage:ok"}
    assert world.player("bo")["KVDataList"] == [{"key": "it's", "value": "é"}]


def test_the_pytest_test_passes(copied: Callable[[str], str], tt_emulator: Any) -> None:
    found: dict[str, Any] = {}
    exec(copied("pytest"), found)  # what the page wrote is what is tested
    found["test_set_user_cloud_storage"](tt_emulator)
    assert [one["fault"] for one in tt_emulator.requests()] == ["f1"]


@pytest.mark.skipif(which("node") is None, reason="Node is not installed")
def test_the_javascript_test_passes(
    copied: Callable[[str], str], world: Client, tmp_path: Path
) -> None:
    for name in ("tt.js", "tt-emulator.mjs"):
        copy(WEB / name, tmp_path)
    (tmp_path / "save.test.mjs").write_text(copied("JavaScript"), encoding="utf-8")
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", "save.test.mjs"],
        cwd=tmp_path,
        env={"TT_EMULATOR_URL": world.url, "PATH": str(Path(which("node") or "").parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "# pass 1\n" in done.stdout, done.stdout


def test_the_same_failure_is_armed_again(ui: Open, world: Client) -> None:
    world.arm({"wire": "http_status", "status": 503, "times": 1})
    with pytest.raises(Exception, match="503"):
        world.call("login", {}, player="bo")
    page = ui("calls/1")
    expect(page.locator("#call .outcome")).to_have_text("no reply")
    page.locator("#arm-again").click()
    expect(page.locator(".chip")).to_have_count(1)
    again = world.faults()[-1]
    wanted = {"wire": "http_status", "status": 503, "api": "login", "player": "bo", "times": 1}
    assert again.items() >= wanted.items()


# ---- the page itself -----------------------------------------------------------------------------


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
    world.control("DELETE", f"/v1/worlds/{world.world}")
    expect(page.locator(".trouble")).to_contain_text("was dropped")
    assert world.world not in world.control("GET", "/v1/worlds")["worlds"]
    page.get_by_text("Make it again").click()
    expect(page.locator(".light-text")).to_have_text("live")


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


def test_beyond_loopback_the_token_comes_in_the_fragment_or_by_hand(tab: Tab) -> None:
    with emulator("--ephemeral", "--token", "s3cret/+") as running:
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
    assert [told for told in complaints if "422" not in told] == []


@pytest.mark.parametrize("view", ["constructor", "toString"])
def test_an_unknown_view_is_the_errors(ui: Open, complaints: list[str], view: str) -> None:
    expect(ui(view).locator("h1")).to_have_text("Errors")
    assert complaints == []


def test_a_phone_is_wide_enough(ui: Open, world: Client) -> None:
    full_world(world)
    page = ui()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".chip")).to_have_count(1)
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
    world.call("setUserCloudStorage", PAIR, player="bob")
    world.control("PUT", "/v1/snapshots/before-boss")


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

"""Faults that act on the connection or on the runtime, as a game in a real Chromium hears them.

Chromium sends a POST again when a connection that it had used before dies under it. So each fault
here has `times: 1` and meets a connection in use: the game must hear of it all the same, and the
emulator must count one call.
"""

import re

import pytest
from playwright.sync_api import Page

from browser.calls import OK, PAIR, READ, assert_received, failure
from browser.site import Tab, game_site
from tt_emulator.client import Client
from tt_emulator.faults.kinds import NAMED

NETWORK_UNAVAILABLE = failure(999985, "network unavailable", "U")
HTTP_NOT_200 = failure(999991, "internal error/网络请求非200", "F")
BAD_RESPONSE = failure(108001, "response json has error", "F")


@pytest.fixture
def game(tab: Tab, site: str, world: Client) -> Page:
    """A page whose connection to the emulator is in use."""
    page = tab(f"{site}/game?tt-world={world.world}")
    assert_received(page, "success", OK)
    world.reset(["data", "journal"])
    return page


RECEIVED = {
    "reset": NETWORK_UNAVAILABLE,
    "close": NETWORK_UNAVAILABLE,
    "truncate": NETWORK_UNAVAILABLE,
    "hang": NETWORK_UNAVAILABLE,
    "bad_json": BAD_RESPONSE,
    "http_status": HTTP_NOT_200,
}


@pytest.mark.parametrize("wire", RECEIVED)
def test_the_game_hears_one_failure_and_the_emulator_counts_one_call(
    game: Page, world: Client, wire: str
) -> None:
    extra = {"duration_ms": 300} if wire == "hang" else {}
    world.replace([{"wire": wire, "times": 1} | extra])
    assert_received(game, "fail", RECEIVED[wire])
    (fault,) = world.faults()
    assert (fault["hits"], fault["remaining"]) == (1, 0)
    assert len(world.requests()) == 1
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == []
    assert_received(game, "success", OK)


def test_whatever_the_status_it_is_a_status_and_one_call(game: Page, world: Client) -> None:
    # A browser follows a 302, asks for a password at a 401, and tries again after a 408.
    for status in (302, 401, 404, 408, 503, 599):
        world.replace([{"wire": "http_status", "status": status, "times": 1}])
        assert_received(game, "fail", HTTP_NOT_200)
    assert len(world.requests()) == 6


def test_chromium_takes_a_407_for_a_broken_proxy(game: Page, world: Client) -> None:
    world.replace([{"wire": "http_status", "status": 407, "times": 1}])
    assert_received(game, "fail", NETWORK_UNAVAILABLE)


def test_an_answer_that_drips_is_a_success(game: Page, world: Client) -> None:
    world.replace([{"wire": "drip", "duration_ms": 200, "times": 1}])
    assert_received(game, "success", OK)
    assert world.requests()[0]["duration_ms"] >= 200


@pytest.mark.parametrize("wire", ["reset", "close", "truncate"])
def test_a_write_is_stored_although_the_game_hears_of_a_failure(
    game: Page, world: Client, wire: str
) -> None:
    world.replace([{"wire": wire, "moment": "after", "times": 1}])
    assert_received(game, "fail", NETWORK_UNAVAILABLE)
    assert [exchange["reply"] for exchange in world.requests()] == [None]
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == PAIR["KVDataList"]


def test_where_failures_carry_errmsg_alone_a_broken_answer_does_too(
    tab: Tab, site: str, world: Client
) -> None:
    world.put_settings(fail_object="errMsg")
    page = tab(f"{site}/game?tt-world={world.world}")
    for fault in ({"wire": "reset"}, {"error": "network-unavailable"}):
        assert_received(page, "success", OK)
        world.replace([fault | {"times": 1}])
        assert_received(page, "fail", {"errMsg": NETWORK_UNAVAILABLE["errMsg"]})


def test_a_world_whose_main_domain_has_no_own_data(tab: Tab, site: str, world: Client) -> None:
    world.put_settings(own_data_in_main=False)
    page = tab(f"{site}/game?tt-world={world.world}")
    looks = """([url, world, domain]) => {
        const tt = createTT({url, world, domain}), name = 'getUserCloudStorage';
        return [name in tt, typeof tt[name], tt.canIUse(name)];
    }"""
    assert page.evaluate(looks, [world.url, world.world, "main"]) == [False, "undefined", False]
    assert page.evaluate(looks, [world.url, world.world, "open"]) == [True, "function", True]


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("", "Script error."),  # all that a browser tells of a script from another origin
        ("crossorigin", "tt.checkSession threw, as the armed fault demands."),
    ],
)
def test_a_throw_is_an_uncaught_error_of_the_page(
    tab: Tab, world: Client, tag: str, found: str
) -> None:
    with game_site(world.url, tag) as site:
        page = tab(f"{site}/game?tt-world={world.world}")
        world.replace([{"client": "throw"}])
        message = page.evaluate(
            """() => new Promise((resolve, reject) => {
                window.onerror = resolve;
                tt.checkSession({success: reject, fail: reject, complete: reject});
            })"""
        )
    assert found in message


def test_tt_js_knows_every_client_fault_of_the_emulator(game: Page, world: Client) -> None:
    logged: list[str] = []
    game.on("console", lambda message: logged.append(f"{message.type} {message.text}"))
    for word in NAMED["client"]:
        world.replace([{"client": word, "api": "checkSession"}])
        game.evaluate("tt.checkSession()")
        assert_received(game, "success", OK)
    struck = re.findall(r"tt\.checkSession met the armed fault \w+ \((\w+)\)", " ".join(logged))
    assert struck == list(NAMED["client"])
    assert [text for text in logged if text.startswith("warning")] == []


CONNECTIONS = 6  # of Chromium to one server
START = """number => {
    window.heard = [];
    const KVDataList = [{key: 'score', value: '1'}];
    const hear = complete => tt.setUserCloudStorage({KVDataList, complete});
    for (let call = 0; call < number; call += 1) hear(reply => heard.push(reply.errMsg));
}"""
LOGIN = "() => new Promise(complete => tt.login({complete})).then(({errMsg}) => errMsg)"


def hung(world: Client, number: int) -> list[str | None]:
    """What those heard so far who called, once so many have come."""
    for _ in world.events():
        saves = world.requests(api="setUserCloudStorage")
        if len(saves) == number:
            return [save["answered_at"] for save in saves]
    raise AssertionError("the stream ended")


def test_a_hang_that_is_disarmed_holds_up_no_other_api_whatever_waited(
    game: Page, world: Client
) -> None:
    world.replace([{"wire": "hang", "api": "setUserCloudStorage", "duration_ms": 120_000}])
    game.evaluate(START, 2 * CONNECTIONS)
    assert hung(world, CONNECTIONS) == [None] * CONNECTIONS

    world.disarm_all()

    assert game.evaluate(LOGIN) == "login:ok"
    game.wait_for_function(f"heard.length === {2 * CONNECTIONS}")


def test_a_hang_of_one_api_leaves_the_others_the_connections_that_it_does_not_take(
    game: Page, world: Client
) -> None:
    world.replace([{"wire": "hang", "api": "setUserCloudStorage", "duration_ms": 120_000}])
    game.evaluate(START, CONNECTIONS - 1)
    assert hung(world, CONNECTIONS - 1) == [None] * (CONNECTIONS - 1)

    assert game.evaluate(LOGIN) == "login:ok"
    assert game.evaluate("heard") == []

"""What only a real browser does to a request: reorder it, send it again, drop it with the page."""

import time

import pytest

from browser.site import Tab
from emulator.client import Client

FORTY_IN_ONE_BREATH = """() => {
    for (let n = 0; n < 40; n++) tt.setUserCloudStorage({KVDataList: [{key: 'n', value: `${n}`}]});
    return new Promise(complete => tt.checkSession({complete}));
}"""
THREE_AND_AWAY = """where => {
    const value = 'x'.repeat(900);
    const save = () => {
        for (const key of ['k0', 'k1', 'k2']) tt.setUserCloudStorage({KVDataList: [{key, value}]});
    };
    if (where === 'at once') save();
    else addEventListener(where, save);
    location.href = 'about:blank';
}"""


def stored(world: Client) -> list[str]:
    pairs = world.call("getUserCloudStorage", {"keyList": ["k0", "k1", "k2"]})["KVDataList"]
    return [pair["key"] for pair in pairs]


def test_forty_calls_in_one_breath_arrive_in_their_order(
    tab: Tab, site: str, world: Client
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    page.evaluate(FORTY_IN_ONE_BREATH)
    saves = world.requests(api="setUserCloudStorage")
    values = [exchange["options"]["KVDataList"][0]["value"] for exchange in saves]
    assert values == [str(n) for n in range(40)]
    assert len({exchange["call_id"] for exchange in saves}) == 40


def test_a_slow_call_does_not_hold_up_the_next(tab: Tab, site: str, world: Client) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    world.arm({"delay_ms": 1500, "api": "login"})
    order = page.evaluate(
        """() => new Promise(resolve => {
            const heard = [];
            const complete = reply => {
                heard.push(reply.errMsg);
                if (heard.length === 2) resolve(heard);
            };
            tt.login({complete});
            tt.checkSession({complete});
        })"""
    )
    assert order == ["checkSession:ok", "login:ok"]


@pytest.mark.parametrize("moment", ["at once", "beforeunload", "pagehide", "visibilitychange"])
def test_saves_of_a_page_that_goes_away_arrive(
    tab: Tab, site: str, world: Client, moment: str
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    page.evaluate(THREE_AND_AWAY, moment)
    page.wait_for_url("about:blank")
    deadline = time.monotonic() + 10
    while len(stored(world)) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)  # the page that could tell is gone
    assert stored(world) == ["k0", "k1", "k2"]

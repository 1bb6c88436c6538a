"""A call opens with what it changed of its player."""

from playwright.sync_api import expect

from browser.tester import Open, of_each_platform
from tt_emulator.client import Client


def save(world: Client, **pairs: str) -> None:
    given = [{"key": key, "value": value} for key, value in pairs.items()]
    world.call("setUserCloudStorage", {"KVDataList": given}, player="bo")


@of_each_platform
def test_a_save_shows_each_pair_before_and_after(ui: Open, world: Client) -> None:
    save(world, score="1")
    save(world, score="2", level="7")
    rows = ui("calls/2").locator(".changes tbody tr")

    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_have_text("pair levelnot there7")
    expect(rows.nth(1)).to_have_text("pair score12")


def test_what_is_not_known_is_said(ui: Open, world: Client) -> None:
    save(world, score="1")
    world.reset(["data"])
    world.call("checkSession", {}, player="bo")

    expect(ui("calls/1").locator(".call-state")).to_contain_text("is not known any more")
    expect(ui("calls/2").locator(".call-state")).to_contain_text("Nothing: what is stored")

"""The tester's page with nothing, with much, and with what players write to break it."""

import json
import socket

from playwright.sync_api import expect

from browser.tester import HTML, ODD, PAIR, Open
from tt_emulator.client import Client


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
    expect(page.locator(".among")).to_have_text("among the last 10,000 of 10,003")
    page.locator("#pause").click()
    page.locator("#call-search").fill("")
    expect(page.locator(".sum")).to_have_text("the last 10,000 of 10,003 calls")


def test_calls_that_nobody_holds_any_more_are_counted(ui: Open, world: Client) -> None:
    for _ in range(4):
        blast(world, 500)
    world.call("login", {}, player="bob")
    page = ui("calls")
    expect(page.locator(".sum")).to_have_text("the last 1,000 of 2,001 calls")
    page.get_by_label("Any player").select_option("bob")
    expect(page.locator(".sum")).to_have_text("1 call")
    expect(page.locator(".among")).to_have_text("among the last 1,000 of 2,001")
    with page.expect_download():
        page.locator("#har").click()
    expect(page.locator(".notice").last).to_contain_text("1000 of 2001 calls")
    world.control("DELETE", "/v1/requests", query={"player": "bob"})
    expect(page.locator(".among")).to_have_text("among the last 999 of 2,000")
    page.get_by_label("Any player").select_option("")
    expect(page.locator(".sum")).to_have_text("the last 999 of 2,000 calls")
    world.control("DELETE", "/v1/requests")
    expect(page.locator(".sum")).to_have_text("0 calls")
    page.locator("#language").click()
    for _ in range(3):
        blast(world, 500)
    page.reload()
    expect(page.locator(".sum")).to_have_text("1,500 次调用中的最近 1,000 次")


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


def test_what_a_list_or_a_menu_leaves_out_is_said(ui: Open, world: Client) -> None:
    fault = {"error": "server-error", "api": "setUserCloudStorage", "ttl_s": 600}
    world.arm([{**fault, "player": f"p-{n}"} for n in range(53)])
    for n in range(503):
        world.call("checkSession", {}, player=f"p-{n}")
    page = ui()
    expect(page.locator(".account > li")).to_have_count(50)
    expect(page.locator(".card", has=page.locator(".account"))).to_contain_text("The last 50 of 53")
    expect(page.locator(".more-armed")).to_have_text("and 47 more")
    page.get_by_role("link", name="Live calls").click()
    expect(page.get_by_label("Any player").locator("option").last).to_have_text("… and 3 more")


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

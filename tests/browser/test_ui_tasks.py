"""What testers come for, in at most five strokes or taps: by keyboard, in Chinese, on a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.tester import PAIR
from tt_emulator.client import Client

MOST = 5
PHONE = {"width": 360, "height": 640}
CONTEXTS: dict[str, dict[str, Any]] = {
    "keyboard": {"locale": "en-US"},
    "chinese": {"locale": "zh-CN"},
    "phone": {"locale": "zh-CN", "viewport": PHONE, "has_touch": True, "is_mobile": True},
}


class Hands:
    """One tester's, which count what they press and tap."""

    def __init__(self, page: Page, *, taps: bool) -> None:
        self.page = page
        self.count = 0
        self._taps = taps

    def press(self, *keys: str) -> None:
        """Press them one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.count += len(keys)

    def write(self, text: str) -> None:
        """Write signs that an input method makes, a stroke each."""
        self.page.keyboard.insert_text(text)
        self.count += len(text)

    def choose(self, selector: str, text: str = "") -> None:
        """Tap or click that."""
        found = self.page.locator(selector).filter(has_text=text).first
        (found.tap if self._taps else found.click)()
        self.count += 1


@pytest.fixture(params=CONTEXTS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hands(way: str, chromium: Browser, world: Client) -> Iterator[Hands]:
    context = chromium.new_context(**CONTEXTS[way])
    page = context.new_page()
    page.goto(f"{world.url}/__emulator/ui/?world={world.world}")
    expect(page.locator(".light-text")).to_have_text("live" if way == "keyboard" else "已连接")
    yield Hands(page, taps=way == "phone")
    context.close()


def by(way: str, *, keyboard: Callable[[], None], otherwise: Callable[[], None]) -> None:
    (keyboard if way == "keyboard" else otherwise)()


def save(world: Client, player: str) -> str:
    return str(world.call("setUserCloudStorage", PAIR, player=player)["errMsg"])


def test_the_next_save_of_bob_fails(hands: Hands, way: str, world: Client) -> None:
    world.put_player("bob")

    def tapped() -> None:
        hands.choose("#palette")
        hands.press(*"bob")
        hands.choose(".command", "bob")

    def typed() -> None:
        hands.press("e", *"bob")
        expect(hands.page.locator(".command[aria-selected=true]")).to_contain_text("bob")
        hands.press("Enter")

    by(way, keyboard=typed, otherwise=tapped)
    expect(hands.page.locator(".chip")).to_have_count(1)
    assert hands.count <= MOST
    assert [save(world, "alice"), save(world, "bob"), save(world, "bob")] == [
        "setUserCloudStorage:ok",
        world.requests(player="bob")[0]["reply"]["errMsg"],
        "setUserCloudStorage:ok",
    ]
    assert "fail" in world.requests(player="bob")[0]["reply"]["errMsg"]


def test_every_third_save_fails(hands: Hands, way: str, world: Client) -> None:
    def tapped() -> None:
        hands.choose("#palette")
        hands.choose(".command", "让每第 N 次")
        hands.choose(".command", "network-unavailable")

    by(way, keyboard=lambda: hands.press("n", *"net", "Enter"), otherwise=tapped)
    expect(hands.page.locator(".chip")).to_have_count(1)
    assert hands.count <= MOST
    assert [save(world, "p")[20:22] for _ in range(6)] == ["ok", "ok", "fa", "ok", "ok", "fa"]


def test_saves_take_two_seconds(hands: Hands, way: str, world: Client) -> None:
    def tapped() -> None:
        hands.choose("#palette")
        hands.write("慢")
        hands.choose(".command", "2000 ms")

    by(way, keyboard=lambda: hands.press("Control+k", *"slo", "Enter"), otherwise=tapped)
    expect(hands.page.locator(".chip")).to_have_count(1)
    assert hands.count <= MOST
    (fault,) = world.faults()
    wanted = {"delay_ms": 2000, "api": "setUserCloudStorage", "remaining": None}
    assert fault.items() >= wanted.items()


def test_hand_this_over(hands: Hands, way: str, world: Client, tmp_path: Path) -> None:
    save(world, "bob")

    def tapped() -> None:
        hands.choose("#palette")
        hands.choose(".command", "将故事保存")

    with hands.page.expect_download() as found:
        by(way, keyboard=lambda: hands.press("Control+k", *"sav", "Enter"), otherwise=tapped)
    assert hands.count <= MOST
    file = tmp_path / "story.json"
    found.value.save_as(file)
    assert world.replay(file.read_bytes())

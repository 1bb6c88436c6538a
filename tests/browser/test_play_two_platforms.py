"""The game of one source for two platforms, played on both unchanged."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.playing import Played, played
from browser.test_play_games import GAMES, PHONE, first_frame, wait_for_pixel
from tt_emulator.client import Client

WORLDS = {"tt": "thirty-friends", "wx": "wechat-friends"}
ENVELOPES = {"tt": "ttgame", "wx": "wxgame"}
FRIENDS = {"tt": "getCloudStorageByRelation", "wx": "getFriendCloudStorage"}
SCOPE = "scope.WxFriendInteraction"
RING = (187, 333)
BUTTON = (187, 620)
BOARD = (187, 300)
TOP = 130  # of the board
LINE = 44
PLACE = {"tt": 9, "wx": 5}
"""The line of the board that is the player's: the last one where they are not among the best."""
OWN = [47, 125, 91, 255]
OTHER = [27, 44, 77, 255]
REFUSING = {"tt": {"session": "expired"}, "wx": {"scopes": {SCOPE: "denied"}}}
AGREEING = {"tt": {"session": "valid"}, "wx": {"scopes": {SCOPE: "granted"}}}

each_platform = pytest.mark.parametrize("platform", WORLDS)


@pytest.fixture
def play(profile: BrowserContext, forget: Any) -> Iterator[Any]:
    @contextmanager
    def play_game(platform: str) -> Iterator[tuple[Played, Page, Client]]:
        settings: Any = {"seed_world": Path(WORLDS[platform]), "play_as": platform}
        with (
            played(profile, GAMES / "two-platforms", **settings) as package,
            Client(package.url) as client,
        ):
            page = package.open(viewport=PHONE)
            first_frame(package, page)
            yield package, page, client

    yield play_game
    forget()


def middle_of(line: int) -> list[int]:
    """A pixel of that line of the board, beside its text."""
    return [10, TOP + (line - 1) * LINE + LINE // 2]


def answer(page: Page, *keys: str) -> None:
    """Press keys in the platform's window, once it has the focus."""
    page.wait_for_function("document.activeElement !== document.body")
    for key in keys:
        page.keyboard.press(key)


def is_there(board_line: int, page: Page) -> None:
    wait_for_pixel(page, middle_of(board_line), OWN)
    for line in {1, board_line - 1}:
        wait_for_pixel(page, middle_of(line), OTHER)


@each_platform
def test_a_tap_saves_the_score_in_the_envelope_of_the_platform(play, platform):
    with play(platform) as (package, page, client):
        page.mouse.click(*RING)
        page.mouse.click(*RING)
        client.wait_for(api="setUserCloudStorage", count=2)

        pairs = client.player("player-1")["KVDataList"]
        (value,) = [pair["value"] for pair in pairs if pair["key"] == "score"]
        assert json.loads(value)[ENVELOPES[platform]]["score"] == 2
        assert package.errors == []


@each_platform
def test_the_board_has_the_player_among_their_friends(play, platform):
    with play(platform) as (package, page, client):
        page.mouse.click(*BUTTON)
        if platform == "wx":
            answer(page, "Enter")

        is_there(PLACE[platform], page)
        friends = client.requests(api=FRIENDS[platform])
        assert [each["domain"] for each in friends] == ["open"]
        assert package.errors == []


@each_platform
def test_the_board_that_failed_is_asked_for_again_by_a_tap(play, platform):
    with play(platform) as (package, page, client):
        client.put_player("player-1", **REFUSING[platform])
        page.mouse.click(*BUTTON)
        if platform == "wx":
            answer(page, "Enter")  # in the settings, which stay as they are
        client.wait_for(api=FRIENDS[platform], ok=False)
        wait_for_pixel(page, middle_of(PLACE[platform]), OTHER)

        client.put_player("player-1", **AGREEING[platform])
        page.mouse.click(*BOARD)

        is_there(PLACE[platform], page)
        assert package.errors == []


def test_who_refused_is_not_asked_again_and_takes_it_back_in_the_settings(play):
    with play("wx") as (package, page, client):
        page.mouse.click(*BUTTON)
        answer(page, "Shift+Tab", "Enter")
        client.wait_for(api="getFriendCloudStorage", ok=False)
        assert client.player("player-1")["scopes"][SCOPE] == "denied"

        page.mouse.click(*BOARD)
        answer(page, "Shift+Tab", "Space", "Tab", "Enter")

        is_there(PLACE["wx"], page)
        assert client.player("player-1")["scopes"][SCOPE] == "granted"
        assert package.errors == []

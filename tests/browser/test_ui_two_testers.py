"""Two people on one player: what one has written is not overwritten by the other unasked."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from browser.tester import HTML, Open
from tt_emulator.client import Client


def pairs(world: Client) -> dict[str, str]:
    return {pair["key"]: pair["value"] for pair in world.player("alice")["KVDataList"]}


def put(world: Client, **values: str) -> None:
    world.put_player("alice", KVDataList=[{"key": k, "value": v} for k, v in values.items()])


@pytest.fixture
def editing(ui: Open, world: Client) -> Page:
    """The page with the pair `score` of alice, 1, open and 2 typed in."""
    put(world, score="1", level="5")
    page = ui("players/alice")
    page.get_by_role("button", name="Edit: score").click()
    page.locator("#pair-value").fill("2")
    return page


def save(page: Page) -> None:
    page.locator(".editor").get_by_text("Save").click()


def test_theirs_is_shown_at_once_and_overwritten_only_if_one_says_so(
    editing: Page, world: Client
) -> None:
    put(world, score=HTML, level="5")
    expect(editing.locator(".clash .json")).to_have_text(HTML)
    save(editing)
    expect(editing.locator(".clash")).to_contain_text("Somebody else has stored another value")
    assert pairs(world) == {"score": HTML, "level": "5"}
    editing.get_by_role("button", name="Overwrite").click()
    expect(editing.locator(".editor")).to_have_count(0)
    assert pairs(world) == {"score": "2", "level": "5"}
    assert editing.title() == "tt-emulator"


def test_theirs_can_be_taken(editing: Page, world: Client) -> None:
    put(world, score="3", level="5")
    editing.get_by_role("button", name="Take theirs").click()
    expect(editing.locator("#pair-value")).to_have_value("3")
    expect(editing.locator(".clash")).to_be_hidden()
    editing.locator("#pair-value").fill("4")
    save(editing)
    expect(editing.locator(".editor")).to_have_count(0)
    assert pairs(world) == {"score": "4", "level": "5"}


def test_a_pair_that_somebody_removed_is_told_as_that(editing: Page, world: Client) -> None:
    put(world, level="5")
    expect(editing.locator(".clash")).to_contain_text("has removed this pair")
    save(editing)
    expect(editing.locator(".clash")).to_be_visible()
    assert pairs(world) == {"level": "5"}
    editing.get_by_role("button", name="Overwrite").click()
    expect(editing.locator(".editor")).to_have_count(0)
    assert pairs(world) == {"level": "5", "score": "2"}


def test_other_keys_of_the_same_player_stay_what_others_made_them(
    editing: Page, world: Client
) -> None:
    put(world, score="1", level="6", fresh="7")
    save(editing)
    expect(editing.locator(".editor")).to_have_count(0)
    assert pairs(world) == {"score": "2", "level": "6", "fresh": "7"}


def test_a_new_pair_does_not_take_the_place_of_a_stored_one(ui: Open, world: Client) -> None:
    put(world, score="1")
    page = ui("players/alice")
    page.locator("#add-pair").click()
    page.locator("#pair-key").fill("score")
    page.locator("#pair-value").fill("2")
    save(page)
    expect(page.locator(".clash .json")).to_have_text("1")
    assert pairs(world) == {"score": "1"}


def between(page: Page, act: Any) -> None:
    """Acts once after the page has read the player, before it writes."""

    def hold(route: Route) -> None:
        if route.request.method == "PUT" and act_once:
            act_once.pop()()
        route.continue_()

    act_once = [act]
    page.route("**/v1/players/alice", hold)


def test_what_comes_between_reading_and_writing_is_not_lost(editing: Page, world: Client) -> None:
    between(editing, lambda: put(world, score="1", level="5", fresh="7"))
    save(editing)
    expect(editing.locator(".editor")).to_have_count(0)
    assert pairs(world) == {"score": "2", "level": "5", "fresh": "7"}


def test_a_pair_that_changes_while_one_removes_it_stays(ui: Open, world: Client) -> None:
    put(world, score="1")
    page = ui("players/alice")
    remove = page.get_by_role("button", name="Remove: score")
    expect(remove).to_be_visible()
    between(page, lambda: put(world, score="9"))
    remove.click()
    expect(page.locator(".notice-bad")).to_contain_text("so it was not removed")
    assert pairs(world) == {"score": "9"}


@pytest.mark.parametrize("field", ["nickname", "group"])
def test_a_name_that_somebody_changed_meanwhile_is_overwritten_only_if_one_says_so(
    ui: Open, world: Client, field: str
) -> None:
    world.put_player("alice", **{field: "first"})
    page = ui("players/alice")
    mine = page.locator(f"#{field}")
    expect(mine).to_have_value("first")
    mine.fill("mine")
    world.put_player("alice", **{field: "theirs"})
    expect(page.locator(".player-name")).to_have_text("theirs" if field == "nickname" else "alice")
    mine.press("Enter")
    expect(page.locator(".notice-bad")).to_contain_text("“theirs”. Yours, “mine”, was not stored")
    expect(mine).to_have_value("theirs")
    assert world.player("alice")[field] == "theirs"
    page.locator(".notice-bad").get_by_text("Overwrite").click()
    expect(mine).to_have_value("mine")
    assert world.player("alice")[field] == "mine"


def test_a_friend_that_somebody_added_stays(ui: Open, world: Client) -> None:
    world.put_player("alice", friends=["bob"])
    page = ui("players/alice")
    expect(page.locator(".friends li")).to_have_count(1)
    between(page, lambda: world.put_player("alice", friends=["bob", "cat"]))
    page.get_by_label("New friend").fill("dan")
    page.get_by_text("Add friend").click()
    expect(page.locator(".friends li")).to_have_count(3)
    assert world.player("alice")["friends"] == ["bob", "cat", "dan"]

"""The tester's page: a world's story as a file, played again, and drawn over time."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from browser.tester import PAIR, Open, of_each_platform, offline
from tt_emulator.client import Client


def lived(world: Client) -> None:
    """Three calls of two players; testers acted between them."""
    world.call("login", {}, player="alice")
    world.arm({"error": offline(world), "api": "setUserCloudStorage", "times": 1})
    world.call("setUserCloudStorage", PAIR, player="bob")
    world.put_settings(fail_object="errMsg")
    world.call("setUserCloudStorage", PAIR, player="bob")


def opens(page: Page, document: Any, name: str = "colleague.json") -> None:
    """Choose a file that holds it, as JSON unless it is a text."""
    text = document if isinstance(document, str) else json.dumps(document)
    file = FilePayload(name=name, mimeType="application/json", buffer=text.encode())
    page.locator("#open-story").set_input_files([file])


def listed(page: Page) -> None:
    """Open the list that stands for the drawing."""
    page.locator(".timeline-list summary").click()


@of_each_platform
def test_a_story_is_saved_and_opened_in_another_world(
    ui: Open, world: Client, tmp_path: Path, complaints: list[str]
) -> None:
    lived(world)
    page = ui("story")
    with page.expect_download() as found:
        page.get_by_role("button", name="Save this story").click()
    name = found.value.suggested_filename
    assert re.fullmatch(rf"{world.world}-\d{{4}}(-\d\d){{2}}T\d\d(-\d\d){{2}}\.story\.json", name)
    found.value.save_as(tmp_path / name)
    saved = json.loads((tmp_path / name).read_text(encoding="utf-8"))
    assert [deed["kind"] for deed in saved["deeds"]] == ["call", "tester"] * 2 + ["call"]

    page.goto(f"{world.url}/__emulator/ui/?world=default#story")
    expect(page.locator(".light-text")).to_have_text("live")
    page.locator("#open-story").set_input_files(tmp_path / name)
    expect(page.locator(".story-whose")).to_contain_text(
        f"platform {world.platform.name}, 3 calls, 2 acts of testers"
    )
    listed(page)
    calls = page.locator(".timeline-list .call")
    expect(calls).to_have_count(5)
    expect(calls.nth(1)).to_contain_text(f"Armed: {offline(world)}")
    calls.nth(2).click()
    expect(page.locator("#story-detail")).to_contain_text("Fault f1")
    name = f"{world.platform.global_name}.setUserCloudStorage"
    expect(page.locator("#story-detail")).to_contain_text(name)
    expect(page.locator("#arm-again")).to_have_count(0)  # it is only shown

    page.locator("#play-story").click()
    expect(page.locator("#replay")).to_contain_text("of 3 calls each was answered alike")
    page.locator(".replay-world").click()
    expect(page.locator(".light-text")).to_have_text("live")
    assert "world=replay-" in page.url
    listed(page)
    expect(calls).to_have_count(5)
    assert complaints == []


@of_each_platform
def test_the_last_calls_alone_are_saved(ui: Open, world: Client) -> None:
    lived(world)
    page = ui("story")
    page.get_by_label("Only the last calls").fill("0")
    page.locator("#save-story").click()
    expect(page.locator(".notice-bad")).to_contain_text("from 1 on")
    page.get_by_label("Only the last calls").fill("1")
    with page.expect_download() as found:
        page.locator("#save-story").click()
    deeds = json.loads(found.value.path().read_text(encoding="utf-8"))["deeds"]
    assert [deed["id"] for deed in deeds] == [3]
    expect(page.locator(".notice").last).to_contain_text("Saved: 1 call.")


def test_a_story_that_begins_after_calls_that_are_shown_says_so(ui: Open, world: Client) -> None:
    lived(world)
    world.import_text(world.export_text())
    world.call("login", {}, player="alice")
    page = ui("story")
    expect(page.locator(".timeline-list summary")).to_contain_text(re.compile(r"[4-9]"))
    with page.expect_download():
        page.locator("#save-story").click()
    expect(page.locator(".notice").last).to_contain_text("Saved: 1 of the 4 calls here.")


@of_each_platform
def test_where_an_edited_reply_differs_is_shown(ui: Open, world: Client) -> None:
    lived(world)
    story = world.control("GET", "/v1/bundle")
    was = story["deeds"][2]["reply"]["errMsg"]
    story["deeds"][2]["reply"]["errMsg"] = "setUserCloudStorage:ok"
    page = ui("story")
    opens(page, story)
    page.locator("#play-story").click()
    expect(page.locator("#replay")).to_contain_text("1 of 3 calls ended otherwise")
    difference = page.locator(".difference")
    expect(difference).to_contain_text("/reply/errMsg")
    expect(difference).to_contain_text('in the story: "setUserCloudStorage:ok"')
    expect(difference).to_contain_text(f'here: "{was}"')
    page.get_by_role("button", name="#2 setUserCloudStorage").click()
    expect(page.locator("#story-detail")).to_contain_text("setUserCloudStorage:ok")
    page.locator("#shut-story").click()
    expect(page.locator("#replay")).to_have_count(0)
    expect(page.locator(".story h2").nth(2)).to_have_text(f"What happens in {world.world}")
    listed(page)
    expect(page.locator(".timeline-list .call")).to_have_count(5)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("{nope", "colleague.json was not opened: it is not JSON."),
        ({"schema": 1, "players": []}, "it is JSON, but no story"),
        ({"bundle": 7, "version": "9.1"}, "of form 7, written by tt-emulator 9.1"),
    ],
)
def test_what_is_no_story_is_not_opened_and_told_why(
    ui: Open, document: Any, sentence: str
) -> None:
    page = ui("story")
    opens(page, document)
    expect(page.locator(".story-trouble")).to_contain_text(sentence)
    expect(page.locator("#play-story")).to_be_hidden()


@of_each_platform
def test_a_file_that_is_dropped_is_opened(ui: Open, world: Client) -> None:
    lived(world)
    page = ui("story")
    dropped = page.evaluate_handle(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'dropped.json'));
          return data;
        }""",
        json.dumps(world.control("GET", "/v1/bundle")),
    )
    page.dispatch_event("#timeline", "drop", {"dataTransfer": dropped})
    expect(page.locator(".story-whose")).to_contain_text("dropped.json: written by tt-emulator")


def test_what_the_server_refuses_is_told_in_its_words(ui: Open, world: Client) -> None:
    lived(world)
    page = ui("story")
    opens(page, world.control("GET", "/v1/bundle") | {"platform": "elsewhere"})
    page.locator("#play-story").click()
    expect(page.locator(".notice-bad")).to_contain_text("No platform 'elsewhere'")
    expect(page.locator("#play-story")).to_be_enabled()


def test_a_walk_by_keyboard_opens_calls_while_others_come(ui: Open, world: Client) -> None:
    lived(world)
    page = ui("story")
    timeline = page.get_by_role("application", name="Timeline of calls")
    timeline.focus()
    head = page.locator("#story-detail h2")
    page.keyboard.press("ArrowRight")
    expect(head).to_contain_text("tt.login")
    page.keyboard.press("ArrowDown")
    expect(head).to_contain_text("#2 tt.setUserCloudStorage")
    page.keyboard.press("ArrowRight")
    expect(head).to_contain_text("#3 tt.setUserCloudStorage")
    for _ in range(6):
        page.keyboard.press("+")
    expect(page.locator(".timeline-list summary")).not_to_contain_text("5")
    page.keyboard.press("Home")
    world.call("checkSession", {}, player="bob")
    expect(page.locator(".timeline-list summary")).to_contain_text("6")
    page.keyboard.press("ArrowRight")
    expect(head).to_contain_text("#4 tt.checkSession")
    world.put_player("alice", network="offline")
    listed(page)
    expect(page.locator(".call-act").last).to_contain_text("Player alice changed: network")
    timeline.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#story-detail")).to_be_focused()


def test_a_click_on_the_drawing_opens_what_is_under_it(ui: Open, world: Client) -> None:
    world.call("login", {}, player="alice")
    page = ui("story")
    timeline = page.locator("#timeline")
    expect(page.locator(".timeline-list summary")).to_contain_text("1")
    box = timeline.bounding_box()
    assert box is not None
    timeline.click(position={"x": box["width"] / 2, "y": 50})
    expect(page.locator("#story-detail h2")).to_contain_text("tt.login")


def test_a_wheel_zooms_where_it_turns_and_a_drag_moves(ui: Open, world: Client) -> None:
    for _ in range(3):
        world.call("login", {}, player="alice")
    story = world.control("GET", "/v1/bundle")
    for index, deed in enumerate(story["deeds"]):
        deed["offset_ms"] = 1000 * index
    page = ui("story")
    opens(page, story)
    seen = page.locator(".timeline-list summary")
    expect(seen).to_contain_text("3")
    box = page.locator("#timeline").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 50)
    page.mouse.wheel(0, 10)  # it scrolls the page
    expect(seen).to_contain_text("3")
    page.locator("#timeline").scroll_into_view_if_needed()
    page.keyboard.down("Control")
    for _ in range(8):
        page.locator("#timeline").hover(position={"x": 20, "y": 50})
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(seen).to_contain_text("1")
    timeline = page.locator("#timeline")
    for _ in range(9):
        start = {"x": box["width"] - 10, "y": 50}
        timeline.drag_to(timeline, source_position=start, target_position={"x": 10, "y": 50})
    page.keyboard.press("ArrowRight")
    expect(page.locator("#story-detail h2")).to_contain_text("#3 tt.login")


def test_a_call_that_hangs_lasts_while_one_looks(ui: Open, world: Client) -> None:
    world.arm({"delay_ms": 120_000})
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(world.call, "login", {}, player="alice")
        page = ui("story")
        expect(page.locator(".timeline-list summary")).to_contain_text("1")
        page.locator("#timeline").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#story-detail")).to_contain_text("not answered yet")
        page.get_by_role("button", name="Disarm all").click()
        expect(page.locator("#story-detail .outcome-good")).to_be_visible()
        hanging.result(timeout=20)


def test_a_story_that_was_played_shuts_nobody_out(ui: Open, world: Client) -> None:
    """axe-core finds nothing serious where it differs, with a call chosen, in either theme."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    axe = Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    lived(world)
    story = world.control("GET", "/v1/bundle")
    story["deeds"][2]["reply"]["errMsg"] = "setUserCloudStorage:ok"
    page = ui("story")
    page.emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
    opens(page, story)
    page.locator("#play-story").click()
    page.get_by_role("button", name="#2 setUserCloudStorage").click()
    listed(page)
    page.evaluate(axe)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert serious == [], theme

"""The tester's page in a world of either platform, from one body."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from browser.tester import PAIR, Open, offline
from process import Emulator
from tt_emulator.client import Client
from tt_emulator.platforms import DEFAULT, PLATFORMS, load

SAVE = "setUserCloudStorage"
CHECK = "checkSession"


@pytest.fixture(params=PLATFORMS)
def world(request: pytest.FixtureRequest, server: Emulator) -> Iterator[Client]:
    """A world of each platform, with somebody in it."""
    with Client(server.url, f"w-{uuid4().hex}", platform=request.param) as client:
        client.put_player("alice", session="expired")
        yield client


def test_a_call_goes_by_the_name_that_the_game_has_for_it(ui: Open, world: Client) -> None:
    world.call(SAVE, PAIR, player="alice")
    page = ui("calls/1")

    name = world.platform.global_name
    expect(page.locator(".call-head h2")).to_have_text(f"#1 {name}.{SAVE}")


def test_the_menu_has_the_errors_of_the_platform_and_arms_one(ui: Open, world: Client) -> None:
    rows = load(PLATFORMS[world.platform.name]).catalog.rows(SAVE)
    page = ui("errors")
    shown = page.locator(f".row-error[data-api={SAVE}]")
    expect(shown).to_have_count(len(rows))

    row = page.locator(f"[data-error={rows[0].name}][data-api={SAVE}]")
    row.locator("[data-arm=next]").click()
    expect(row.locator(".left")).not_to_be_empty()
    reply = world.call(SAVE, PAIR, player="bob")

    assert reply["errMsg"].startswith(f"{SAVE}:fail")
    assert world.platform.code(reply) == rows[0].code


def test_a_state_that_made_a_call_fail_is_told_and_changed_there(ui: Open, world: Client) -> None:
    assert not world.call(CHECK, player="alice")["errMsg"].endswith(":ok")
    page = ui("calls/1")

    cause = page.locator(".state-cause")
    expect(cause).to_contain_text("Session is “expired”")
    cause.get_by_role("button", name="Set it to “valid”").click()
    expect(page.get_by_role("status").filter(has_text="Session is “valid” now")).to_be_visible()

    assert world.player("alice")["session"] == "valid"


def test_each_field_of_a_player_is_there_and_is_stored(ui: Open, world: Client) -> None:
    page = ui("players/alice")
    told = load(PLATFORMS[world.platform.name]).player_fields
    fields = page.locator(".fields-more .field")
    expect(fields).to_have_count(len(told))

    page.locator("#network").select_option("offline")
    expect(page.locator(".cause[data-cause=offline]")).to_be_visible()

    assert world.player("alice")["network"] == "offline"


def test_a_copied_test_is_for_the_platform(ui: Open, world: Client) -> None:
    world.call(CHECK, player="alice")
    page = ui("calls/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="JavaScript").click()
    page.get_by_text("Copied").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")

    name = world.platform.global_name
    assert f"const {name} = await emu.create{name.upper()}(" in copied
    assert f"=> {name}.{CHECK}({{ ...options, complete }})" in copied


def test_the_list_of_worlds_tells_each_ones_platform(ui: Open, world: Client) -> None:
    item = ui("world").locator(".worlds li").filter(has_text=world.world)

    expect(item.locator(".note")).to_have_text(world.platform.name)


def test_the_demo_is_offered_where_it_can_play(ui: Open, world: Client) -> None:
    page = ui("players/alice")
    page.locator(".fields-more .field").first.wait_for()
    can_play = world.platform == DEFAULT

    expect(page.get_by_role("link", name="Demo game")).to_have_count(int(can_play))
    expect(page.get_by_role("link", name="Play as")).to_have_count(int(can_play))


def test_a_world_is_made_for_the_platform_that_is_chosen(ui: Open, world: Client) -> None:
    name = f"w-{uuid4().hex}"
    page = ui("world")
    page.locator("#new-world").fill(name)
    page.locator("#new-world-platform").select_option(world.platform.name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url(f"**/?world={name}*")
    expect(page.locator(".light-text")).to_have_text("live")

    with Client(world.url, name) as made:
        assert made.platform == world.platform
        made.drop_world()


def test_a_world_that_becomes_one_of_another_platform_is_shown_as_such(
    ui: Open, world: Client
) -> None:
    name = f"w-{uuid4().hex}"
    with Client(world.url, name, platform=world.platform.name) as game:
        page = ui("calls")
        page.goto(f"{world.url}/__emulator/ui/?world={name}#calls")
        expect(page.locator(".light-text")).to_have_text("live")
        game.call(SAVE, PAIR, player="alice")
        page.locator(".call").first.click()

        expect(page.locator(".call-head h2")).to_contain_text(f"{game.platform.global_name}.{SAVE}")
        game.drop_world()


def test_a_scenario_file_of_another_platform_is_refused_in_words(ui: Open, world: Client) -> None:
    other = next(name for name in PLATFORMS if name != world.platform.name)
    text = json.dumps({"platform": other, "name": "theirs", "faults": [{"delay_ms": 1}]})
    page = ui("errors")
    page.locator("#scenario-file").set_input_files(
        {"name": "theirs.json", "mimeType": "application/json", "buffer": text.encode()}
    )

    told = page.get_by_role("alert").filter(has_text=f"is '{other}'")
    expect(told.or_(page.get_by_role("status").filter(has_text=f"is '{other}'"))).to_be_visible()
    assert world.faults() == []


def test_offline_is_an_error_of_the_platform(ui: Open, world: Client) -> None:
    page = ui("errors")
    page.locator("#switch-offline").click()
    expect(page.locator("#switch-offline")).to_have_attribute("aria-checked", "true")
    world.call(SAVE, PAIR, player="bob")

    assert world.count(api=SAVE, error=offline(world)) == 1


def test_coverage_counts_what_was_seen_where_it_is_asked_for(ui: Open, world: Client) -> None:
    catalog = load(PLATFORMS[world.platform.name]).catalog
    documented, seen = len(catalog.counted()), len(catalog.counted("seen"))
    page = ui("coverage")
    rows = page.locator(".row-coverage")
    expect(rows).to_have_count(documented)

    if seen == documented:
        expect(page.locator("#also-seen")).to_be_hidden()
    else:
        page.locator("#also-seen").check()
        expect(rows).to_have_count(seen)
        expect(page.locator(".covered")).to_have_text(
            f"0 of {seen} documented or seen errors were met"
        )
        expect(page.locator(".row-coverage .seen")).to_have_count(seen - documented)

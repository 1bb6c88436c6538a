"""The tester's page: players and their data, the world, its files and its clock."""

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from urllib.parse import quote

import pytest
from playwright.sync_api import Response, expect

from browser.tester import PAIR, Open, of_each_platform
from tt_emulator.client import Client
from tt_emulator.errors import Refused


@of_each_platform
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
    with page.expect_response(_is_a_write_of_alice):
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


def _is_a_write_of_alice(answer: Response) -> bool:
    """Reads come by themselves: the page hears of each change."""
    return answer.url.endswith("/v1/players/alice") and answer.request.method != "GET"


@of_each_platform
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
    python = [sys.executable, "-m", "tt_emulator", *change.split()[1:]]
    subprocess.run(python, capture_output=True, check=True)
    assert world.player("..")["session"] == "expired"

    for player in ("..", "alice"):
        world.call("setUserCloudStorage", PAIR, player=player)
    expect(page.locator(".player", has_text="alice")).to_contain_text("1 key")
    page.locator("#new-player").fill(".")
    page.locator(".add").get_by_text("Add", exact=True).click()
    expect(page.locator("#player")).to_contain_text("the openid “.”")
    assert complaints == []


@of_each_platform
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


@pytest.mark.parametrize("name", ["第一关", "نسخة", "уровень-2", "-第一关", "a b", "x" * 65, "."])
def test_a_name_for_a_snapshot_is_refused_in_our_words_or_kept(
    ui: Open, world: Client, name: str
) -> None:
    try:
        world.control("PUT", f"/v1/snapshots/{quote(name)}")
    except Refused as refused:
        refusal = "is no name of a snapshot" if name == "." else str(refused.problem["detail"])
    else:
        refusal = ""
        world.control("DELETE", f"/v1/snapshots/{quote(name)}")
    page = ui("world")
    page.locator("#new-snapshot").fill(name)
    page.locator("#new-snapshot").press("Enter")
    if refusal:
        expect(page.locator(".notice-bad")).to_contain_text(refusal)
    else:
        expect(page.locator(".snapshot-name")).to_have_text(name)
    assert page.evaluate("document.querySelector('#new-snapshot').validity.valid")


@of_each_platform
def test_a_world_goes_out_as_a_file_and_comes_in_again(
    ui: Open, world: Client, tmp_path: Path
) -> None:
    world.put_player("alice", nickname="Alice")
    page = ui("world")
    with page.expect_download() as found:
        page.locator("#export").click()
    file = tmp_path / found.value.suggested_filename
    found.value.save_as(file)
    assert re.fullmatch(rf"{world.world}-[-\dT]{{19}}\.world\.json", file.name)
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


def test_the_phone_is_set_field_by_field_and_what_is_refused_goes_back(
    ui: Open, world: Client
) -> None:
    page = ui("world")
    platform, system = page.locator("#phone-platform"), page.locator("#phone-system")
    expect(system).to_have_value("Android 14")
    platform.fill("ios")
    platform.press("Tab")
    expect(system).to_have_value("iOS 17.5")
    page.locator("#phone-statusBarHeight").fill("47")
    page.locator("#phone-language").fill("en")
    page.locator(".phone-sizes summary").click()
    page.locator("#phone-screenWidth").fill("390")
    top = page.locator("#phone-safeArea\\.top")
    top.fill("47.5")
    top.press("Enter")
    expect(page.locator(".armed")).to_contain_text("system.safeArea")
    found = world.call("getSystemInfo", {})
    wanted = {
        "platform": "ios",
        "language": "en",
        "statusBarHeight": 47,
        "screenWidth": 390,
        "safeArea": {"top": 47.5},
    }
    assert found.items() >= wanted.items()

    platform.fill("")
    platform.press("Tab")
    expect(page.locator(".notice-bad")).to_be_visible()
    expect(platform).to_have_value("ios")
    for name in ("screenWidth", "safeArea\\.top"):
        page.locator(f"#phone-{name}").fill("")
        page.locator(f"#phone-{name}").press("Enter")
    expect(page.locator(".armed")).not_to_contain_text("system.safeArea")
    assert not {"screenWidth", "safeArea"} & world.call("getSystemInfo", {}).keys()


def test_a_phone_that_somebody_else_sets_shows(ui: Open, world: Client) -> None:
    page = ui("world")
    expect(page.locator("#phone-model")).to_have_value("tt-emulator")
    world.put_settings(system={"model": "<b>Ming</b>", "safeArea": {"bottom": 3}})
    expect(page.locator("#phone-model")).to_have_value("<b>Ming</b>")
    expect(page.locator("#phone-safeArea\\.bottom")).to_have_value("3")

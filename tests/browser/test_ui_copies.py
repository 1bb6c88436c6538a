"""What the tester's page makes of a call does what it says."""

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import copy, which
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.tester import Open, of_each_platform, offline
from tt_emulator.client import Client

WEB = Path(__file__).parents[2] / "emulator" / "tt_emulator" / "web"


@pytest.fixture
def copied(ui: Open, world: Client) -> Callable[[str], str]:
    """Fails a call, opens it, and gives what its copy button of that name copies."""
    world.arm({"error": offline(world), "api": "setUserCloudStorage", "times": 1})
    world.call("setUserCloudStorage", {"KVDataList": [{"key": "it's", "value": "é"}]}, player="bo")

    def copy_as(name: str) -> str:
        page = ui("calls/1")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator(f'[data-copy="{name}"]').click()
        expect(page.locator(".notice").last).to_contain_text("Copied")
        text: str = page.evaluate("navigator.clipboard.readText()")
        return text

    return copy_as


@pytest.mark.skipif(which("curl") is None or which("bash") is None, reason="it is for a shell")
@of_each_platform
def test_the_curl_line_does_the_call_again(copied: Callable[[str], str], world: Client) -> None:
    done = subprocess.run(["bash", "-c", copied("curl")], capture_output=True, check=True)
    assert json.loads(done.stdout) == {"errMsg": "setUserCloudStorage:ok"}
    assert world.player("bo")["KVDataList"] == [{"key": "it's", "value": "é"}]


@of_each_platform
def test_the_pytest_test_passes(copied: Callable[[str], str], tt_emulator: Any) -> None:
    found: dict[str, Any] = {}
    exec(copied("pytest"), found)  # what the page wrote is what is tested
    found["test_set_user_cloud_storage"](tt_emulator)
    assert [one["fault"] for one in tt_emulator.requests()] == ["f1"]


@of_each_platform
def test_a_failure_by_a_state_is_copied_with_the_state(
    ui: Open, world: Client, tt_emulator: Any
) -> None:
    world.put_player("bo", session="expired")
    failed = world.call("checkSession", {}, player="bo")
    page = ui("calls/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator('[data-copy="pytest"]').click()
    expect(page.locator(".notice").last).to_contain_text("Copied")
    expect(page.locator(".not-copied")).to_have_count(0)

    found: dict[str, Any] = {}
    exec(page.evaluate("navigator.clipboard.readText()"), found)
    found["test_check_session"](tt_emulator)
    assert [one["reply"] for one in tt_emulator.requests()] == [failed]


@pytest.mark.skipif(which("node") is None, reason="Node is not installed")
@of_each_platform
def test_the_javascript_test_passes(
    copied: Callable[[str], str], world: Client, tmp_path: Path
) -> None:
    assert run_in_node(copied("JavaScript"), world.url, tmp_path)


SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}
BOARD = {"type": "group", "keyList": ["score"], "extra": {"groupId": "g", "sortKey": "score"}}
RANK = {
    "relationType": "all",
    "dataType": 0,
    "rankType": "all",
    "pageNum": 1,
    "pageSize": 10,
}
LONG = {"KVDataList": [{"key": "k" * 129, "value": ""}]}


class Case:
    """A call, and in what state of `player`, `settings` and `fault` it is made; with `gone` the
    fault is disarmed before anybody looks. `missing` is what the page says that it cannot copy.
    """

    def __init__(
        self,
        api: str,
        options: Any,
        *,
        domain: str = "main",
        player: Any = None,
        settings: Any = None,
        fault: Any = None,
        gone: bool = False,
        missing: str = "",
        clock: Any = None,
        group: tuple[str, ...] = (),
    ) -> None:
        self.call = (api, options, domain)
        self.player, self.settings, self.fault = player, settings, fault
        self.gone, self.missing = gone, missing
        self.clock, self.group = clock, group

    def happen(self, world: Client) -> None:
        if self.settings:
            world.put_settings(**self.settings)
        if self.player:
            world.put_player("bo", **self.player)
        if self.clock:
            world.move_clock(**self.clock)
        for number, openid in enumerate(self.group):
            world.put_player(openid, group="g")
            value = f'{{"ttgame":{{"score":{number},"update_time":1790000000}}}}'
            pairs = {"KVDataList": [{"key": "score", "value": value}]}
            world.call("setUserCloudStorage", pairs, player=openid)
        if self.fault:
            world.arm({"api": self.call[0], "times": 1, **self.fault})
        api, options, domain = self.call
        with suppress(Exception):
            world.call(api, options, player="bo", domain=domain)
        if self.gone:
            world.control("DELETE", "/v1/faults")


def save(**about: Any) -> Case:
    return Case("setUserCloudStorage", about.pop("options", SAVE), **about)


FULL = [{"key": f"k{n}", "value": ""} for n in range(128)]
RED = "can be red although nothing is wrong"
CASES = {
    "it went well": save(),
    "stored data came back": Case(
        "getUserCloudStorage", {"keyList": ["score"]}, player={"KVDataList": SAVE["KVDataList"]}
    ),
    "a moved clock": save(clock={"set": "2031-05-01T00:00:00Z", "freeze": True}),
    "a board with players": Case(
        "getCloudStorageByRelation",
        BOARD,
        domain="open",
        settings={"ranking_keys": {"score": "desc"}},
        group=("bo", "cid"),
    ),
    "offline": save(player={"network": "offline"}),
    "offline where no row is documented": Case(
        "getImRankData", RANK, domain="open", player={"network": "offline"}
    ),
    "expired": save(player={"session": "expired"}),
    "no session at a check": Case("checkSession", {}, player={"session": "none"}),
    "signed out": Case("getImRankData", RANK, domain="open", player={"account": "out"}),
    "signed out, where that has no row": save(player={"account": "out"}),
    "declines": Case("login", {}, player={"account": "declines"}),
    "new players without a session": save(settings={"new_player_session": "none"}),
    "unsupported": save(settings={"host": {"unsupported": ["setUserCloudStorage"]}}),
    "another app": Case(
        "getImRankData", RANK, domain="open", settings={"host": {"appName": "xigua"}}
    ),
    "errMsg alone": save(settings={"fail_object": "errMsg"}, player={"network": "offline"}),
    "a ranking value": save(settings={"ranking_keys": {"score": "desc"}}),
    "a board of a ranking key": Case(
        "getCloudStorageByRelation",
        BOARD,
        domain="open",
        settings={"ranking_keys": {"score": "asc"}},
    ),
    "no ranking key": Case("getCloudStorageByRelation", BOARD, domain="open"),
    "a long key": save(options=LONG),
    "a missing option": save(options={}),
    "too much in one call": save(options={"KVDataList": [*FULL, {"key": "k", "value": ""}]}),
    "a full player": save(player={"KVDataList": FULL}),
    "an error with a text": save(fault={"error": "server-error", "detail": "busy"}),
    "an error with a text that is gone": save(
        fault={"error": "server-error", "detail": "busy"}, gone=True
    ),
    "an option named by a fault that is gone": save(fault={"error": "bad-parameter"}, gone=True),
    "an error after the service": save(fault={"error": "internal-error", "moment": "after"}),
    "a sequence": save(fault={"sequence": ["internal-error"], "times": None}),
    "a wire in a sequence": save(fault={"sequence": ["close"], "times": None}, missing=RED),
    "a delay of what fails by itself": save(fault={"delay_ms": 1}, player={"network": "offline"}),
    "closed": save(fault={"wire": "close"}),
    "closed by a fault that is gone": save(fault={"wire": "close"}, gone=True, missing=RED),
    "status": save(fault={"wire": "http_status", "status": 503}),
    "broken JSON": save(fault={"wire": "bad_json"}),
    "half": save(fault={"wire": "truncate"}),
    "hung": save(fault={"wire": "hang", "duration_ms": 50}),
    "dripping": save(fault={"wire": "drip", "duration_ms": 50}),
    "dripping, of what failed by itself": save(
        fault={"wire": "drip", "duration_ms": 50, "moment": "after"},
        player={"network": "offline"},
    ),
    "twice": save(fault={"client": "twice"}),
    "malformed": save(fault={"client": "malformed_ok"}),
    "never": save(fault={"client": "never"}),
    "thrown": save(fault={"client": "throw"}, missing="the JavaScript test is red"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.skipif(which("node") is None, reason="Node is not installed")
def test_what_is_copied_passes_in_a_fresh_world_or_the_page_says_that_it_may_not(
    ui: Open, world: Client, tt_emulator: Any, tmp_path: Path, case: Case
) -> None:
    case.happen(world)
    page = ui(f"calls/{len(case.group) + 1}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    texts = {}
    for name in ("pytest", "JavaScript"):
        page.locator(f'[data-copy="{name}"]').click()
        expect(page.locator(".notice").last).to_contain_text(f"Copied: {name}")
        texts[name] = page.evaluate("navigator.clipboard.readText()")
    if case.missing:
        expect(page.locator(".not-copied")).to_contain_text(case.missing)
        assert f"// {page.locator('.not-copied').inner_text()}" in texts["JavaScript"]
        return
    expect(page.locator(".not-copied")).to_have_count(0)
    if page.locator("#save-state").count():
        with page.expect_download() as saved:
            page.locator("#save-state").click()
        saved.value.save_as(tmp_path / saved.value.suggested_filename)
    found: dict[str, Any] = {"__file__": str(tmp_path / "test_copied.py")}
    exec(texts["pytest"], found)
    [test] = [each for name, each in found.items() if name.startswith("test_")]
    test(tt_emulator)
    assert run_in_node(texts["JavaScript"], world.url, tmp_path)


def run_in_node(text: str, url: str, folder: Path) -> bool:
    for name in ("tt.js", "wx.js", "tt-emulator.mjs"):
        copy(WEB / name, folder)
    (folder / "copied.test.mjs").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", "copied.test.mjs"],
        cwd=folder,
        env={"TT_EMULATOR_URL": url, "PATH": str(Path(which("node") or "").parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "# pass 1\n" in done.stdout, text + done.stdout
    return True


def test_a_copied_test_fails_by_itself_where_the_call_ends_otherwise(
    ui: Open, world: Client, tt_emulator: Any
) -> None:
    CASES["stored data came back"].happen(world)
    page = ui("calls/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator('[data-copy="pytest"]').click()
    expect(page.locator(".notice").last).to_contain_text("Copied: pytest")
    text = page.evaluate("navigator.clipboard.readText()")
    tt_emulator.arm({"error": "internal-error", "times": 1})
    found: dict[str, Any] = {}
    exec(text, found)
    with pytest.raises(AssertionError):
        found["test_get_user_cloud_storage"](tt_emulator)


def test_the_same_failure_is_armed_again(ui: Open, world: Client) -> None:
    world.arm({"wire": "http_status", "status": 503, "times": 1})
    with pytest.raises(Exception, match="503"):
        world.call("login", {}, player="bo")
    page = ui("calls/1")
    expect(page.locator("#call .outcome")).to_have_text("no reply")
    page.locator("#arm-again").click()
    expect(page.locator(".chip")).to_have_count(1)
    again = world.faults()[-1]
    wanted = {"wire": "http_status", "status": 503, "api": "login", "player": "bo", "times": 1}
    assert again.items() >= wanted.items()

"""What the tester's page makes of a call does what it says."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copy, which
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.tester import Open
from emulator.client import Client

WEB = Path(__file__).parents[2] / "emulator" / "web"


@pytest.fixture
def copied(ui: Open, world: Client) -> Callable[[str], str]:
    """Fails a call, opens it, and gives what its copy button of that name copies."""
    world.arm({"error": "network-unavailable", "times": 1})
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
def test_the_curl_line_does_the_call_again(copied: Callable[[str], str], world: Client) -> None:
    done = subprocess.run(["bash", "-c", copied("curl")], capture_output=True, check=True)
    assert json.loads(done.stdout) == {"errMsg": "setUserCloudStorage:ok"}
    assert world.player("bo")["KVDataList"] == [{"key": "it's", "value": "é"}]


def test_the_pytest_test_passes(copied: Callable[[str], str], tt_emulator: Any) -> None:
    found: dict[str, Any] = {}
    exec(copied("pytest"), found)  # what the page wrote is what is tested
    found["test_set_user_cloud_storage"](tt_emulator)
    assert [one["fault"] for one in tt_emulator.requests()] == ["f1"]


@pytest.mark.skipif(which("node") is None, reason="Node is not installed")
def test_the_javascript_test_passes(
    copied: Callable[[str], str], world: Client, tmp_path: Path
) -> None:
    for name in ("tt.js", "tt-emulator.mjs"):
        copy(WEB / name, tmp_path)
    (tmp_path / "save.test.mjs").write_text(copied("JavaScript"), encoding="utf-8")
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", "save.test.mjs"],
        cwd=tmp_path,
        env={"TT_EMULATOR_URL": world.url, "PATH": str(Path(which("node") or "").parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "# pass 1\n" in done.stdout, done.stdout


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

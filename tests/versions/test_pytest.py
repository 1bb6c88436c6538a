"""The plugin beside each pytest: inert for who does not use it, else whole, or plain about it."""

import re
from pathlib import Path

import pytest

from tt_emulator.pytest_plugin.options import FLOOR
from versions.conftest import Environment, run

OLDEST_THAT_RUNS = "6.2.5"  # on Python 3.11; what is older cannot rewrite assertions there
VERSIONS = [OLDEST_THAT_RUNS, "7.0.1", "7.4.4", "8.0.2", "8.2.0", "8.3.5", ""]

PLAIN = """
import sys

def test_plain():
    ours = {name for name in sys.modules if name.partition(".")[0] == "tt_emulator"}
    plugin = {f".pytest_plugin{name}" for name in ("", ".options", ".run")}
    assert ours == {
        f"tt_emulator{name}" for name in ("", ".natives", ".errors", ".terminal", *plugin)
    }
    assert not {"http.client", "asyncio", "flask", "uvicorn", "msgspec"} & sys.modules.keys()
"""
USED = """
import pytest

PAIRS = {"KVDataList": [{"key": "score", "value": "1"}]}

def test_fails_once(tt_emulator):
    with tt_emulator.fail("server-error", times=1):
        assert tt_emulator.call("setUserCloudStorage", PAIRS)["errorCode"] == 108002
    assert tt_emulator.player("alice").saved() == {}

@pytest.mark.tt_every_error("setUserCloudStorage")
def test_each(tt_error, tt_emulator):
    assert tt_emulator.call("setUserCloudStorage", PAIRS)["errorCode"] == tt_error["code"]

@pytest.mark.tt_every_error("setUserCloudStorage")
def test_each_without_its_row(tt_emulator):
    tt_emulator.call("setUserCloudStorage", PAIRS)

def test_left(tt_emulator):
    tt_emulator.fail("server-error", times=1)

def test_wait(tt_emulator):
    tt_emulator.wait_for("login", timeout_ms=1)

def test_red(tt_emulator):
    tt_emulator.call("login")
    assert 0
"""


def of(version: str) -> str:
    return f"pytest=={version}" if version else "pytest"


@pytest.mark.parametrize("version", VERSIONS)
def test_who_uses_nothing_of_it_notices_nothing(
    environment: Environment, tmp_path: Path, version: str
) -> None:
    (tmp_path / "test_plain.py").write_text(PLAIN, encoding="utf-8")
    done = run(environment(of(version)), tmp_path, "-q", "-W", "error")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("version", VERSIONS)
def test_its_fixtures_work_or_say_which_pytest_they_need(
    environment: Environment, tmp_path: Path, version: str
) -> None:
    (tmp_path / "test_used.py").write_text(USED, encoding="utf-8")
    flags = ["-q", "-W", "error", "--tt-emulator-coverage=junit", "--junitxml=met.xml"]
    if version == OLDEST_THAT_RUNS:
        flags = ["-q", "-W", "error"]
    done = run(environment(of(version)), tmp_path, *flags)

    assert done.returncode == 1, done.stdout + done.stderr
    if version == OLDEST_THAT_RUNS:
        sentence = f"tt-emulator's fixtures need pytest 7.0 or newer; this is {version}."
        assert FLOOR == (7, 0)
        assert re.findall("^tt-emulator's fixtures.*$", done.stdout, re.M) == [sentence] * 20
        assert "20 errors" in done.stdout
        return
    assert "2 failed, 18 passed, 1 error" in done.stdout
    assert "a failure that was asked for did not happen: f1, error server-error" in done.stdout
    assert "wanted at least 1, found 0" in done.stdout
    assert "#1 player-1 login {} -> login:ok [no fault armed]" in done.stdout
    assert 'name="tt-emulator.setUserCloudStorage" value="8/8"' in (tmp_path / "met.xml").read_text(
        encoding="utf-8"
    )


def test_a_report_with_one_that_is_too_old_is_a_usage_error(
    environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / "test_plain.py").write_text("def test_plain(): pass", encoding="utf-8")
    done = run(environment(of(OLDEST_THAT_RUNS)), tmp_path, "--tt-emulator-coverage=term")

    assert done.returncode == 4
    assert "ERROR: tt-emulator's fixtures need pytest 7.0 or newer" in done.stdout + done.stderr

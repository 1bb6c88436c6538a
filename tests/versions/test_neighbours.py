"""The fixtures beside packages that change time, sockets, files or the interpreter under a test."""

from pathlib import Path

import pytest

from versions.conftest import Environment, run

PACKAGES = (
    *("pytest", "freezegun", "time-machine", "pytest-socket", "pyfakefs", "gevent", "vcrpy"),
    *("responses", "pytest-cov", "pytest-xdist", "pytest-randomly", "pytest-timeout"),
)
CALLS = """
def calls(tt_emulator):
    tt_emulator.fault(api="login", delay_ms=30)
    assert tt_emulator.call("login")["errMsg"] == "login:ok"
    tt_emulator.fault(wire="hang", api="login", duration_ms=30, times=1)
    with pytest.raises(NotReached):
        tt_emulator.call("login")
    tt_emulator.fail("server-error", ttl_s=600)
    assert tt_emulator.call("setUserCloudStorage", {"KVDataList": []})["errorCode"] == 108002
    assert not tt_emulator.wait_for("checkSession", timeout_ms=1, check=False)
    tt_emulator.wait_for("login", 2)
    assert tt_emulator.strays() == 0
"""
TESTS = f"""
import freezegun, gevent, pytest, responses, time_machine, vcr
from tt_emulator.errors import NotReached

{CALLS}
def test_plain(tt_emulator):
    calls(tt_emulator)

@pytest.mark.parametrize("moment", ["1980-01-01", "2031-05-05"])
@pytest.mark.parametrize("freeze", [freezegun.freeze_time, time_machine.travel])
def test_time(tt_emulator, freeze, moment):
    with freeze(moment):
        calls(tt_emulator)

@freezegun.freeze_time("2001-01-01")
def test_all_of_a_test(tt_emulator):
    calls(tt_emulator)

def test_files(fs, tt_emulator):
    calls(tt_emulator)

@responses.activate
def test_requests(tt_emulator):
    calls(tt_emulator)

def test_http(tt_emulator, tmp_path):
    with vcr.use_cassette(str(tmp_path / "none.yaml"), record_mode="none"):
        calls(tt_emulator)
"""
GREENLETS = f"""
FIRST
import gevent, pytest
from tt_emulator.errors import NotReached

{CALLS}
def test_greenlets(tt_emulator):
    THEN
    tt_emulator.fault(api="checkSession", delay_ms=30)
    game = gevent.spawn(tt_emulator.call, "checkSession")
    tt_emulator.wait_for("checkSession", timeout_ms=5_000)
    assert game.get()["errMsg"] == "checkSession:ok"
    tt_emulator.reset()
    calls(tt_emulator)
"""
PATCH = "from gevent import monkey; monkey.patch_all()"


@pytest.mark.parametrize(
    "flags",
    [
        "",
        "--disable-socket",
        "--allow-hosts=192.0.2.1",
        "-n 2",
        "--cov=. --cov-branch",
        "--timeout=60",
    ],
)
def test_each_of_them_leaves_it_alone(environment: Environment, tmp_path: Path, flags: str) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    done = run(environment(*PACKAGES), tmp_path, "-q", "-W", "error", *flags.split())

    assert "9 passed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"test_it.py", ".coverage", "__pycache__"}


@pytest.mark.parametrize(("first", "then"), [(PATCH, "pass"), ("", PATCH)], ids=["early", "late"])
def test_greenlets_go_on_while_a_test_waits(
    environment: Environment, tmp_path: Path, first: str, then: str
) -> None:
    test = GREENLETS.replace("FIRST", first).replace("THEN", then)
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    done = run(environment(*PACKAGES), tmp_path, "-q", "-p", "no:randomly")

    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_story_of_a_failed_test_is_on_the_real_disk(
    environment: Environment, tmp_path: Path
) -> None:
    test = "def test_it(fs, tt_emulator):\n    tt_emulator.call('login')\n    assert False\n"
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    done = run(environment(*PACKAGES), tmp_path, "-q", "--tt-emulator-bundles", "kept")

    (file,) = (tmp_path / "kept").iterdir()
    assert f"{file}\n" in done.stdout, done.stdout + done.stderr
    assert b'"api":"login"' in file.read_bytes()

"""`tt_emulator_server`: one a run, in this process or wherever it runs already."""

import subprocess
import sys

import pytest

from plugin.suite import Suite
from process import Emulator
from tt_emulator.client import Client

SAVED = "def test_it(tt_emulator): assert save(tt_emulator) == OK"
WHERE = """
def test_it(tt_emulator, tt_emulator_server):
    assert tt_emulator.url == tt_emulator_server.url == "{url}"
    assert save(tt_emulator) == OK
"""


@pytest.mark.own_server
def test_a_run_has_one_server_that_keeps_nothing(suite: Suite, pytester: pytest.Pytester) -> None:
    result = suite("""
urls = set()

@pytest.mark.parametrize("number", [1, 2])
def test_it(tt_emulator, number):
    urls.add(tt_emulator.url)
    assert len(urls) == 1
    assert tt_emulator.health()["persistent"] is False
""")

    result.assert_outcomes(passed=2)
    assert not (pytester.path / ".tt-emulator").exists()


def test_a_server_that_runs_already_is_used(
    suite: Suite, server: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite(WHERE.format(url=server.url), "--tt-emulator-url", server.url).assert_outcomes(passed=1)

    monkeypatch.setenv("TT_EMULATOR_URL", server.url)
    suite(WHERE.format(url=server.url)).assert_outcomes(passed=1)


def test_there_too_the_world_is_dropped(suite: Suite, server: Emulator) -> None:
    with Client(server.url) as client:
        before = client.control("GET", "/v1/worlds")
        suite(SAVED, "--tt-emulator-url", server.url).assert_outcomes(passed=1)

        assert client.control("GET", "/v1/worlds") == before


@pytest.mark.own_server
def test_there_alone_a_world_that_is_left_has_a_day(suite: Suite, server: Emulator) -> None:
    """A run that is killed drops nothing."""
    lifetime = """
def test_it(tt_emulator):
    there = tt_emulator.control("GET", f"/v1/worlds/{tt_emulator.world}/lifetime")
    assert there["ttl_s"] == %s
"""

    suite(lifetime % 86_400, "--tt-emulator-url", server.url).assert_outcomes(passed=1)
    suite(lifetime % None).assert_outcomes(passed=1)


def test_a_server_that_is_not_there_is_told(suite: Suite) -> None:
    result = suite(SAVED, "--tt-emulator-url", "http://127.0.0.1:9")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E *No tt-emulator answers at http://127.0.0.1:9: *"])


def test_a_server_of_another_version_is_refused(
    suite: Suite, server: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tt_emulator.pytest_plugin.server.__version__", "9.9.9")
    result = suite(SAVED, "--tt-emulator-url", server.url)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E *is version 0.1.0, this pytest plugin 9.9.9."])


@pytest.mark.own_server
def test_options_and_an_override_say_how_it_starts(suite: Suite, pytester: pytest.Pytester) -> None:
    result = suite(
        """
def test_it(tt_emulator):
    assert tt_emulator.health()["seed"] == 7
    assert tt_emulator.health()["persistent"]
    assert [fault["error"] for fault in tt_emulator_of_default(tt_emulator)] == ["server-error"]

def tt_emulator_of_default(tt_emulator):
    from tt_emulator.client import Client
    with Client(tt_emulator.url) as client:
        return client.faults()
""",
        "--tt-emulator-random-seed=7",
        "--tt-emulator-data=kept",
        conftest="""
import pytest

@pytest.fixture(scope="session")
def tt_emulator_settings(tt_emulator_settings, tmp_path_factory):
    scenario = tmp_path_factory.mktemp("s") / "scenario.json"
    scenario.write_text('{"faults": [{"error": "server-error"}]}', encoding="utf-8")
    return {**tt_emulator_settings, "scenario": str(scenario)}
""",
    )

    result.assert_outcomes(passed=1)
    assert (pytester.path / "kept").is_dir()


@pytest.mark.own_server
def test_workers_of_xdist_do_not_share_a_data_directory(
    suite: Suite, pytester: pytest.Pytester
) -> None:
    pytest.importorskip("xdist")
    result = suite(
        """
@pytest.mark.parametrize("number", range(4))
def test_it(tt_emulator, number): assert save(tt_emulator) == OK
""",
        *("-p", "xdist", "-n2"),
        "--tt-emulator-data=kept",
    )

    result.assert_outcomes(passed=4)
    assert {path.name for path in (pytester.path / "kept").iterdir()} <= {"gw0", "gw1"}


def test_random_order_changes_nothing(suite: Suite) -> None:
    pytest.importorskip("pytest_randomly")
    result = suite(
        """
@pytest.mark.parametrize("number", range(8))
def test_it(tt_emulator, number):
    assert tt_emulator.players() == []
    alice = tt_emulator.player("alice", KVDataList=[{"key": "n", "value": str(number)}])
    assert alice.saved() == {"n": str(number)}
""",
        *("-p", "randomly"),
    )

    result.assert_outcomes(passed=8)


HEAVY = {
    "tt_emulator.client",
    "tt_emulator.server",
    "tt_emulator.catalog",
    "flask",
    "uvicorn",
    "msgspec",
}


def test_the_installed_package_is_enough_and_a_run_without_it_imports_nothing_heavy(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile("def test_it(): pass")
    others = ["-p", "no:hypothesispytest", "-p", "no:schemathesis", "-p", "no:cacheprovider"]
    script = (
        f"import sys, pytest; code = pytest.main(['-q', '--markers', *{others}]);"
        f"pytest.main({others}); print(sorted({HEAVY} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )

    assert "@pytest.mark.tt_every_error(*apis): run the test once" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"

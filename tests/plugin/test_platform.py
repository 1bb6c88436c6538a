"""The plugin on either platform, from one body: by the ini option, the marker, or both."""

import pytest

from plugin.suite import Suite
from tt_emulator.platforms import PLATFORMS, load

SAVE = "setUserCloudStorage"


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest, pytester: pytest.Pytester) -> str:
    """The platform of the run, as its ini file names it."""
    pytester.makeini(f"[pytest]\ntt_platform = {request.param}\n")
    return str(request.param)


def test_its_worlds_are_of_the_platform_that_the_ini_file_names(
    suite: Suite, platform: str
) -> None:
    result = suite(f"""
def test_it(tt_emulator):
    assert save(tt_emulator)["errMsg"] == "{SAVE}:ok"
    assert tt_emulator.export_world().get("platform", "tt") == "{platform}"

def test_faults_first(tt_emulator):
    tt_emulator.fault(delay_ms=1)
    assert tt_emulator.platform.name == "{platform}"
""")

    result.assert_outcomes(passed=2)


def test_every_error_is_one_of_the_platforms(suite: Suite, platform: str) -> None:
    result = suite(f"""
@pytest.mark.tt_every_error("{SAVE}")
def test_it(tt_emulator, tt_error):
    reply = save(tt_emulator)
    assert tt_emulator.platform.code(reply) == tt_error["code"]
    assert tt_emulator.requests()[-1]["fault"]
""")

    result.assert_outcomes(passed=len(load(PLATFORMS[platform]).catalog.rows(SAVE)))


def test_a_failure_tells_the_code_of_the_platform(suite: Suite, platform: str) -> None:
    rows = load(PLATFORMS[platform]).catalog.rows(SAVE)
    row = next(row for row in rows if row.code is not None)
    result = suite(f"""
def test_it(tt_emulator):
    tt_emulator.fail("{row.name}")
    save(tt_emulator)
    assert False
""")

    result.stdout.fnmatch_lines([f"*{SAVE} * -> {SAVE}:fail* ({row.code}) *"])


def test_a_marker_wins_and_coverage_tells_the_platforms_apart(suite: Suite, platform: str) -> None:
    other = next(name for name in PLATFORMS if name != platform)
    result = suite(
        f"""
def test_here(tt_emulator):
    save(tt_emulator)

@pytest.mark.tt_platform("{other}")
def test_there(tt_emulator):
    save(tt_emulator)
    assert tt_emulator.platform.name == "{other}"
""",
        "--tt-emulator-coverage=term",
    )

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines([f"{SAVE} *  1 *", f"{other}.{SAVE} *  1 *"])


def test_where_no_test_says_it_the_server_does(suite: Suite) -> None:
    result = suite(
        f"""
def test_it(tt_emulator):
    assert save(tt_emulator)["errMsg"] == "{SAVE}:ok"
    assert tt_emulator.platform.name == "wx"
""",
        conftest="""
import pytest

@pytest.fixture(scope="session")
def tt_emulator_settings(tt_emulator_settings):
    return {**tt_emulator_settings, "platform": "wx"}
""",
    )

    result.assert_outcomes(passed=1)


def test_a_platform_that_is_none_is_a_usage_error(suite: Suite) -> None:
    result = suite("""
@pytest.mark.tt_platform("qq")
@pytest.mark.tt_every_error("login")
def test_it(tt_emulator):
    pass
""")

    assert "is 'qq', not tt or wx" in result.stdout.str() + result.stderr.str()

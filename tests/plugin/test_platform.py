"""The plugin on either platform, from one body: by the ini option, the marker, or both."""

import pytest

from plugin.suite import Suite
from tt_emulator.catalog.views import COVERS, Cover
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.pytest_plugin.every_error import rows

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


@pytest.mark.parametrize("cover", COVERS)
def test_every_error_is_one_of_the_platforms_that_coverage_counts(
    suite: Suite, platform: str, cover: Cover
) -> None:
    catalog = load(PLATFORMS[platform]).catalog
    counted, apis = catalog.counted(cover), catalog.apis
    bare = [row for row in counted if not any(param.required for param in apis[row.api].params)]
    api = apis[max(bare, key=lambda row: row.evidence == cover).api]
    result = suite(
        f"""
@pytest.mark.tt_every_error("{api.name}")
def test_it(tt_emulator, tt_error):
    tt_emulator.call("{api.name}", domain="{api.domains[0]}")
    assert tt_emulator.requests()[-1]["fault"]
    assert tt_error["evidence"] in ("documented", "{cover}")
""",
        f"--tt-emulator-cover={cover}",
    )

    result.assert_outcomes(passed=[row.api for row in counted].count(api.name))


def test_of_an_api_only_documented_errors_are_run_and_seen_ones_where_they_count(
    platform: str,
) -> None:
    catalog = load(PLATFORMS[platform]).catalog
    for cover in COVERS:
        counted = catalog.counted(cover)
        for api in {row.api for row in counted}:
            wanted = [row.name for row in counted if row.api == api]
            assert list(rows([api], platform, cover)) == wanted


@pytest.mark.parametrize("platform", PLATFORMS, indirect=True)
def test_an_api_without_a_documented_error_is_told_with_what_it_has(
    suite: Suite, platform: str
) -> None:
    catalog = load(PLATFORMS[platform]).catalog
    documented = {row.api for row in catalog.counted()}
    for evidence, hint in (
        ("seen", "; --tt-emulator-cover seen *"),
        ("inferred", "; *fail(name)*"),
    ):
        theirs = (row for row in catalog.rows() if row.evidence == evidence)
        api = next((row.api for row in theirs if row.api not in documented), None)
        if api is None:
            continue  # tt has no page of which anything was but seen
        result = suite(f'@pytest.mark.tt_every_error("{api}")\ndef test_it(): pass')
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines([f"*'{api}' documents no error, it has * {evidence}*{hint}"])


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


@pytest.mark.own_server
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

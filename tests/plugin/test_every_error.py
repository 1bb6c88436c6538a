import pytest

from plugin.suite import Suite
from tt_emulator.platforms.tt.pages import load

ROWS = load().rows("setUserCloudStorage")
EVERY = """
@pytest.mark.tt_every_error("setUserCloudStorage")
def test_it(tt_emulator, tt_error):
    reply = save(tt_emulator)
    assert (reply["errorCode"], reply["errorType"]) == (tt_error["code"], tt_error["type"])
    assert reply["errMsg"] == f"setUserCloudStorage:fail {tt_error['message']}"
    print(tt_error["name"])
"""


def test_the_test_runs_once_for_each_documented_error(suite: Suite) -> None:
    result = suite(EVERY, "-v", "-s")

    result.assert_outcomes(passed=len(ROWS))
    for row in ROWS:
        result.stdout.fnmatch_lines([f"*::test_it[[]{row.name}[]] {row.name}"])


def test_the_error_is_armed_also_if_the_row_is_not_asked_for(suite: Suite) -> None:
    result = suite("""
@pytest.mark.tt_every_error("setUserCloudStorage")
class TestIt:
    def test_one(self, tt_emulator):
        assert "errorCode" in save(tt_emulator)
""")

    result.assert_outcomes(passed=len(ROWS))


def test_several_apis_add_up(suite: Suite) -> None:
    result = suite(
        """
@pytest.mark.tt_every_error("login", "getNetworkType")
def test_it(tt_emulator, tt_error):
    reply = tt_emulator.call(tt_error["api"])
    assert reply["errMsg"].startswith(f"{tt_error['api']}:fail")
""",
        "-v",
    )

    apis = [row.api for row in load().rows()]
    result.assert_outcomes(passed=apis.count("login") + apis.count("getNetworkType"))
    result.stdout.fnmatch_lines(["*::test_it[[]login-host-login-failed[]] *"])


def test_it_goes_with_other_parameters(suite: Suite) -> None:
    result = suite("""
@pytest.mark.parametrize("player", ["alice", "bob"])
@pytest.mark.tt_every_error("setUserCloudStorage")
def test_it(tt_emulator, tt_error, player):
    assert save(tt_emulator, player=player)["errorCode"] == tt_error["code"]
""")

    result.assert_outcomes(passed=2 * len(ROWS))


def test_a_test_that_never_calls_the_api_fails(suite: Suite) -> None:
    result = suite("""
@pytest.mark.tt_every_error("setUserCloudStorage")
def test_it(tt_error, tt_emulator): tt_emulator.call("login")
""")

    result.assert_outcomes(passed=len(ROWS), errors=len(ROWS))
    result.stdout.fnmatch_lines(["a failure that was asked for did not happen: f1, *"])


@pytest.mark.parametrize(
    ("apis", "why"),
    [
        ('"setUserCloudStorag"', "*'setUserCloudStorag' documents no error; did you mean *"),
        ('"canIUse"', "*'canIUse' documents no error; *"),
        ("", '*name an API: tt_every_error("setUserCloudStorage")'),
    ],
)
def test_a_wrong_api_is_told_at_collection(suite: Suite, apis: str, why: str) -> None:
    result = suite(f"@pytest.mark.tt_every_error({apis})\ndef test_it(): pass")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([why])


def test_the_row_needs_the_marker(suite: Suite) -> None:
    result = suite("def test_it(tt_error): pass")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["tt_error needs @pytest.mark.tt_every_error(*) on the test"])

"""What went unnoticed in a test's world fails the test, and a failure tells what happened there."""

import pytest

from plugin.suite import Suite

LEFT = """
def test_it(tt_emulator):
    tt_emulator.fail("network-unavailable", api="setUserCloudStorage", times=2, player="alice")
    save(tt_emulator, player="bob")
"""
BROKEN = """
import pytest
from tt_emulator.config import Settings
from tt_emulator.platforms.tt.services import SERVICES
from tt_emulator.pytest_plugin import Server
from tt_emulator.server import serving

@pytest.fixture(scope="session")
def tt_emulator_server():
    with serving(Settings(port=0, data=None)) as facts:  # in this process, where it can be broken
        yield Server(facts["url"], facts["token"])

@pytest.fixture(autouse=True)
def broken(monkeypatch):
    def broken_handler(turn):
        raise RuntimeError("a bug")
    monkeypatch.setitem(SERVICES, "login", broken_handler)
"""
BUG = """
from tt_emulator.errors import Refused

def test_it(tt_emulator):
    with pytest.raises(Refused, match="a bug of the emulator"):
        tt_emulator.call("login")
"""


def test_a_failure_that_never_happened_fails_the_test_and_tells_why(suite: Suite) -> None:
    result = suite(LEFT)

    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "a failure that was asked for did not happen: f1, error network-unavailable "
            "(api setUserCloudStorage, player alice, times 2), never struck, 2 left: "
            "api matched, player did not: bob against alice",
            "  Let the game make these calls, arm it for fewer, or mark the test "
            "tt_allow_unconsumed.",
        ]
    )


@pytest.mark.parametrize(
    ("fault", "left"),
    [
        ('error="server-error", times=3', "struck 2 times, 1 left"),
        ('wire="hang", duration_ms=0, api="login", times=1', "never struck, 1 left"),
        ('sequence=["server-error", "ok", "server-error"]', "struck 1 times, 1 left"),
        (
            'sequence=["server-error", "ok"], loop=True, times=2, api="setUserCloudStorage"',
            "struck 1 times, 1 left",
        ),
        (
            'reply={"errMsg": "login:fail odd"}, api="login", times=1',
            "reply {'errMsg': 'login:fail odd'} (api login, times 1), never struck, 1 left",
        ),
        ('delay_ms=1, times=5, label="slow"', "struck 2 times, 3 left"),
        (
            'error="server-error", times=1, ttl_s=0.001',
            "never struck, 1 left: it had expired (ttl_s",
        ),
        ('client="twice", times=1, skip=2', "never struck, 1 left"),
    ],
)
def test_every_kind_of_fault_must_be_used_up(suite: Suite, fault: str, left: str) -> None:
    result = suite(f"""
def test_it(tt_emulator):
    tt_emulator.fault({fault})
    save(tt_emulator)
    save(tt_emulator)
""")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"a failure that was asked for did not happen: f1,*{left}*"])


def test_what_is_left_of_a_sequence_is_no_failure_where_it_is_ok(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.fault(sequence=["server-error", "ok"])
    save(tt_emulator)
""")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["a sequence was not played to its end: f1,* struck 1 times, 1 left"]
    )


def test_what_was_used_up_or_has_no_end_is_fine(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.fail("server-error", times=1)
    tt_emulator.fault(sequence=["ok", "internal-error"])
    tt_emulator.fail("network-unavailable", api="login")
    for _ in range(3):
        save(tt_emulator)

def test_disarmed_by_hand(tt_emulator):
    tt_emulator.fail("server-error", times=1).disarm()

def test_reset(tt_emulator):
    tt_emulator.fail("server-error", times=1)
    tt_emulator.reset(["faults"])
""")

    result.assert_outcomes(passed=3)


def test_a_block_fails_at_its_end(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    with tt_emulator.fail("server-error", times=2):
        save(tt_emulator)
    assert False, "not reached"
""")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *did not happen: f1, error server-error (times 2), struck 1*"])
    result.stdout.no_fnmatch_line("*not reached")


TAKEN_OFF = [
    "fault.disarm()",
    "tt_emulator.disarm(fault['id'])",
    "tt_emulator.disarm_all()",
    "tt_emulator.reset(['faults'])",
    "tt_emulator.reset()",
    "tt_emulator.replace([{'delay_ms': 1}])",
]


@pytest.mark.parametrize("deed", [*TAKEN_OFF, "tt_emulator.drop_world()"])
def test_a_fault_that_struck_is_fine_however_its_block_took_it_off(suite: Suite, deed: str) -> None:
    result = suite(f"""
def test_it(tt_emulator):
    with tt_emulator.fail("server-error", times=1) as fault:
        save(tt_emulator)
        {deed}
""")

    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("deed", TAKEN_OFF)
def test_a_fault_that_its_block_took_off_too_early_is_told_as_it_was(
    suite: Suite, deed: str
) -> None:
    result = suite(f"""
def test_it(tt_emulator):
    with tt_emulator.fail("server-error", times=2) as fault:
        save(tt_emulator)
        {deed}
""")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E *(times 2), struck 1 times, 1 left", "E *taken off before its block ended*"]
    )


@pytest.mark.parametrize("outcome", ["assert 0", "pytest.skip()", "pytest.xfail()"])
def test_a_test_that_ended_early_is_not_blamed_for_its_faults(suite: Suite, outcome: str) -> None:
    assert suite(f"{LEFT}    {outcome}").parseoutcomes().get("errors") is None


def test_faults_may_be_left_if_that_is_said(suite: Suite) -> None:
    result = suite(f"@pytest.mark.tt_allow_unconsumed\n{LEFT.strip()}")
    result.assert_outcomes(passed=1)

    result = suite("""
@pytest.mark.tt_allow_unconsumed
def test_it(tt_emulator):
    with tt_emulator.fail("server-error", times=2):
        save(tt_emulator)
""")
    result.assert_outcomes(passed=1)


def test_a_failure_of_the_emulator_fails_the_test(suite: Suite) -> None:
    result = suite(BUG, conftest=BROKEN)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "the emulator failed to answer; *",
            "  #1 login: the emulator failed: RuntimeError('a bug')",
        ]
    )


def test_a_failure_of_the_emulator_is_told_also_if_the_test_failed(suite: Suite) -> None:
    result = suite(f"{BUG}    assert 0", conftest=BROKEN)

    result.assert_outcomes(failed=1, errors=1)


def test_failures_of_the_emulator_may_happen_if_that_is_said(suite: Suite) -> None:
    result = suite(
        BUG.replace("def test", "@pytest.mark.tt_allow_internal_errors\ndef test"), conftest=BROKEN
    )

    result.assert_outcomes(passed=1)


@pytest.mark.own_server
def test_a_world_is_dropped_also_if_its_test_fails(suite: Suite) -> None:
    result = suite(f"""{LEFT}
def test_two(tt_emulator):
    assert tt_emulator.worlds() == ["default", tt_emulator.world]
""")

    result.assert_outcomes(passed=2, errors=1)


def test_a_failing_test_shows_its_calls_and_faults(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.fail("network-unavailable", times=1, label="the first")
    save(tt_emulator, player="小明")
    save(tt_emulator)
    assert 0
""")

    result.assert_outcomes(failed=1)
    requested = 'setUserCloudStorage {"KVDataList": [[]{"key": "score", "value": "1"}[]]}'
    result.stdout.fnmatch_lines(
        [
            "*- tt-emulator: calls in world it-* -*",
            f"#1 小明 {requested} -> setUserCloudStorage:fail network unavailable (999985) "
            "[[]f1 (the first) struck, hit 1[]]",
            f"#2 player-1 {requested} -> setUserCloudStorage:ok [[]no fault matched[]]",
            "*- tt-emulator: armed faults -*",
            "f1, error network-unavailable (times 1, label the first), struck 1 times",
        ]
    )


def test_what_a_report_shows_steers_no_terminal(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.fail("server-error", label="\\x1b]0;owned\\x07\\u202e")
    tt_emulator.call("login", {"force": "\\x9b2J\\x1b[31m"}, player="ann\\u200b")
    assert 0
""")

    result.assert_outcomes(failed=1)
    output = str(result.stdout).partition("tt-emulator: calls")[2]
    assert not [line for line in output.splitlines() if not line.isprintable()]
    assert "ann\\u200b" in output


@pytest.mark.parametrize(
    ("game", "line"),
    [
        ("", "no call came"),
        ("play(tt_emulator.url)", "no call came, but 1 to the world default meanwhile: *"),
    ],
)
def test_a_world_that_nobody_called_is_told(suite: Suite, game: str, line: str) -> None:
    result = suite(f"""
from tt_emulator.client import Client

def play(url):
    with Client(url) as client:
        client.call("login")

def test_before(tt_emulator):
    play(tt_emulator.url)

def test_it(tt_emulator):
    {game}
    assert tt_emulator.requests()
""")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*- tt-emulator: calls in world it-*", line])


def test_a_test_that_fails_at_teardown_shows_the_world_that_is_gone(suite: Suite) -> None:
    result = suite(LEFT)

    result.stdout.fnmatch_lines(
        ["*- tt-emulator: calls in world it-*", "#1 bob setUserCloudStorage*"]
    )


def test_a_failing_fixture_shows_the_world(suite: Suite) -> None:
    result = suite("""
@pytest.fixture
def saved(tt_emulator):
    save(tt_emulator)
    assert 0

def test_it(saved): pass
""")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*- tt-emulator: calls in world it-*", "#1 player-1 setUser*"])


def test_of_many_calls_the_last_are_shown(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    for _ in range(25):
        save(tt_emulator)
    assert 0
""")

    result.stdout.fnmatch_lines(["(5 earlier calls)", "#6 *", "#25 *"])
    result.stdout.no_fnmatch_line("#5 *")


def test_the_calls_that_the_journal_has_forgotten_are_counted(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    for _ in range(1030):
        tt_emulator.call("login")
    assert 0
""")

    result.stdout.fnmatch_lines(["(1010 earlier calls)", "#1011 *", "#1030 *"])


def test_of_strays_that_the_journal_has_forgotten_some_no_number_is_claimed(suite: Suite) -> None:
    result = suite("""
from tt_emulator.client import Client

def test_it(tt_emulator):
    with Client(tt_emulator.url) as client:
        for _ in range(1030):
            client.call("login")
    assert 0
""")

    result.stdout.fnmatch_lines(
        ["no call came, but at least 1000 to the world default meanwhile: *"]
    )


def test_a_passing_test_shows_nothing(suite: Suite) -> None:
    result = suite("def test_it(tt_emulator): save(tt_emulator)", "-rA")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*tt-emulator: calls*")

"""Which documented errors a run met: the account, its reports, and the threshold."""

import json
import re
from xml.etree import ElementTree

import pytest

from plugin.suite import Suite
from tt_emulator.platforms.tt.pages import load
from tt_emulator.pytest_plugin.coverage import Ledger

DOCUMENTED = len(load().rows("setUserCloudStorage"))
HALF = """
@pytest.mark.parametrize("error", ["server-error", "bad-response", "internal-error"])
def test_it(tt_emulator, error):
    with tt_emulator.fail(error):
        save(tt_emulator)
    save(tt_emulator)

def test_again(tt_emulator):
    with tt_emulator.fail("server-error"):
        save(tt_emulator)
"""
EVERY = """
@pytest.mark.tt_every_error("setUserCloudStorage")
def test_it(tt_emulator): save(tt_emulator)
"""
PERCENT = round(100 * 3 / DOCUMENTED, 1)


def test_nothing_is_said_if_nothing_was_asked(suite: Suite) -> None:
    suite(HALF).stdout.no_fnmatch_line("*documented errors*")


def test_the_table_names_what_is_missing(suite: Suite) -> None:
    result = suite(HALF, "--tt-emulator-coverage", "term")

    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "*= tt-emulator: documented errors that the tests met =*",
            "API                  CALLS  COVERED  MISSING",
            f"setUserCloudStorage      7      3/{DOCUMENTED}  session-failure, bad-parameter, *",
            f"total                    7      3/{DOCUMENTED}  {PERCENT:g} %",
        ]
    )


def test_the_reports_as_files(suite: Suite, pytester: pytest.Pytester) -> None:
    flags = ["json:met.json", "md:met.md", "junit"]
    suite(HALF, "--junitxml=met.xml", *(f"--tt-emulator-coverage={flag}" for flag in flags))

    report = json.loads((pytester.path / "met.json").read_text(encoding="utf-8"))
    api = report["apis"]["setUserCloudStorage"]
    assert (report["percent"], report["covered"], report["documented"]) == (PERCENT, 3, DOCUMENTED)
    assert (api["calls"], api["covered"], len(api["missing"])) == (7, 3, DOCUMENTED - 3)
    delivered = {row["name"]: row["delivered"] for row in report["coverage"]}
    assert (delivered["server-error"], delivered["bad-parameter"]) == (2, 0)

    head, _, row, total = (pytester.path / "met.md").read_text(encoding="utf-8").splitlines()
    assert head == "| API | calls | covered | missing |"
    assert row.startswith(f"| setUserCloudStorage | 7 | 3/{DOCUMENTED} | session-failure, ")
    assert total == f"| **total** | **7** | **3/{DOCUMENTED}** | **{PERCENT:g} %** |"

    found = ElementTree.parse(pytester.path / "met.xml").iter("property")
    properties = {each.get("name"): each.get("value") for each in found}
    assert properties["tt-emulator.percent"] == str(PERCENT)
    assert properties["tt-emulator.setUserCloudStorage"] == f"3/{DOCUMENTED}"
    assert "bad-parameter" in str(properties["tt-emulator.setUserCloudStorage.missing"])


@pytest.mark.parametrize(("wanted", "verdict"), [("30", "ok"), ("100", "FAIL")])
def test_a_run_that_met_too_little_fails(suite: Suite, wanted: str, verdict: str) -> None:
    result = suite(HALF, "--tt-emulator-fail-under", wanted)

    result.assert_outcomes(passed=4)
    assert result.ret == (0 if verdict == "ok" else pytest.ExitCode.TESTS_FAILED)
    result.stdout.fnmatch_lines(
        [
            "API *",  # who sets a threshold wants to know what is missing
            f"{verdict}: {PERCENT:g} % of the documented errors met, {wanted} % wanted",
        ]
    )


def test_every_error_is_a_hundred_percent(suite: Suite) -> None:
    assert suite(EVERY, "--tt-emulator-fail-under", "100").ret == 0


def test_what_counts_is_the_apis_that_were_called_or_those_that_are_named(suite: Suite) -> None:
    named = ("--tt-emulator-cover-api", "setUserCloudStorage", "--tt-emulator-cover-api", "login")
    result = suite(EVERY, "--tt-emulator-fail-under", "100", *named)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["login * 0 * 0/*", "setUserCloudStorage *", "FAIL: *"])


def test_a_run_that_met_nothing_has_met_zero_percent(suite: Suite) -> None:
    result = suite("def test_it(): pass", "--tt-emulator-fail-under", "1")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["FAIL: 0 % of the documented errors met, 1 % wanted"])


def test_a_report_that_cannot_be_written_fails_the_run(suite: Suite) -> None:
    result = suite(HALF, "--tt-emulator-coverage", "json:no/such/folder.json")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["FAIL: no/such/folder.json could not be written: *"])


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (["--tt-emulator-coverage", "html"], "*'html' is none of term, json:PATH, md:PATH, junit*"),
        (["--tt-emulator-coverage", "json:"], "*'json:' is none of *"),
        (["--tt-emulator-coverage", "junit"], "*junit needs --junitxml PATH*"),
        (["--tt-emulator-fail-under", "101"], "*'101' is no percentage from 0 to 100*"),
        (["--tt-emulator-fail-under", "nan"], "*'nan' is no percentage from 0 to 100*"),
    ],
)
def test_what_cannot_be_is_told_at_once(suite: Suite, flags: list[str], why: str) -> None:
    result = suite(HALF, *flags)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([why])


def test_what_was_seen_counts_where_it_is_asked_for(suite: Suite) -> None:
    result = suite(HALF, "--tt-emulator-fail-under", "1", "--tt-emulator-cover", "seen")

    result.stdout.fnmatch_lines(
        [
            "*= tt-emulator: documented or seen errors that the tests met =*",
            f"total                    7      3/{DOCUMENTED}  {PERCENT:g} %",
            f"ok: {PERCENT:g} % of the documented or seen errors met, 1 % wanted",
        ]
    )


def test_where_nothing_is_documented_the_report_says_how_what_was_seen_counts(
    suite: Suite,
) -> None:
    body = """
@pytest.mark.tt_platform("wx")
def test_it(tt_emulator):
    tt_emulator.call("setUserCloudStorage", {"KVDataList": []})
"""
    result = suite(body, "--tt-emulator-fail-under", "100")

    assert result.ret != 0
    result.stdout.fnmatch_lines(["FAIL: 0 %*", "*--tt-emulator-cover seen*"])


def test_a_seen_error_is_a_part_of_the_whole() -> None:
    ledger = Ledger(cover="seen")
    row = {"api": "login", "delivered": 0}
    ledger.add(
        {
            "calls": {"login": 1},
            "coverage": [
                {**row, "name": "a", "evidence": "documented"},
                {**row, "name": "b", "evidence": "seen", "delivered": 1},
            ],
        }
    )
    summary = ledger.summary()

    assert (summary["documented"], summary["seen"], summary["covered"]) == (1, 1, 1)
    assert summary["percent"] == 50


def test_what_the_workers_of_xdist_met_is_added_up(suite: Suite, pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    flags = ("-p", "xdist", "-n2", "--tt-emulator-fail-under", "100")
    result = suite(EVERY, *flags, "--tt-emulator-coverage", "json:met.json")

    result.assert_outcomes(passed=DOCUMENTED)
    assert result.ret == 0
    report = json.loads((pytester.path / "met.json").read_text(encoding="utf-8"))
    assert {row["delivered"] for row in report["coverage"]} == {1}
    assert report["apis"]["setUserCloudStorage"]["calls"] == DOCUMENTED


def test_a_worker_that_died_is_told() -> None:
    ledger = Ledger()
    ledger.add(None)

    assert not ledger.is_good(None)
    assert re.search("a worker died", ledger.complaints[0])


def test_where_no_world_told_its_errors_the_documented_ones_count() -> None:
    ledger = Ledger(["login", "getUserCloudStorage"])

    assert {row["evidence"] for row in ledger.rows()} == {"documented"}
    assert {row["api"] for row in ledger.rows()} == {"login"}


def test_an_account_can_be_added_to_another() -> None:
    one, other = Ledger(), Ledger()
    row = {"api": "login", "name": "internal-error", "delivered": 2}
    one.add({"coverage": [row], "calls": {"login": 3}})
    other.add({"coverage": [{**row, "delivered": 1}], "calls": {"login": 1}})
    one.add(other.as_json())

    assert one.as_json() == {"coverage": [{**row, "delivered": 3}], "calls": {"login": 4}}
    assert one.percent() == 100

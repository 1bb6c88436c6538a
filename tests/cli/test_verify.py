import json
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tt_emulator.client import Client

SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}


@pytest.fixture
def played(client: Client) -> Client:
    """Alice saves twice, offline the first time; bob logs in."""
    with client.fault(error="network-unavailable"):
        client.call("setUserCloudStorage", SAVE, player="alice")
    client.call("setUserCloudStorage", SAVE, player="alice")
    client.call("login", player="bob")
    return client


TRUE = [
    "",
    "--count 3",
    "--api login --count 1",
    "--player alice --count 2",
    "--ok --count 2",
    "--failed --count 1",
    "--error network-unavailable --count 1",
    "--error 999985 --count 1",
    "--error internal-error --count 0",
]
FALSE = ["--count 2", "--api checkSession", "--failed --api login", "--error 999993"]


@pytest.mark.parametrize("question", TRUE)
def test_verify_answers_yes_by_its_exit_code(
    tt: Callable[..., Any], played: Client, question: str
) -> None:
    run = tt("verify", *question.split())

    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("ok: ")


@pytest.mark.parametrize("question", FALSE)
def test_verify_answers_no_by_its_exit_code_and_says_what_differed(
    tt: Callable[..., Any], played: Client, question: str
) -> None:
    run = tt("verify", *question.split())

    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("wanted ")


def test_each_call_that_differs_is_told_with_its_reason(
    tt: Callable[..., Any], played: Client
) -> None:
    run = tt("verify", "--api", "setUserCloudStorage", "--failed", "--count", "2")

    assert run.err == ("wanted exactly 2, found 1\n#2 setUserCloudStorage: it ended with ok\n")


def test_no_calls_in_a_world_that_was_not_there_are_no_silent_yes(
    tt: Callable[..., Any], played: Client
) -> None:
    typo = f"{played.world}-typo"

    run = tt("verify", "--count", "0", "--world", typo)
    again = tt("verify", "--count", "0", "--world", typo)

    assert (run.code, run.out) == (0, "ok: 0 matching calls\n")
    assert run.err == f"There was no world {typo!r} before this question: is its name right?\n"
    assert (again.code, again.err) == (0, "")


MISSPELT = {
    "--api setUserCloudstorage": "setUserCloudStorage",
    "--error server-eror": "server-error",
    "--error 99985": "999985",
}


@pytest.mark.parametrize("clause", MISSPELT)
@pytest.mark.parametrize("verb", ["verify", "wait"])
def test_a_misspelt_clause_is_refused_although_it_would_hold(
    tt: Callable[..., Any], played: Client, verb: str, clause: str
) -> None:
    run = tt(verb, *clause.split(), "--count", "0")

    assert (run.code, run.out) == (7, "")
    assert f"did you mean {MISSPELT[clause]}" in run.err


def test_nobody_has_called_is_an_answer(tt: Callable[..., Any], played: Client) -> None:
    assert tt("verify", "--player", "carol", "--count", "0").out == "ok: 0 matching calls\n"


@pytest.mark.parametrize(("flags", "code"), [(["--count", "3"], 0), (["--count", "4"], 1)])
@pytest.mark.parametrize("verb", ["verify", "wait"])
def test_the_verdict_can_be_json(
    tt: Callable[..., Any], played: Client, verb: str, flags: list[str], code: int
) -> None:
    run = tt(verb, *flags, "--timeout-ms", "1", "--json")
    verdict = json.loads(run.out)

    assert (run.code, run.err) == (code, "")
    assert (verdict["ok"], verdict["count"]) == (code == 0, 3)
    assert bool(verdict["differences"]) == (code == 1)


def test_wait_is_content_with_more(tt: Callable[..., Any], played: Client) -> None:
    assert tt("wait", "--count", "2").code == 0
    assert tt("verify", "--count", "2").code == 1


@pytest.mark.parametrize("verb", ["wait", "verify"])
def test_what_comes_in_time_counts(tt: Callable[..., Any], played: Client, verb: str) -> None:
    played.fault(delay_ms=300)
    asker = Client(played.url, played.world, timeout_s=30)
    caller = threading.Thread(target=asker.call, args=("checkSession",))
    caller.start()
    run = tt(verb, "--api", "checkSession", "--timeout-ms", "20000")
    caller.join()

    assert (run.code, run.out) == (0, "ok: 1 matching call\n")


@pytest.mark.parametrize("verb", ["verify", "wait"])
def test_gaps_are_judged_and_shown(tt: Callable[..., Any], played: Client, verb: str) -> None:
    right = tt(verb, "--player", "alice", "--min-gap-ms", "0", "--max-gap-ms", "80000000,1e6")
    fits = tt(verb, "--player", "alice", "--count", "2", "--max-gap-ms", "80000000")
    wrong = tt(verb, "--player", "alice", "--count", "2", "--min-gap-ms", "80000000")

    assert (right.code, right.out) == (1, "")
    assert (fits.code, fits.err) == (0, "")
    assert re.fullmatch(r"ok: 2 matching calls\ngaps: [\d.]+ ms\n", fits.out)
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err.startswith("gap 1, from #1 to #2: ")
    assert wrong.err.splitlines()[-1].startswith("gaps: ")


@pytest.mark.parametrize("value", ["", "1,", "a", "-1", "1,-2", "nan", "1e999", "1 2"])
def test_what_is_no_gap_is_a_usage_error(
    tt: Callable[..., Any], client: Client, value: str
) -> None:
    assert tt("verify", f"--min-gap-ms={value}").code == 2


def test_a_count_below_nothing_is_a_usage_error(tt: Callable[..., Any], client: Client) -> None:
    assert tt("verify", "--count", "-1").code == 2


def test_coverage_counts_what_games_met(tt: Callable[..., Any], played: Client) -> None:
    *lines, total = tt("coverage").out.splitlines()
    met = [line.split() for line in lines if line.split()[-1] == "1"]

    assert lines[0].split() == ["API", "ERROR", "CODE", "DELIVERED"]
    assert met == [["setUserCloudStorage", "network-unavailable", "999985", "1"]]
    assert total == f"1 of {len(lines) - 1} documented errors were delivered"
    assert json.loads(tt("coverage", "--json").out) == played.coverage()


def test_coverage_says_what_it_counts(tt: Callable[..., Any], played: Client) -> None:
    *_, total = tt("coverage", "--cover", "seen").out.splitlines()

    assert total.endswith(" documented or seen errors were delivered")
    report = json.loads(tt("coverage", "--cover", "seen", "--json").out)
    assert report == played.coverage("seen")


def test_coverage_of_one_api_and_of_what_was_met(tt: Callable[..., Any], played: Client) -> None:
    flags = ("--api", "setUserCloudStorage")
    documented = [
        row for row in played.coverage()["coverage"] if row["api"] == "setUserCloudStorage"
    ]

    _, *lines, total = tt("coverage", *flags).out.splitlines()
    assert len(lines) == len(documented)
    assert total == f"1 of {len(documented)} documented errors were delivered"
    _, *lines, total_of_met = tt("coverage", *flags, "--met").out.splitlines()
    assert [line.split()[1] for line in lines] == ["network-unavailable"]
    assert total_of_met == total
    assert tt("coverage", "--api", "login", "--met").out.startswith("none was delivered\n0 of ")
    report = json.loads(tt("coverage", *flags, "--met", "--json").out)
    assert [row["name"] for row in report["coverage"]] == ["network-unavailable"]
    assert (report["covered"], report["documented"]) == (1, len(documented))


@pytest.mark.parametrize("verb", ["coverage", "errors"])
def test_an_api_that_there_is_not_is_a_usage_error(
    tt: Callable[..., Any], played: Client, verb: str
) -> None:
    run = tt(verb, "--api", "logn")

    assert (run.code, run.out) == (2, "")
    assert "unknown API 'logn'; did you mean login?" in run.err

"""The fixtures on a server that teams share: the token is all that they are told."""

from collections.abc import Iterator
from typing import Any

import pytest

from plugin.suite import Suite
from tenants import TOKENS, team_server, through_sockets

TESTS = """
@pytest.mark.parametrize("number", [1, 2])
def test_it(tt_emulator, number):
    assert tt_emulator.world.startswith("alpha.") and len(tt_emulator.world) <= 64
    assert save(tt_emulator) == OK
    assert set(tt_emulator.worlds()) == {"alpha.default", tt_emulator.world}
    with tt_emulator.fail("network-unavailable", times=1):
        assert save(tt_emulator)["errorCode"] == 999985
    tt_emulator.assert_called("setUserCloudStorage", 2)

def test_with_a_name_that_is_as_long_as_names_can_be_so_that_some_of_it_has_to_go(tt_emulator):
    assert len(tt_emulator.world) <= 64
    assert save(tt_emulator) == OK
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with team_server(tmp_path_factory.mktemp("teams")) as running:
        yield running


def test_the_tests_of_a_team_have_worlds_of_the_team(
    suite: Suite, shared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TT_EMULATOR_URL", shared.url)
    suite(TESTS, "--tt-emulator-token", TOKENS["alpha"]).assert_outcomes(passed=3)

    monkeypatch.setenv("TT_EMULATOR_TOKEN", TOKENS["alpha"])
    suite(TESTS).assert_outcomes(passed=3)
    left = through_sockets(shared.port)("GET", "/__emulator/v1/worlds", token=TOKENS["alpha"]).json
    assert [world["name"] for world in left["worlds"]] == ["alpha.default"]


def test_without_a_token_they_are_told_what_is_asked_for(suite: Suite, shared: Any) -> None:
    result = suite(TESTS, "--tt-emulator-url", shared.url)

    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines(["E *This server asks for the token of a team.*"])


def test_a_world_that_a_test_names_must_be_the_teams(suite: Suite, shared: Any) -> None:
    named = """
@pytest.fixture
def tt_emulator_world(): return "beta.mine"

def test_it(tt_emulator): pass
"""
    flags = ("--tt-emulator-url", shared.url, "--tt-emulator-token", TOKENS["alpha"])
    result = suite(named, *flags)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*Name a world that begins with alpha.*"])


@pytest.mark.own_server
def test_a_server_of_the_runs_own_takes_no_team_from_a_token(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TT_EMULATOR_TOKEN", TOKENS["alpha"])

    suite("def test_it(tt_emulator): assert '.' not in tt_emulator.world").assert_outcomes(passed=1)

"""The command line in a world of either platform, from one body."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from process import Emulator
from tt_emulator.client import Client
from tt_emulator.platforms import PLATFORMS, load

SAVE = "setUserCloudStorage"
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
Tt = Callable[..., Any]


@pytest.fixture(params=PLATFORMS)
def client(
    request: pytest.FixtureRequest,
    server: Emulator,
    new_world: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Client]:
    """A world of each platform; the command line finds it, and is not told of which it is."""
    monkeypatch.setenv("TT_EMULATOR_URL", server.url)
    monkeypatch.setenv("TT_EMULATOR_WORLD", new_world)
    with Client(server.url, new_world, platform=request.param) as client:
        client.reset([])
        yield client


def other(client: Client) -> str:
    return next(name for name in PLATFORMS if name != client.platform.name)


def coded(client: Client) -> Any:
    """An error of the platform that has a code."""
    rows = load(PLATFORMS[client.platform.name]).catalog.rows(SAVE)
    return next(row for row in rows if row.code is not None)


def test_a_call_is_a_line_with_the_code_of_its_platform(tt: Tt, client: Client) -> None:
    row = coded(client)
    assert tt("fault", "add", row.name, "--api", SAVE).code == 0
    client.call(SAVE, PAIR)

    assert f"({row.code})" in tt("requests").out


def test_a_call_is_verified_by_the_name_of_its_error(tt: Tt, client: Client) -> None:
    row = coded(client)
    client.arm({"error": row.name, "api": SAVE})
    client.call(SAVE, PAIR)

    assert tt("verify", "--api", SAVE, "--error", row.name, "--count", "1").code == 0


def test_coverage_is_that_of_the_platform(tt: Tt, client: Client) -> None:
    client.call(SAVE, PAIR)
    shown = json.loads(tt("coverage", "--cover", "seen", "--json").out)["coverage"]

    counted = load(PLATFORMS[client.platform.name]).catalog.counted("seen")
    assert [(row["api"], row["name"]) for row in shown] == [(r.api, r.name) for r in counted]


def test_errors_are_the_worlds_or_those_that_are_named(tt: Tt, client: Client) -> None:
    def shown(*flags: str) -> list[tuple[str, str]]:
        rows = json.loads(tt("errors", *flags, "--json").out)["errors"]
        return [(row["api"], row["name"]) for row in rows]

    def known(name: str) -> list[tuple[str, str]]:
        return [(row.api, row.name) for row in load(PLATFORMS[name]).catalog.rows()]

    assert shown("--url", client.url) == known(client.platform.name)
    assert shown("--platform", other(client)) == known(other(client))


def test_what_is_armed_is_listed_as_a_scenario_that_can_be_loaded(
    tt: Tt, client: Client, tmp_path: Path
) -> None:
    client.arm({"delay_ms": 1})
    file = tmp_path / "armed.json"
    file.write_text(tt("fault", "list", "--json").out, encoding="utf-8")

    assert tt("fault", "load", str(file)).code == 0


def test_a_scenario_of_another_platform_is_refused_in_words(
    tt: Tt, client: Client, tmp_path: Path
) -> None:
    client.arm({"delay_ms": 1})
    file = tmp_path / "other.json"
    theirs = {"platform": other(client), "faults": [{"delay_ms": 2}]}
    file.write_text(json.dumps(theirs), encoding="utf-8")
    run = tt("fault", "load", str(file))

    assert run.code == 2
    ours = client.platform.name
    assert f"/platform is '{other(client)}', the world is of '{ours}'" in run.err
    assert [fault["delay_ms"] for fault in client.faults()] == [1]


def test_the_platform_comes_from_the_environment_as_well(
    tt: Tt, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, identity in PLATFORMS.items():
        monkeypatch.setenv("TT_EMULATOR_PLATFORM", name)
        rows = json.loads(tt("errors", "--json").out)["errors"]
        assert len(rows) == len(load(identity).catalog.rows())

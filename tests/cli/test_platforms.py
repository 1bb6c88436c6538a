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


def test_each_field_of_a_player_of_the_platform_is_set_by_its_name(tt: Tt, client: Client) -> None:
    for field in client.player_fields():
        name = field["pointer"][1:].replace("/", ".")
        for value in VALUES[field["kind"]](field):
            run = tt("player", "set", "alice", f"{name}={value}")
            assert (run.code, run.err) == (0, "")
            shown = client.player("alice")
            for part in field["pointer"][1:].split("/"):
                shown = shown[part]
            assert value in (shown, json.dumps(shown), ",".join(shown or ()))


VALUES: dict[str, Callable[[Any], list[Any]]] = {
    "choice": lambda field: [state["value"] for state in reversed(field["states"])],
    "text": lambda field: ["123", "[a]"],
    "list": lambda field: ["G1,G2", "G1", ""],
    "json": lambda field: [],
}


def test_fields_in_fields_and_pairs_are_set_as_json_or_with_dots(tt: Tt, client: Client) -> None:
    pairs = '[{"key": "score", "value": "7"}]'
    run = tt("player", "set", "alice", f"KVDataList={pairs}", "friends=bob, carol", "nickname=[1]")

    alice = client.player("alice")
    assert (alice["KVDataList"], alice["friends"]) == (json.loads(pairs), ["bob", "carol"])
    assert run.out.startswith("alice: nickname [1], session valid, network online, KVDataList [{")


def test_a_text_that_may_be_nothing_is_taken_back(tt: Tt, client: Client) -> None:
    texts = [field["pointer"][1:] for field in client.player_fields() if field["kind"] == "text"]
    for name in texts:
        for nothing in ("", "null"):
            tt("player", "set", "alice", f"{name}=G1")
            assert tt("player", "set", "alice", f"{name}={nothing}").code == 0
            assert client.player("alice")[name] is None


def test_a_field_that_the_platform_has_not_is_refused_by_the_server(tt: Tt, client: Client) -> None:
    run = tt("player", "set", "alice", "nickname=Ann", "grups=G1")

    assert run.code == 7
    assert "/grups: unknown field 'grups'; did you mean group" in run.err
    assert client.players() == []


def test_the_list_of_players_tells_what_makes_their_calls_fail(tt: Tt, client: Client) -> None:
    client.put_player("bob")
    failing = [
        f"{field['pointer'][1:].replace('/', '.')}={state['value']}"
        for field in client.player_fields()
        if field["kind"] == "choice" and field["pointer"] not in ("/session", "/network")
        for state in field["states"][-1:]
    ]
    tt("player", "set", "alice", *failing)

    alice, bob = tt("player", "list").out.splitlines()[1:]
    assert alice.endswith(" ".join(failing))
    assert bob.endswith(" -")


@pytest.mark.parametrize(
    "words",
    [
        ("fault", "add", "--delay-ms", "1"),
        ("reset",),
        ("player", "set", "alice", "nickname=Ann"),
        ("settings", "fail_object=errMsg"),
        ("snapshot", "save", "begin"),
        ("verify", "--count", "0"),
    ],
)
def test_what_makes_a_world_can_say_its_platform(
    tt: Tt, client: Client, new_world: str, words: tuple[str, ...]
) -> None:
    client.drop_world()
    assert tt(*words, "--platform", client.platform.name).code == 0

    with Client(client.url, new_world) as unsaid:
        assert unsaid.platform == client.platform


def test_an_error_of_another_platform_is_told_with_it(tt: Tt, client: Client) -> None:
    ours, theirs = client.platform.name, other(client)
    known = {row.name for row in load(PLATFORMS[ours]).catalog.rows()}
    there = load(PLATFORMS[theirs]).catalog.rows(SAVE)
    foreign = next(row.name for row in there if row.name not in known)
    run = tt("fault", "add", foreign)

    assert run.code == 7
    assert f"'{foreign}' is of {theirs}, and this world is of {ours}: " in run.err
    assert f"(--platform {theirs})" in run.err
    run = tt("fault", "add", "no-such-error-anywhere")
    assert "Nothing was armed" in run.err

"""Worlds that servers of another version have written, or may read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from rawhttp import Game
from redis_server import RedisServer
from sharers import Sharer, sharers
from tt_emulator.client import Client
from tt_emulator.errors import Elsewhere, Refused
from tt_emulator.fleet import keys
from tt_emulator.storage.shared import importing

OWN, LOG = keys.own("w"), keys.log("w")
NEWER = keys.SCHEMA + 1
OF_FAULT = {"id": "f1", "seed": 1, "ordinal": 1, "time_ms": 1, "calls_before": {}, "tally": {}}
UNKNOWN = {
    "an effect": ({"kind": "rooms", "number": 1}, "rooms"),
    "a field of an effect": ({"kind": "life", "rooms": 1}, "rooms"),
    "a field of a change": ({"kind": "change", "openid": "ann", "rooms": 1}, "rooms"),
    "a kind of fault": (
        {"kind": "faults", "made": 1, "ordinal": 1, "armed": [OF_FAULT | {"spec": {"wire": "x"}}]},
        "wire",
    ),
}
PLAYERS = [{"openid": f"p-{number}", "nickname": "n" * 20} for number in range(100)]


@pytest.fixture
def team(redis: RedisServer) -> Iterator[list[Sharer]]:
    with sharers(redis) as found:
        yield found


@pytest.fixture
def released(redis: RedisServer, team: list[Sharer]) -> Sharer:
    """A server that may take the world `w`, which nobody has."""
    owner, other = team
    owner.client("w").call("login", {})
    owner.storage._worlds["w"].release()
    return other


def refusal(asked: Sharer) -> Refused:
    with pytest.raises(Refused) as refused:
        asked.client("w").faults()
    return refused.value


def written(redis: RedisServer, effect: dict[str, Any]) -> None:
    """As if another version had written that line."""
    number = int(str(redis.ask("HINCRBY", OWN, "last", 1)))
    redis.ask("XADD", LOG, f"{number}-0", "d", json.dumps([effect], separators=(",", ":")))


@pytest.mark.parametrize("what", UNKNOWN)
def test_what_only_a_newer_version_knows_is_refused_by_name(
    redis: RedisServer, released: Sharer, what: str
) -> None:
    effect, named = UNKNOWN[what]
    written(redis, effect)
    before = redis.ask("XRANGE", LOG, "-", "+")

    told = refusal(released)

    assert told.detail.startswith("The world 'w' cannot be read from Redis: ")
    assert named in told.detail
    assert "Another version may have written it" in told.hint
    assert redis.ask("XRANGE", LOG, "-", "+") == before
    assert redis.ask("HGET", OWN, "owner") == b""  # so that who knows it can have it


def test_a_world_of_a_newer_schema_is_refused_and_others_go_on(
    redis: RedisServer, released: Sharer
) -> None:
    redis.ask("HSET", OWN, "schema", NEWER)

    told = refusal(released)

    assert told.detail == (
        f"The world 'w' was written by a newer version, in schema {NEWER};"
        f" this one reads up to {keys.SCHEMA}."
    )
    another = released.client("another")
    assert another.call("login", {})["errMsg"] == "login:ok"
    listed = {each["name"] for each in another.control("GET", "/v1/worlds")["worlds"]}
    assert {"another", "w"} <= listed  # as its last owner has told of it


def test_a_newer_server_is_asked_for_it(redis: RedisServer, released: Sharer) -> None:
    entry = {"url": "http://new", "version": "9", "schema": NEWER}
    redis.ask("HSET", keys.SERVERS, "new", json.dumps(entry))
    redis.ask("SET", keys.BEATS + "new", 1)
    redis.ask("HSET", OWN, "schema", NEWER)
    released.storage._fleet.look()  # at who has come

    with pytest.raises(Elsewhere) as elsewhere:
        released.storage.open_world("w")

    assert elsewhere.value.url == "http://new"


def imported(sharer: Sharer) -> Client:
    client = sharer.client("w")
    client.control("PUT", "/v1/worlds/w", {"schema": 1, "players": PLAYERS})
    return client


def kinds(redis: RedisServer) -> set[str]:
    """Of the effects in the log."""
    lines: Any = redis.ask("XRANGE", LOG, "-", "+")
    return {effect["kind"] for _, fields in lines for effect in json.loads(fields[b"d"])}


@pytest.mark.parametrize("is_there", [True, False], ids=["beside an older one", "alone"])
def test_a_server_that_reads_no_parts_finds_none(
    redis: RedisServer, team: list[Sharer], monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    monkeypatch.setattr(importing, "PART_BYTES", 500)
    if is_there:
        redis.ask("HSET", keys.SERVERS, "old", json.dumps({"url": "http://old", "version": "0"}))
        redis.ask("SET", keys.BEATS + "old", 1)

    imported(team[0])

    parts = {"import-part", "imported"}
    assert kinds(redis) & parts == (set() if is_there else parts)
    team[1].takes_over("w", team[0])
    assert len(team[1].client("w").control("GET", "/v1/worlds/w")["players"]) == len(PLAYERS)


def test_a_short_import_is_written_as_each_version_reads_it(
    redis: RedisServer, team: list[Sharer]
) -> None:
    imported(team[0])

    assert {"forget-everybody", "change"} <= kinds(redis)
    assert not kinds(redis) & {"import-part", "imported"}


def test_what_a_player_has_of_a_newer_version_goes_on_to_it(
    redis: RedisServer, released: Sharer
) -> None:
    written(redis, {"kind": "change", "openid": "ann", "profile": {"nickname": "A", "rooms": 1}})

    Game(released.port, "w").ask(Game(released.port, "w").post("/tt/login"))

    record = released.storage.open_world("w").get("ann")
    assert record is not None
    assert record.profile == {"nickname": "A", "rooms": 1}

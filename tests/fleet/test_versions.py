"""Servers of several versions: who reads which world."""

import json

import pytest

from fleet.joining import Join
from redis_server import RedisServer
from tt_emulator.errors import Elsewhere
from tt_emulator.fleet import Fleet, Newer, News, keys

NEWER = keys.SCHEMA + 1
OWN = keys.own("w")


def written_by_a_newer(redis: RedisServer) -> None:
    redis.ask("HSET", OWN, "schema", NEWER)


def test_a_world_is_of_the_schema_of_who_has_it(redis: RedisServer, fleet: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    assert redis.ask("HGET", OWN, "schema") == str(keys.SCHEMA).encode()

    redis.ask("DEL", OWN)
    fleet.rewrite("w", mine, {}, None)

    assert redis.ask("HGET", OWN, "schema") == str(keys.SCHEMA).encode()


def test_a_newer_world_is_refused_and_stays_as_it_was(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    fleet.release("w", News(fleet.claim("w", "tt").epoch, 0))
    written_by_a_newer(redis)
    before = redis.ask("HGETALL", OWN)

    with pytest.raises(Newer, match=f"'w' was written by a newer version, in schema {NEWER}"):
        other.claim("w", "tt")

    assert redis.ask("HGETALL", OWN) == before
    assert other.claim("another", "tt").is_new


def test_who_has_a_newer_world_is_asked_for_it(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    fleet.claim("w", "tt")
    written_by_a_newer(redis)

    with pytest.raises(Elsewhere):
        other.claim("w", "tt")


def test_a_world_from_before_schemas_is_taken(redis: RedisServer, fleet: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    redis.ask("HDEL", OWN, "schema")

    assert fleet.claim("w", "tt").epoch == mine.epoch + 1
    assert redis.ask("HGET", OWN, "schema") == str(keys.SCHEMA).encode()


def joined_before_schemas(redis: RedisServer) -> None:
    redis.ask("HSET", keys.SERVERS, "old", json.dumps({"url": "http://old", "version": "0"}))
    redis.ask("SET", keys.BEATS + "old", 1)


def test_who_lives_says_what_all_read(redis: RedisServer, fleet: Fleet, other: Fleet) -> None:
    assert fleet.all_read(keys.SCHEMA)
    assert not fleet.all_read(NEWER)

    joined_before_schemas(redis)
    assert not other.all_read(keys.SCHEMA)
    assert [each.schema for each in other.servers()] == [0, keys.SCHEMA, keys.SCHEMA]

    redis.ask("DEL", keys.BEATS + "old")
    assert other.all_read(keys.SCHEMA)


def test_what_a_newer_server_says_of_itself_beside_is_nobodys_business(
    redis: RedisServer, fleet: Fleet, join: Join
) -> None:
    entry = {"url": "http://new", "version": "9", "schema": NEWER, "rooms": [1]}
    redis.ask("HSET", keys.SERVERS, "new", json.dumps(entry))
    redis.ask("SET", keys.BEATS + "new", 1)

    assert join(redis).is_alive("http://new")
    assert fleet.all_read(keys.SCHEMA)


def test_a_dropped_world_is_an_empty_one_to_who_does_not_know_of_drops(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"])
    fleet.drop("w", mine.epoch)
    left = redis.ask("HMGET", OWN, "owner", "url", "platform", "last", "checkpoint")

    redis.ask("HSET", OWN, "owner", "server-0", "url", "http://gone")
    redis.ask("HINCRBY", OWN, "epoch", 1)  # as it claims it
    redis.ask("HSET", OWN, "last", 1)

    assert left == [b"", b"", b"tt", b"0", b"0"]
    taken = other.claim("w", "tt")
    assert (taken.is_new, taken.last) == (False, 1)

"""What is kept under names comes in parts if it is large: nothing is seen before the last."""

from collections.abc import Callable, Sequence

import pytest

import redis_server
from fleet.joining import Join
from tt_emulator.errors import StorageError
from tt_emulator.fleet import Fenced, Fleet, Forgotten, Full, checkpointing, keeping, keys, reading
from tt_emulator.fleet.link import Replies
from tt_emulator.fleet.packing import Command

RedisServer = redis_server.RedisServer
PARTS = "tt:1:{w}:parts"
OLD, NEW = b"old" * 20, bytes(range(256))
Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PIECE_BYTES", 50)


@pytest.fixture
def epoch(fleet: Fleet) -> int:
    return fleet.claim("w", "tt").epoch


@pytest.fixture
def meanwhile(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Has something done once, when Redis has the third of what is written from now on."""

    def do(act: Callable[[], object]) -> None:
        run, sent = fleet._other.run, list[Sequence[Command]]()

        def run_and_act(commands: Sequence[Command]) -> Replies:
            replies = run(commands)
            sent.append(commands)
            if len(sent) == 3:
                act()
            return replies

        monkeypatch.setattr(fleet._other, "run", run_and_act)
        monkeypatch.setattr(checkpointing, "PIECE_BYTES", 50)

    return do


def put(fleet: Fleet, epoch: int, text: bytes | None, name: bytes = b"s") -> None:
    fleet.put("w", epoch, "snapshot", name, text)


def got(fleet: Fleet, name: bytes = b"s") -> bytes | None:
    return fleet.get("w", "snapshot", name)


def parts(redis: RedisServer) -> list[bytes]:
    found = redis.ask("HVALS", PARTS)
    assert isinstance(found, list)
    return sorted(found)


def in_parts(text: bytes) -> list[bytes]:
    return sorted(text[begin : begin + 50] for begin in range(0, len(text), 50))


def die() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("length", [49, 50, 51, 100, 101, 1000])
def test_it_is_read_as_it_was_kept(fleet: Fleet, epoch: int, length: int) -> None:
    text = bytes(number % 256 for number in range(length))

    put(fleet, epoch, text)

    assert got(fleet) == text
    assert fleet.names("w", "snapshot") == [b"s"]


def test_only_the_last_text_stays(redis: RedisServer, fleet: Fleet, epoch: int) -> None:
    put(fleet, epoch, NEW, b"other")
    for text in (OLD, NEW, b"short", OLD):
        put(fleet, epoch, text)
        assert got(fleet) == text
    assert parts(redis) == sorted([*in_parts(OLD), *in_parts(NEW)])

    put(fleet, epoch, None)

    assert (got(fleet), got(fleet, b"other")) == (None, NEW)
    assert parts(redis) == in_parts(NEW)


def test_what_is_cleared_leaves_no_part(redis: RedisServer, fleet: Fleet, epoch: int) -> None:
    put(fleet, epoch, OLD)
    fleet.put("w", epoch, "scenario", b"s", NEW)

    fleet.clear("w", epoch, "snapshot")

    assert (got(fleet), fleet.get("w", "scenario", b"s")) == (None, NEW)
    assert parts(redis) == in_parts(NEW)
    fleet.drop("w", epoch)
    assert redis.ask("KEYS", "tt:1:{w}:*") == [keys.dropped("w").encode()]


def test_of_a_text_that_is_half_written_nothing_is_seen(
    redis: RedisServer, fleet: Fleet, epoch: int, meanwhile: Meanwhile
) -> None:
    put(fleet, epoch, OLD)
    seen: list[object] = []
    meanwhile(lambda: seen.extend([got(fleet), fleet.names("w", "snapshot"), len(parts(redis))]))

    put(fleet, epoch, NEW)

    assert seen == [OLD, [b"s"], 2 + 3]
    assert (got(fleet), parts(redis)) == (NEW, in_parts(NEW))


def test_what_an_owner_that_died_has_begun_goes_with_the_next_checkpoint(
    redis: RedisServer, fleet: Fleet, other: Fleet, epoch: int, meanwhile: Meanwhile
) -> None:
    put(fleet, epoch, OLD)
    meanwhile(die)
    with pytest.raises(KeyboardInterrupt):
        put(fleet, epoch, NEW)
    assert len(parts(redis)) > len(in_parts(OLD))

    theirs = other.claim("w", "tt", suspect="server-1").epoch
    assert got(other) == OLD
    other.checkpoint("w", theirs, 0, {}, None)

    assert (got(other), parts(redis)) == (OLD, in_parts(OLD))


def test_what_was_begun_goes_with_the_next_text(
    redis: RedisServer, fleet: Fleet, epoch: int, meanwhile: Meanwhile
) -> None:
    meanwhile(die)
    with pytest.raises(KeyboardInterrupt):
        put(fleet, epoch, NEW)

    put(fleet, epoch, OLD)

    assert (got(fleet), parts(redis)) == (OLD, in_parts(OLD))


def test_who_loses_the_world_between_two_parts_keeps_nothing(
    redis: RedisServer, fleet: Fleet, other: Fleet, epoch: int, meanwhile: Meanwhile
) -> None:
    put(fleet, epoch, OLD)
    taken: list[int] = []
    meanwhile(lambda: taken.append(other.claim("w", "tt", suspect="server-1").epoch))

    with pytest.raises(Fenced):
        put(fleet, epoch, NEW)

    assert got(other) == OLD
    put(other, taken[0], b"short")
    other.checkpoint("w", taken[0], 0, {}, None)
    assert (got(other), parts(redis)) == (b"short", [])


@pytest.mark.parametrize("lost", [("FLUSHALL",), ("DEL", PARTS)])
def test_of_a_text_whose_parts_redis_forgets_nothing_is_kept(
    redis: RedisServer, fleet: Fleet, epoch: int, meanwhile: Meanwhile, lost: tuple[str, ...]
) -> None:
    meanwhile(lambda: redis.ask(*lost))

    with pytest.raises(Forgotten):
        put(fleet, epoch, NEW)

    assert got(fleet) is None


def test_a_redis_that_becomes_full_between_two_parts_has_none_of_them(
    join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpointing, "PIECE_BYTES", 50)
    with redis_server.redis_server() as full:
        full.ask("SET", "tt:1:marker", "1")
        fleet = join(full)
        epoch = fleet.claim("w", "tt").epoch
        put(fleet, epoch, OLD)
        run = fleet._other.run

        def fill(commands: Sequence[Command]) -> Replies:
            replies = run(commands)
            full.ask("CONFIG", "SET", "maxmemory", 1)
            return replies

        fleet._other.run = fill  # type: ignore[method-assign]
        with pytest.raises(Full):
            put(fleet, epoch, NEW)
        fleet._other.run = run  # type: ignore[method-assign]

        assert (got(fleet), parts(full)) == (OLD, in_parts(OLD))


def test_parts_that_come_late_change_nothing(
    redis: RedisServer, fleet: Fleet, epoch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[Sequence[Command]] = []
    run = fleet._other.run
    monkeypatch.setattr(fleet._other, "run", lambda group: [late.append(group), run(group)][1])
    put(fleet, epoch, OLD)
    put(fleet, epoch, NEW)

    for group in late[:2]:
        run(group)

    assert (got(fleet), parts(redis)) == (NEW, in_parts(NEW))


def test_who_reads_while_another_text_comes_has_one_of_them(
    fleet: Fleet, epoch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(fleet, epoch, OLD)
    run, asked = fleet._other.run, list[Sequence[Command]]()

    def run_and_put(commands: Sequence[Command]) -> Replies:
        replies = run(commands)
        asked.append(commands)
        if len(asked) == 1:  # it has just heard where the old one is
            put(fleet, epoch, NEW)
        return replies

    monkeypatch.setattr(fleet._other, "run", run_and_put)

    assert got(fleet) == NEW


def test_a_text_that_has_lost_a_part_is_not_read(
    redis: RedisServer, fleet: Fleet, epoch: int
) -> None:
    put(fleet, epoch, NEW)
    redis.ask("DEL", PARTS)

    with pytest.raises(StorageError, match="lost a part"):
        got(fleet)


def test_no_command_and_no_reply_is_much_longer_than_a_part(
    fleet: Fleet, epoch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PIECE_BYTES", 100_000)
    monkeypatch.setattr(checkpointing, "PIECE_BYTES", 100_000)
    monkeypatch.setattr(reading, "PART_BYTES", 100_000)
    sizes: list[int] = []
    run = fleet._other.run

    def measured(commands: Sequence[Command]) -> Replies:
        replies = run(commands)
        sizes.append(len(str(commands)))
        sizes.extend(len(str(reply)) for reply in replies)
        return replies

    lines = [b"l" * 60_000] * 30
    for begin in range(0, 30, 2):
        fleet.append("w", epoch, begin, lines[begin : begin + 2])
    monkeypatch.setattr(fleet._other, "run", measured)
    put(fleet, epoch, b"t" * 2_000_000)
    assert got(fleet) == b"t" * 2_000_000
    assert len(fleet.read("w").lines) == 30
    players: dict[bytes, bytes | None] = {b"%d" % n: b"p" * 20_000 for n in range(300)}
    fleet.checkpoint("w", epoch, 30, players, b"l" * 2_000_000)
    found = fleet.read("w")

    assert (found.players, found.life) == (players, b"l" * 2_000_000)
    assert 100_000 < max(sizes) < 400_000


def test_a_server_that_finds_no_parts_finds_the_whole(
    redis: RedisServer, fleet: Fleet, epoch: int
) -> None:
    redis.ask("HSET", keys.SERVERS, "old", '{"url": "http://old", "version": "0"}')
    redis.ask("SET", keys.BEATS + "old", 1)

    put(fleet, epoch, NEW)

    assert redis.ask("HVALS", keys.kept("w")) == [NEW]
    assert parts(redis) == []
    assert got(fleet) == NEW


def test_what_a_server_that_knows_no_parts_kept_since_is_what_is_there(
    redis: RedisServer, fleet: Fleet, epoch: int
) -> None:
    put(fleet, epoch, NEW)

    redis.ask("HSET", keys.kept("w"), keys.kept_field("snapshot", b"s"), OLD)

    assert got(fleet) == OLD

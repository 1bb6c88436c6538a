"""The log of a world, and the image that is made of it."""

import threading
from functools import partial
from select import select

import pytest

import redis_server
from fleet.joining import Join
from tt_emulator.errors import StorageError
from tt_emulator.fleet import Appending, Claim, Fenced, Fleet, Forgotten, Full, News, Stored
from tt_emulator.fleet.scripts import LIFE_PIECE, PIECE, SEAL, Command

RedisServer = redis_server.RedisServer


def test_lines_are_read_in_their_order(redis: RedisServer, fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch

    fleet.append("w", epoch, 0, [b"one"])
    fleet.append("w", epoch, 1, [b"\x00two\r\n", "三".encode()])
    fleet.append("w", epoch, 3, [])

    lines = [(1, b"one"), (2, b"\x00two\r\n"), (3, "三".encode())]
    assert fleet.read("w") == Stored(0, {}, None, lines)
    assert fleet.claim("w", "tt").last == 3
    assert redis.ask("XRANGE", "tt:1:{w}:log", "-", "+")[0] == (b"1-0", {b"d": b"one"})


def test_a_repeated_append_counts_once(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch

    fleet.append("w", epoch, 0, [b"one", b"two"])
    fleet.append("w", epoch, 0, [b"one", b"two"])
    fleet.append("w", epoch, 1, [b"two", b"three"])
    fleet.append("w", epoch, 0, [b"one"])

    assert fleet.read("w").lines == [(1, b"one"), (2, b"two"), (3, b"three")]


@pytest.mark.parametrize(
    ("before", "lines"), [(0, [b"one", b"other"]), (0, [b"other"]), (1, [b"other", b"three"])]
)
def test_what_was_written_is_not_written_otherwise(
    fleet: Fleet, before: int, lines: list[bytes]
) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one", b"two"])

    with pytest.raises(Fenced):
        fleet.append("w", epoch, before, lines)

    assert fleet.read("w").lines == [(1, b"one"), (2, b"two")]


def test_a_log_without_its_end_is_noticed(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch

    with pytest.raises(Forgotten):
        fleet.append("w", epoch, 1, [b"two"])

    assert fleet.read("w").lines == []


def outcome(appending: Appending) -> type[Exception] | None:
    try:
        appending.finish()
    except Exception as error:
        return type(error)
    return None


def test_several_worlds_are_written_at_once(fleet: Fleet, other: Fleet) -> None:
    epochs = {name: fleet.claim(name, "tt").epoch for name in "abc"}
    other.claim("b", "tt", suspect="server-1")

    under_way = [
        fleet.begin_append(name, epochs[name], before, [b"one"], lambda: None)
        for name, before in (("a", 0), ("b", 0), ("c", 7))
    ]

    assert [outcome(each) for each in reversed(under_way)] == [Forgotten, Fenced, None]
    assert fleet.read("a").lines == [(1, b"one")]


def test_what_has_begun_is_heard_without_waiting(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch

    appending = fleet.begin_append("w", epoch, 0, [b"one"], lambda: None)

    assert appending.ear is not None
    assert select([appending.ear], [], [], 20)[0]
    appending.finish()
    assert fleet.read("w").lines == [(1, b"one")]


def test_who_has_begun_is_woken_if_another_thread_reads_what_came_of_it(fleet: Fleet) -> None:
    epochs = {name: fleet.claim(name, "tt").epoch for name in "ab"}
    woken: list[str] = []
    first, second = (
        fleet.begin_append(name, epochs[name], 0, [b"one"], partial(woken.append, name))
        for name in "ab"
    )

    second.finish()

    assert woken == ["a"]
    first.finish()
    assert fleet.read("a").lines == [(1, b"one")]
    assert woken == ["a"]
    assert first.ear == second.ear is not None


def test_a_checkpoint_takes_the_place_of_its_lines(redis: RedisServer, fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"%d" % number for number in range(1, 11)])

    fleet.checkpoint("w", epoch, 6, {b"p": b"1", b"q": b"2", b"": b"3"}, b"life", keep=2)

    lines = [(number, b"%d" % number) for number in range(7, 11)]
    assert fleet.read("w") == Stored(6, {b"p": b"1", b"q": b"2", b"": b"3"}, b"life", lines)
    assert redis.ask("XLEN", "tt:1:{w}:log") == 6

    fleet.checkpoint("w", epoch, 10, {b"p": b"4", b"q": None, b"r": None}, None, keep=1_000)

    assert fleet.read("w") == Stored(10, {b"p": b"4", b"": b"3"}, None, [])
    assert redis.ask("XLEN", "tt:1:{w}:log") == 6
    fleet.append("w", epoch, 10, [b"11"])
    assert fleet.read("w").lines == [(11, b"11")]


def test_a_checkpoint_done_twice_is_as_one(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one", b"two"])

    for _ in range(2):
        fleet.checkpoint("w", epoch, 2, {b"p": b"1"}, b"life")

    assert fleet.read("w") == Stored(2, {b"p": b"1"}, b"life", [])


def test_no_checkpoint_goes_back_or_ahead(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one", b"two"])
    fleet.checkpoint("w", epoch, 2, {}, b"new")

    with pytest.raises(StorageError):
        fleet.checkpoint("w", epoch, 1, {}, b"old")
    with pytest.raises(Forgotten):  # Redis has lost the lines that are in it
        fleet.checkpoint("w", epoch, 3, {}, b"ahead")

    assert fleet.read("w") == Stored(2, {}, b"new", [])


def test_a_large_world_comes_in_pieces(
    redis: RedisServer, fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"%d" % number for number in range(2_500)])
    players: dict[bytes, bytes | None] = {b"%d" % n: b"%d" % n * 300 for n in range(5_000)}
    life = bytes(range(256)) * 10_000
    sent: list[list[Command]] = []
    run = fleet._other.run
    monkeypatch.setattr(fleet._other, "run", lambda group: [sent.append(group), run(group)][1])

    fleet.checkpoint("w", epoch, 100, players, life)

    of_script = [[command[1] for command in group] for group in sent]
    assert sum(len(group) for group in sent) == 6 + 3 + 1
    assert of_script[0] == [PIECE.sha]
    assert of_script[-1][-1] == SEAL.sha
    assert {sha for group in of_script for sha in group} == {PIECE.sha, LIFE_PIECE.sha, SEAL.sha}
    assert max(sum(len(str(part)) for part in command) for g in sent for command in g) < 4_200_000
    found = fleet.read("w")
    assert (found.players, found.life) == (players, life)
    assert [number for number, _ in found.lines] == list(range(101, 2_501))


def test_pieces_that_come_late_change_nothing(fleet: Fleet) -> None:
    """As those of a connection that was given up, when the network brings them after all."""
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one"])
    late: list[list[Command]] = []
    run = fleet._other.run
    fleet._other.run = lambda group: [late.append(group), run(group)][1]  # type: ignore[method-assign]
    fleet.checkpoint("w", epoch, 1, {b"p": b"old", b"q": b"old"}, b"old")
    fleet.put("w", epoch, "snapshot", b"s", b"old")
    fleet.clear("w", epoch, "snapshot")
    fleet._other.run = run  # type: ignore[method-assign]
    fleet.put("w", epoch, "snapshot", b"s", b"new")
    fleet.checkpoint("w", epoch, 1, {b"p": b"new", b"q": None}, b"new")

    for group in late:
        run(group)

    assert fleet.read("w") == Stored(1, {b"p": b"new"}, b"new", [])
    assert fleet.get("w", "snapshot", b"s") == b"new"


def test_a_life_with_a_hole_is_not_taken(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    keys = ("tt:1:{w}:own", "tt:1:{w}:life-coming")

    replies = fleet._other.run(
        [LIFE_PIECE.command(keys, epoch, 1, 0, b"abc"), LIFE_PIECE.command(keys, epoch, 1, 4, b"e")]
    )

    assert replies == [0, 3]


def test_what_is_kept_under_names(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.put("w", epoch, "snapshot", b"b", b"text\x00")
    fleet.put("w", epoch, "snapshot", "名:字".encode(), b"")
    fleet.put("w", epoch, "scenario", b"b", b"other")

    assert fleet.names("w", "snapshot") == [b"b", "名:字".encode()]
    assert fleet.get("w", "snapshot", b"b") == b"text\x00"
    assert fleet.get("w", "snapshot", "名:字".encode()) == b""
    assert fleet.get("w", "scenario", b"a") is None
    assert fleet.get("never", "scenario", b"a") is None

    fleet.put("w", epoch, "snapshot", b"b", None)
    assert fleet.names("w", "snapshot") == ["名:字".encode()]
    fleet.clear("w", epoch, "snapshot")
    fleet.clear("w", epoch, "snapshot")
    assert fleet.names("w", "snapshot") == []
    assert fleet.names("w", "scenario") == [b"b"]


def test_all_writes_of_a_former_owner_are_fenced(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"])
    fleet.put("w", mine.epoch, "snapshot", b"s", b"text")
    theirs = other.claim("w", "tt", suspect="server-1")

    for write in (
        lambda: fleet.append("w", mine.epoch, 1, [b"two"]),
        lambda: fleet.checkpoint("w", mine.epoch, 1, {b"p": b"1"}, b"life"),
        lambda: fleet.checkpoint("w", mine.epoch, 1, {}, None),
        lambda: fleet.rewrite("w", Claim(mine.epoch, 1, "tt", False), {b"p": b"1"}, None),
        lambda: fleet.put("w", mine.epoch, "snapshot", b"s", b"other"),
        lambda: fleet.put("w", mine.epoch, "snapshot", b"s", None),
        lambda: fleet.clear("w", mine.epoch, "snapshot"),
        lambda: fleet.release("w", News(mine.epoch, 0)),
        lambda: fleet.drop("w", mine.epoch),
    ):
        with pytest.raises(Fenced):
            write()

    assert other.read("w") == Stored(0, {}, None, [(1, b"one")])
    assert other.get("w", "snapshot", b"s") == b"text"
    other.append("w", theirs.epoch, theirs.last, [b"two"])


def test_a_log_that_lacks_a_line_is_not_played(redis: RedisServer, fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one", b"two", b"three"])
    redis.ask("XDEL", "tt:1:{w}:log", "2-0")

    with pytest.raises(StorageError, match="Lines are missing"):
        fleet.read("w")


def test_a_full_redis_writes_nothing(join: Join) -> None:
    with redis_server.redis_server() as full:
        full.ask("SET", "tt:1:marker", "1")
        fleet = join(full)
        epoch = fleet.claim("w", "tt").epoch
        fleet.append("w", epoch, 0, [b"one"])
        fleet.put("w", epoch, "snapshot", b"s", b"text")
        full.ask("CONFIG", "SET", "maxmemory", 1)

        with pytest.raises(Full):
            fleet.append("w", epoch, 1, [b"two"] * 16)
        with pytest.raises(Full):
            fleet.checkpoint("w", epoch, 1, {b"p": b"1"}, b"life")
        with pytest.raises(Full):
            fleet.checkpoint("w", epoch, 1, {b"p": b"1"}, None)
        with pytest.raises(Full):
            fleet.put("w", epoch, "snapshot", b"s", b"other")
        with pytest.raises(Full):
            fleet.claim("more", "tt")
        assert fleet.trouble() is None

        fleet.put("w", epoch, "snapshot", b"s", None)  # what frees memory goes on
        assert fleet.read("w") == Stored(0, {}, None, [(1, b"one")])
        full.ask("CONFIG", "SET", "maxmemory", 0)
        fleet.append("w", epoch, 1, [b"two"])
        full.ask("CONFIG", "SET", "maxmemory", 1)
        fleet.drop("w", epoch)
        assert fleet.worlds() == []


def test_threads_share_a_fleet(fleet: Fleet) -> None:
    failures: list[Exception] = []

    def write(world: str) -> None:
        try:
            epoch = fleet.claim(world, "tt").epoch
            for number in range(50):
                fleet.append(world, epoch, number, [b"%d" % number])
                fleet.put(world, epoch, "snapshot", b"s", b"%d" % number)
                fleet.checkpoint(world, epoch, number + 1, {b"p": b"%d" % number}, None)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert fleet.read("w3") == Stored(50, {b"p": b"49"}, None, [])

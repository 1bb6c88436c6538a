"""Nothing that runs on an event loop waits for Redis."""

import asyncio
from collections.abc import Callable
from threading import Thread

import pytest

from fleet.joining import Join
from redis_server import RedisServer
from tt_emulator.errors import WouldWait
from tt_emulator.fleet import Fleet
from tt_emulator.fleet.link import UNREAD_BYTES


def on_a_loop(act: Callable[[], object]) -> object:
    async def acting() -> object:
        return act()

    return asyncio.run(acting())


def in_a_thread(act: Callable[[], object]) -> None:
    thread = Thread(target=act)
    thread.start()
    thread.join()


@pytest.mark.parametrize(
    "act",
    [
        lambda fleet, _: fleet.claim("new", "tt"),
        lambda fleet, _: fleet.read("w"),
        lambda fleet, epoch: fleet.append("w", epoch, 0, [b"one"]),
        lambda fleet, epoch: fleet.checkpoint("w", epoch, 0, {}, None),
        lambda fleet, epoch: fleet.put("w", epoch, "snapshot", b"s", b"text"),
        lambda fleet, _: fleet.get("w", "snapshot", b"s"),
        lambda fleet, _: fleet.worlds(),
        lambda fleet, _: fleet.owner("w"),
        lambda fleet, epoch: fleet.lost_worlds({"w": epoch}),
    ],
)
def test_what_would_wait_is_for_a_thread_to_do(
    fleet: Fleet, act: Callable[[Fleet, int], object]
) -> None:
    epoch = fleet.claim("w", "tt").epoch

    with pytest.raises(WouldWait):
        on_a_loop(lambda: act(fleet, epoch))

    act(fleet, epoch)


def test_lines_begin_on_a_loop_without_a_connection(own_redis: RedisServer, join: Join) -> None:
    fleet = join(own_redis)
    epoch = fleet.claim("w", "tt").epoch
    own_redis.kill()

    def begin() -> None:
        for number in range(2):  # it is the first that finds out
            appending = fleet.begin_append("w", epoch, 0, [b"one"], lambda: None)
            while appending.ear is not None and not appending.is_known():
                pass
            assert (number, appending.ear, appending.is_known()) == (number, None, False)
            with pytest.raises(WouldWait):
                appending.finish()
            begun.append(appending)

    begun: list[object] = []
    on_a_loop(begin)
    own_redis.start()
    last = begun[-1]
    in_a_thread(last.wait)  # type: ignore[attr-defined]

    assert on_a_loop(last.is_known)  # type: ignore[attr-defined]
    on_a_loop(last.finish)  # type: ignore[attr-defined]
    assert fleet.read("w").lines == [(1, b"one")]


def test_much_that_nobody_may_read_is_sent_by_who_waits(fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    long = b"l" * UNREAD_BYTES

    appending = fleet.begin_append("w", epoch, 0, [long], lambda: None)
    assert appending.ear is None
    later = fleet.begin_append("w", epoch, 1, [b"two"], lambda: None)
    later.finish()

    assert appending.is_known()
    assert fleet.read("w").lines == [(1, long), (2, b"two")]


def test_who_comes_after_a_large_turn_waits_for_it_aside_as_well(fleet: Fleet) -> None:
    epochs = [fleet.claim(world, "tt").epoch for world in ("a", "b")]
    lines = [b"l" * (UNREAD_BYTES + 1), b"two"]

    def begin() -> list[object]:
        begun = zip("ab", epochs, lines, strict=True)
        return [fleet.begin_append(name, at, 0, [line], list) for name, at, line in begun]

    large, small = on_a_loop(begin)  # type: ignore[misc]

    assert (large.ear, small.ear) == (None, None)  # neither is sent
    in_a_thread(small.wait)
    assert on_a_loop(lambda: (large.is_known(), small.is_known())) == (True, True)

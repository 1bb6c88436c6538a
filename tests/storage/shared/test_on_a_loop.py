"""An event loop waits for no world that somebody else has, or of which nobody knows how it is."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TypeVar

import pytest

from fleet.joining import reach
from redis_server import RedisServer
from storage.shared.conftest import Take, opened
from storage.shared.counting import Counting, put, score
from tt_emulator.errors import StorageError, WouldWait
from tt_emulator.fleet import Away, outage
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

T = TypeVar("T")


def on_a_loop(act: Callable[[], T]) -> T:
    async def acting() -> T:
        return act()

    return asyncio.run(acting())


@contextmanager
def held(store: SharedWorld) -> Iterator[None]:
    """Another thread has the world meanwhile."""
    has, over = Event(), Event()

    def hold() -> None:
        with store.lock:
            has.set()
            over.wait()

    holding = Thread(target=hold)
    holding.start()
    has.wait()
    yield
    over.set()
    holding.join()


def saves(store: SharedWorld, value: str) -> None:
    store.begin()
    store.commit("ann", put(value))
    store.end()


def test_a_world_that_somebody_has_is_not_waited_for(store: SharedWorld) -> None:
    for enter in (store.begin, store.go_on):
        with held(store), pytest.raises(WouldWait):
            on_a_loop(enter)

    on_a_loop(lambda: saves(store, "1"))
    settle = store.unsettled
    assert settle is not None
    assert settle.begin is not None
    with held(store), pytest.raises(WouldWait):
        on_a_loop(lambda: settle.begin(list))
    assert store.unsettled is settle
    settle.settle()
    assert (settle.refused, score(store, "ann")) == (None, "1")


def test_a_look_is_for_a_thread(store: SharedWorld) -> None:
    with pytest.raises(WouldWait):
        on_a_loop(store.deed.__enter__)

    with store.deed:
        assert store._gate.depth == 1


def test_after_an_outage_it_is_asked_in_a_thread_how_the_world_is(
    share_own: Callable[[], SharedStorage],
    own_redis: RedisServer,
    take: Take,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.3)
    storage = share_own()
    store = opened(storage)
    store.commit("ann", put("0"))
    own_redis.kill()
    with pytest.raises(Away):
        store.commit("ann", put("1"))
    monkeypatch.setattr(outage, "HOPELESS_S", 600)
    with pytest.raises(Away):
        storage._fleet.worlds()
    with pytest.raises(Away):  # at once, as it was tried a moment ago
        on_a_loop(store.begin)
    storage._fleet._outage._hopeless_until_s = 0
    own_redis.start()
    with pytest.raises(WouldWait):
        on_a_loop(store.begin)

    reach(storage._fleet)
    saves(store, "2")
    on_a_loop(lambda: saves(store, "3"))
    store.settle()
    assert score(take(share_own(), storage), "ann") == "3"


def test_what_cannot_be_stored_is_undone_before_anybody_goes_on(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    Counting(store)
    store.commit("ann", put("0"))
    on_a_loop(lambda: saves(store, "1"))
    with pytest.raises(StorageError):
        on_a_loop(lambda: saves(store, "\ud800"))
    for enter in (store.begin, store.go_on):
        with pytest.raises(WouldWait):
            on_a_loop(enter)

    store.begin()
    found = score(store, "ann")
    store.end()

    assert found == "1"
    assert score(take(other, first), "ann") == "1"


def test_a_world_is_opened_in_a_thread(first: SharedStorage, other: SharedStorage) -> None:
    with pytest.raises(WouldWait):
        on_a_loop(lambda: first.before_opening("new"))

    first.open_world("new")
    first.before_opening("new")

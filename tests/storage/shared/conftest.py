from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count

import pytest

from redis_server import RedisServer
from tt_emulator.errors import Elsewhere
from tt_emulator.fleet import Fleet
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

Take = Callable[[SharedStorage, SharedStorage], SharedWorld]

WORLD = "w"


@pytest.fixture
def first(share: Callable[[], SharedStorage]) -> SharedStorage:
    return share()


@pytest.fixture
def other(first: SharedStorage, share: Callable[[], SharedStorage]) -> SharedStorage:
    return share()


@pytest.fixture
def store(first: SharedStorage) -> SharedWorld:
    """A world of the first server's."""
    return opened(first)


@pytest.fixture
def take() -> Take:
    """Has the one take the world over from the other, as if that did not answer."""

    def take_over(taker: SharedStorage, owner: SharedStorage) -> SharedWorld:
        taker._look_once()  # at what it had before
        taker.lost(Elsewhere(owner.me, WORLD))
        return opened(taker)

    return take_over


def opened(storage: SharedStorage) -> SharedWorld:
    store = storage.open_world(WORLD)
    assert isinstance(store, SharedWorld)
    return store


@pytest.fixture
def share_own(own_redis: RedisServer) -> Iterator[Callable[[], SharedStorage]]:
    """As `share`, by the Redis that may be killed."""
    numbers = count(1)
    with ExitStack() as closing:

        def one() -> SharedStorage:
            url = f"http://server-{next(numbers)}"
            fleet = Fleet(own_redis.url, instance=url, version="1")
            closing.callback(fleet.close)
            fleet.join(url, {})
            storage = SharedStorage(fleet, url)
            closing.callback(storage.close)
            return storage

        yield one

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count

import pytest

from fleet.joining import Join
from redis_server import RedisServer
from tt_emulator.fleet import Fleet


@pytest.fixture
def join() -> Iterator[Join]:
    """Servers of one team: `join(redis)` makes the next."""
    ids = count(1)
    with ExitStack() as closing:

        def one(server: RedisServer, **agreed: str) -> Fleet:
            number = next(ids)
            fleet = Fleet(server.url, instance=f"server-{number}", version="1")
            closing.callback(fleet.close)
            fleet.join(f"http://server-{number}", agreed)
            return fleet

        yield one


@pytest.fixture
def fleet(redis: RedisServer, join: Join) -> Fleet:
    return join(redis)


@pytest.fixture
def other(redis: RedisServer, fleet: Fleet, join: Join) -> Fleet:
    """A second server."""
    return join(redis)

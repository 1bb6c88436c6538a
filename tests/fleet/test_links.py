from collections.abc import Iterator
from threading import Thread

import pytest

from redis_server import RedisServer
from tt_emulator.fleet import Away
from tt_emulator.fleet.connecting import Address
from tt_emulator.fleet.link import Link
from tt_emulator.fleet.links import Links
from tt_emulator.fleet.outage import Outage

WAITS = ("BLPOP", "list", 0)


class Made:
    """What makes links, and those that it has made."""

    def __init__(self, redis: RedisServer) -> None:
        self.links: list[Link] = []
        self._address, self._outage = Address(redis.url), Outage("there")

    def __call__(self) -> Link:
        self.links.append(Link(self._address.connection(), self._outage))
        return self.links[-1]


@pytest.fixture
def made(redis: RedisServer) -> Made:
    return Made(redis)


@pytest.fixture
def links(made: Made) -> Iterator[Links]:
    links = Links(made)
    yield links
    links.close()


def blocked_clients(redis: RedisServer) -> int:
    with redis.client() as client:
        return int(client.info("clients")["blocked_clients"])


def test_what_takes_long_keeps_nobody_from_asking(redis: RedisServer, links: Links) -> None:
    popped: list[object] = []
    waiting = Thread(target=lambda: popped.extend(links.run([WAITS])))
    waiting.start()
    while not blocked_clients(redis):
        pass

    assert links.run([("PING",)]) == [b"PONG"]
    assert not popped
    redis.ask("RPUSH", "list", "1")
    waiting.join()
    assert popped == [[b"list", b"1"]]


def test_who_comes_one_after_the_other_shares_a_connection(made: Made, links: Links) -> None:
    for _ in range(3):
        assert links.run([("PING",)]) == [b"PONG"]

    assert len(made.links) == 1


def test_a_link_is_free_again_after_an_error(made: Made, links: Links) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), links.one():
            raise ZeroDivisionError

    assert len(made.links) == 1


def test_nothing_is_sent_once_they_are_closed(links: Links) -> None:
    with links.one():
        links.close()
        with pytest.raises(Away):
            links.run([("PING",)])
    with pytest.raises(Away):
        links.run([("PING",)])

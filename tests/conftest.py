import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest
from hypothesis import settings

import shared_servers
from harness import Bench
from process import Emulator
from redis_server import RedisServer, redis_server
from shared_servers import KINDS, NewWorld, new_name
from tt_emulator.faults.views import Fault
from tt_emulator.fleet import Fleet
from tt_emulator.pytest_plugin.server import Server, attached
from tt_emulator.storage.shared.shared_storage import SharedStorage

pytest_plugins = ["pytester"]

os.environ["TT_EMULATOR_LANG"] = "en"  # whatever language the machine speaks

# a shell that runs the tests in the background ignores Ctrl-C for them and for all that they start
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# a deadline measures the machine, not the code
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected: where the recursion is at its limit finalizers cannot run, and those
    of other tests' objects would be reported here.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def arm(bench: Bench) -> Callable[..., Fault]:
    def arm_one(**fields: Any) -> Fault:
        return bench.world.faults.arm(fields)[0]

    return arm_one


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--servers",
        choices=KINDS,
        default="one",
        help="which server most tests ask: one alone, or one of two that share their worlds",
    )


_NOT_ASKED = {"other": ("own_figures",), "turns": ("no_balancer", "own_figures")}
"""Markers of the tests that `--servers` of that kind leaves to `owner`."""


def pytest_configure(config: pytest.Config) -> None:
    shared_servers.choose(config.getoption("--servers"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in _NOT_ASKED.get(item.config.getoption("--servers"), ()):
        if item.get_closest_marker(marker) is not None:
            pytest.skip("about one server, of which it asks the address, process or figures")


@pytest.fixture(scope="session")
def serving_worlds() -> Iterator[tuple[Emulator, NewWorld]]:
    with shared_servers.serving() as found:
        yield found


@pytest.fixture(scope="session")
def server(serving_worlds: tuple[Emulator, NewWorld]) -> Emulator:
    """One real emulator for all tests of a run; take a world of your own by `new_world`."""
    return serving_worlds[0]


@pytest.fixture
def new_world(request: pytest.FixtureRequest, serving_worlds: tuple[Emulator, NewWorld]) -> str:
    """A world for this test. With `--servers other` the other server has it, and nobody where the
    test is about a world that is not there: `unused_world`.
    """
    unused = request.node.get_closest_marker("unused_world")
    return new_name() if unused else serving_worlds[1]()


@pytest.fixture(scope="session")
def tt_emulator_server(request: pytest.FixtureRequest) -> Server:
    """That of the plugin: a server of its own, or where others share worlds, these."""
    if request.config.getoption("--servers") == "one":
        own: Server = request.getfixturevalue("tt_emulator_server")
        return own
    return attached(request.getfixturevalue("server").url, None)


@pytest.fixture(scope="session")
def shared_redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        server.ask("SET", "tt:1:marker", "1")  # nobody waits for what nobody has
        yield server


@pytest.fixture
def redis(shared_redis: RedisServer) -> RedisServer:
    """One Redis for all tests of a run, emptied but for the marker."""
    shared_redis.ask("FLUSHALL")
    shared_redis.ask("SET", "tt:1:marker", "1")
    return shared_redis


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A Redis that the test may kill."""
    with redis_server() as server:
        server.ask("SET", "tt:1:marker", "1")  # as above
        yield server


@pytest.fixture
def share(redis: RedisServer) -> Iterator[Callable[[], SharedStorage]]:
    """Opens what the next server has of the worlds that all of them share."""
    with ExitStack() as closing:
        numbers = count(1)

        def one() -> SharedStorage:
            number = next(numbers)
            fleet = Fleet(redis.url, instance=f"server-{number}", version="1")
            closing.callback(fleet.close)
            url = f"http://server-{number}"
            fleet.join(url, {})
            storage = SharedStorage(fleet, url)
            closing.callback(storage.close)
            return storage

        yield one

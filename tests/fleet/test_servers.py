"""Which servers there are, and which Redis may join them."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from fleet.joining import Join
from redis_server import RedisServer
from tt_emulator.errors import SettingsError, StorageError
from tt_emulator.fleet import Fleet, Server, heartbeat, outage

ROOM_S = 20


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hearts that beat a hundred times as fast."""
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.01)


def until(true: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(ROOM_S * 100):
        if true():
            return
        waiting.wait(0.01)
    raise AssertionError("it has not come to that")


@pytest.mark.usefixtures("fast")
def test_servers_know_each_other(fleet: Fleet, other: Fleet) -> None:
    until(lambda: fleet.is_alive("http://server-2"))
    both = [Server("http://server-1", "1", True), Server("http://server-2", "1", True)]
    assert fleet.servers() == other.servers() == both
    assert not fleet.is_alive("http://server-3")

    other.leave()

    until(lambda: fleet.servers() == both[:1])
    assert not fleet.is_alive("http://server-2")


@pytest.mark.usefixtures("fast")
def test_a_server_that_died_is_known_as_dead(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    other.close()
    redis.ask("PEXPIRE", "tt:1:beat:server-2", 0)

    until(lambda: Server("http://server-2", "1", False) in fleet.servers())
    assert not fleet.is_alive("http://server-2")


@pytest.mark.usefixtures("fast")
def test_a_server_that_comes_back_is_one(redis: RedisServer, fleet: Fleet, other: Fleet) -> None:
    other.close()
    redis.ask("PEXPIRE", "tt:1:beat:server-2", 0)
    again = Fleet(redis.url, instance="anew", version="2")
    try:
        again.join("http://server-2", {})
        now = [Server("http://server-1", "1", True), Server("http://server-2", "2", True)]
        until(lambda: fleet.servers() == now)
    finally:
        again.close()


@pytest.mark.usefixtures("fast")
def test_a_server_long_dead_is_forgotten(
    redis: RedisServer, fleet: Fleet, other: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.close()
    redis.ask("PEXPIRE", "tt:1:beat:server-2", 0)
    until(lambda: Server("http://server-2", "1", False) in fleet.servers())

    monkeypatch.setattr(heartbeat, "FORGET_AFTER_S", 0.0)

    until(lambda: fleet.servers() == [Server("http://server-1", "1", True)])


def test_a_living_server_renews_its_key(redis: RedisServer, fleet: Fleet) -> None:
    left_ms = redis.ask("PTTL", "tt:1:beat:server-1")

    assert isinstance(left_ms, int)
    assert 0 < left_ms <= 5_000


@pytest.mark.usefixtures("fast")
def test_a_full_redis_lets_hearts_beat(join: Join, own_redis: RedisServer) -> None:
    join(own_redis)
    own_redis.ask("CONFIG", "SET", "maxmemory", 1)
    own_redis.ask("PEXPIRE", "tt:1:beat:server-1", 1_000)

    until(lambda: own_redis.ask("PTTL", "tt:1:beat:server-1") > 2_000)


def test_servers_must_agree(redis: RedisServer, join: Join) -> None:
    join(redis, seed="1", catalog="abc")

    with pytest.raises(SettingsError) as refused:
        join(redis, catalog="abc", seed="2")

    assert refused.value.detail == "The setting seed is '2' here, and '1' at http://server-1."
    assert redis.ask("HKEYS", "tt:1:replicas") == [b"server-1"]
    assert redis.ask("EXISTS", "tt:1:beat:server-2") == 0
    join(redis, seed="1", of_the_next_version="x")


def test_the_dead_need_not_agree(redis: RedisServer, join: Join) -> None:
    join(redis, seed="1").close()
    redis.ask("PEXPIRE", "tt:1:beat:server-1", 0)

    join(redis, seed="2")


def test_on_an_empty_redis_servers_wait_for_those_who_have_worlds(
    redis: RedisServer, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "RECOVER_MS", 200)
    redis.ask("FLUSHALL")

    fleet = join(redis)

    assert redis.ask("EXISTS", "tt:1:recovering") == 0
    assert redis.ask("EXISTS", "tt:1:marker") == 1
    assert fleet.claim("w", "tt").is_new


@pytest.mark.usefixtures("fast")
def test_servers_see_that_redis_forgot(redis: RedisServer, fleet: Fleet) -> None:
    redis.ask("FLUSHALL")

    until(lambda: redis.ask("EXISTS", "tt:1:marker", "tt:1:recovering") == 2)
    until(lambda: redis.ask("EXISTS", "tt:1:beat:server-1", "tt:1:replicas") == 2)
    with pytest.raises(StorageError, match="write them again"):
        fleet.claim("new", "tt")


def test_who_lived_before_redis_forgot_lives_until_all_have_beaten_again(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    fleet.close()  # beats no more
    other.look()
    redis.ask("FLUSHALL")

    other.look()
    assert other.is_alive("http://server-1")

    redis.ask("DEL", "tt:1:recovering")
    other.look()
    assert not other.is_alive("http://server-1")


@pytest.mark.parametrize(
    "url", ["http://x", "redis://x:port", "nonsense", "redis://x/0?nonsense=1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="cannot be"):
        Fleet(url, instance="a", version="1")


def test_the_address_decides_no_more_than_where(redis: RedisServer) -> None:
    fleet = Fleet(f"{redis.url}?decode_responses=1&protocol=3", instance="a", version="1")
    try:
        assert fleet.get("w", "snapshot", b"s") is None
        assert fleet.local_address() == "127.0.0.1"
    finally:
        fleet.close()


def test_where_there_is_no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(StorageError, match=f"127.0.0.1:{port} is not reached") as refused:
        Fleet(f"redis://user:secret@127.0.0.1:{port}", instance="a", version="1")

    assert "secret" not in str(refused.value)


def test_a_redis_that_throws_away_is_refused(own_redis: RedisServer) -> None:
    own_redis.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")

    with pytest.raises(StorageError, match="allkeys-lru") as refused:
        Fleet(own_redis.url, instance="a", version="1")

    assert "CONFIG SET maxmemory-policy noeviction" in refused.value.hint


def test_a_redis_that_lets_nobody_in(own_redis: RedisServer) -> None:
    own_redis.ask("CONFIG", "SET", "requirepass", "secret")

    with pytest.raises(StorageError) as refused:
        Fleet(own_redis.url, instance="a", version="1")
    assert "NOAUTH" in refused.value.detail or "log-in" in refused.value.detail
    with pytest.raises(StorageError, match="log-in"):
        Fleet(f"{own_redis.url}?password=wrong", instance="a", version="1")
    Fleet(f"{own_redis.url}?password=secret", instance="a", version="1").close()


@contextmanager
def answering(*replies: bytes) -> Iterator[str]:
    """A stub that answers commands with INFO in them, each connection alike, and OK to others."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = listening.accept()
        with client:
            while sent := client.recv(100_000):
                for _ in range(sent.count(b"SETINFO")):
                    client.sendall(b"+OK\r\n")
                if b"memory" in sent:
                    client.sendall(b"".join(b"$%d\r\n%b\r\n" % (len(r), r) for r in replies))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        thread.join()
        listening.close()


@pytest.mark.parametrize("version", ["6.0.16", "5.0", "?"])
def test_an_old_redis_is_refused(version: str) -> None:
    server = f"# Server\r\nredis_version:{version}\r\n".encode()
    with (
        answering(server, b"maxmemory_policy:noeviction\r\n") as url,
        pytest.raises(StorageError, match=r"from 6\.2 on"),
    ):
        Fleet(url, instance="a", version="1")


@pytest.mark.parametrize("version", ["6.2.0", "7.2.4", "10.0.0"])
def test_a_newer_redis_is_taken(version: str) -> None:
    server = f"redis_version:{version}\r\nserver_name:valkey\r\n".encode()
    with answering(server, b"maxmemory_policy:noeviction\r\n") as url:
        Fleet(url, instance="a", version="1").close()


def test_without_the_client_people_learn_what_to_install() -> None:
    script = """
import sys
sys.modules["redis"] = None
from tt_emulator.errors import SettingsError
from tt_emulator.fleet import Fleet
try:
    Fleet("redis://127.0.0.1", instance="a", version="1")
except SettingsError as error:
    print(error.hint)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout == "Install it: pip install 'tt-emulator[team]'\n"


def test_the_client_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, tt_emulator.fleet; print('redis' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout == "False\n"

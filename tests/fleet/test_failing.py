"""What becomes of a world when Redis dies, forgets, or is away."""

import os
import signal
import socket
import threading
from collections.abc import Iterator

import pytest

from fleet.joining import Join, reach
from redis_server import RedisServer
from tt_emulator.errors import StorageError
from tt_emulator.fleet import Away, Claim, Fenced, Fleet, Forgotten, News, Stored, outage

posix = pytest.mark.skipif(os.name != "posix", reason="Windows stops no process")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.3)


class Writer(threading.Thread):
    """Appends lines, three at a time, until it is enough or an error ends it."""

    def __init__(self, fleet: Fleet, epoch: int) -> None:
        super().__init__()
        self.acknowledged: list[tuple[int, bytes]] = []
        self.error: Exception | None = None
        self._fleet = fleet
        self._epoch = epoch
        self._more = threading.Condition()
        self._enough = False

    def run(self) -> None:
        while not self._enough and self.error is None:
            before = len(self.acknowledged)
            lines = [b"line %d" % number for number in range(before + 1, before + 4)]
            try:
                self._fleet.append("w", self._epoch, before, lines)
            except Forgotten:  # everysec: Redis answers before it writes while its disk is busy
                image = {b"%d" % number: line for number, line in self.acknowledged}
                self._fleet.rewrite("w", Claim(self._epoch, before, "tt", False), image, None)
                continue
            except Exception as error:
                self.error = error
            with self._more:
                if self.error is None:
                    self.acknowledged.extend(enumerate(lines, before + 1))
                self._more.notify_all()

    def goes_on(self) -> None:
        with self._more:
            wanted = len(self.acknowledged) + 300
            self._more.wait_for(lambda: len(self.acknowledged) >= wanted or self.error, 20)
            assert len(self.acknowledged) >= wanted, self.error

    def stop(self) -> None:
        self._enough = True
        self.join()


def test_nothing_acknowledged_is_lost_when_redis_is_killed(
    own_redis: RedisServer, join: Join
) -> None:
    fleet = join(own_redis)
    writer = Writer(fleet, fleet.claim("w", "tt").epoch)
    writer.start()
    try:
        for _ in range(4):
            writer.goes_on()
            own_redis.kill()
            own_redis.start()
        writer.goes_on()
    finally:
        writer.stop()

    assert writer.error is None, repr(writer.error)
    found = fleet.read("w")
    image = {int(number): line for number, line in found.players.items()}
    assert sorted((image | dict(found.lines)).items()) == writer.acknowledged
    assert fleet.trouble() is None


def test_an_emptied_redis_gets_its_worlds_back(own_redis: RedisServer, join: Join) -> None:
    fleet, other = join(own_redis), join(own_redis)
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one", b"two"])
    own_redis.ask("FLUSHALL")

    assert fleet.lost_worlds({"w": epoch}) == ([], ["w"])
    with pytest.raises(Forgotten):
        fleet.append("w", epoch, 2, [b"three"])
    with pytest.raises(Forgotten):
        fleet.checkpoint("w", epoch, 2, {b"p": b"1"}, None)
    with pytest.raises(Forgotten):
        fleet.put("w", epoch, "snapshot", b"s", b"text")
    with pytest.raises(Forgotten):
        fleet.clear("w", epoch, "snapshot")
    with pytest.raises(Forgotten):
        fleet.release("w", News(epoch, 0))
    with pytest.raises(StorageError):
        other.claim("w", "tt")  # not before those who have worlds have written them

    for _ in range(2):
        fleet.rewrite("w", Claim(epoch, 2, "wx", False), {b"p": b"1", b"q": b"2"}, b"life")
    fleet.append("w", epoch, 2, [b"three"])

    assert fleet.worlds() == ["w"]
    assert fleet.lost_worlds({"w": epoch}) == ([], [])
    assert other.claim("w", "tt", suspect="server-1").platform == "wx"
    assert other.read("w") == Stored(2, {b"p": b"1", b"q": b"2"}, b"life", [(3, b"three")])


def test_a_redis_without_its_end_gets_it_back(own_redis: RedisServer, join: Join) -> None:
    fleet = join(own_redis)
    epoch = fleet.claim("w", "tt").epoch
    fleet.append("w", epoch, 0, [b"one"])
    fleet.put("w", epoch, "snapshot", b"s", b"text")
    fleet.checkpoint("w", epoch, 1, {b"old": b"1"}, b"old")
    fleet.append("w", epoch, 1, [b"two", b"three"])
    own_redis.ask("HSET", "tt:1:{w}:own", "last", 2)

    fleet.rewrite("w", Claim(epoch, 3, "tt", False), {b"new": b"3"}, None)
    fleet.append("w", epoch, 3, [b"four"])

    assert fleet.read("w") == Stored(3, {b"new": b"3"}, None, [(4, b"four")])
    assert fleet.get("w", "snapshot", b"s") == b"text"


def test_only_its_rewriting_makes_a_world_whole_again(own_redis: RedisServer, join: Join) -> None:
    fleet = join(own_redis)
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"])
    fleet.rewrite("w", Claim(mine.epoch, 1, "tt", False), {b"p": b"1"}, None)
    own_redis.ask("HSET", "tt:1:{w}:own", "partial", 1)  # as while it is written

    with pytest.raises(Forgotten):
        fleet.checkpoint("w", mine.epoch, 1, {}, b"life")

    assert fleet.lost_worlds({"w": mine.epoch}) == ([], ["w"])
    fleet.rewrite("w", Claim(mine.epoch, 1, "tt", False), {b"p": b"1"}, None)
    assert fleet.lost_worlds({"w": mine.epoch}) == ([], [])


def test_the_later_owner_writes_a_lost_takeover_again(own_redis: RedisServer, join: Join) -> None:
    """As when a replica becomes the master that had not heard of the takeover yet."""
    fleet, other = join(own_redis), join(own_redis)
    mine = fleet.claim("w", "tt").epoch
    theirs = other.claim("w", "tt", suspect="server-1").epoch
    own_redis.ask("HSET", "tt:1:{w}:own", "epoch", mine, "owner", "server-1")

    with pytest.raises(Forgotten):
        other.append("w", theirs, 0, [b"one"])
    other.rewrite("w", Claim(theirs, 1, "tt", False), {}, None)

    with pytest.raises(Fenced):
        fleet.append("w", mine, 0, [b"late"])
    with pytest.raises(Fenced):
        fleet.rewrite("w", Claim(mine, 0, "tt", False), {}, None)


def test_a_rewriting_that_comes_late_changes_nothing(redis: RedisServer, fleet: Fleet) -> None:
    epoch = fleet.claim("w", "tt").epoch
    late = []
    run = fleet._other.run
    fleet._other.run = lambda group: [late.append(group), run(group)][1]  # type: ignore[method-assign]
    fleet.rewrite("w", Claim(epoch, 5, "tt", False), {b"p": b"1"}, None)
    fleet._other.run = run  # type: ignore[method-assign]
    (began,) = run(late[0])

    assert began != 0
    assert fleet.read("w") == Stored(5, {b"p": b"1"}, None, [])


@pytest.mark.usefixtures("hasty")
def test_while_redis_is_away_nothing_is_answered(own_redis: RedisServer, join: Join) -> None:
    fleet = join(own_redis)
    epoch = fleet.claim("w", "tt").epoch
    own_redis.kill()

    with pytest.raises(Away) as first:
        fleet.append("w", epoch, 0, [b"one"])
    with pytest.raises(Away):
        fleet.worlds()
    assert fleet.trouble() == first.value.detail

    own_redis.start()
    reach(fleet)
    fleet.append("w", epoch, 0, [b"one"])
    assert fleet.trouble() is None
    assert fleet.read("w").lines == [(1, b"one")]


@posix
@pytest.mark.usefixtures("hasty")
def test_a_redis_that_hangs_is_away(own_redis: RedisServer, join: Join) -> None:
    fleet = join(own_redis)
    epoch = fleet.claim("w", "tt").epoch
    os.kill(own_redis.pid, signal.SIGSTOP)
    try:
        with pytest.raises(Away):
            fleet.append("w", epoch, 0, [b"one", b"two"])
        with pytest.raises(Away):
            fleet.append("w", epoch, 0, [b"one", b"two"])
    finally:
        os.kill(own_redis.pid, signal.SIGCONT)

    reach(fleet)
    # it reads now what was sent to it then, on the connections that were given up
    fleet.append("w", epoch, 0, [b"one", b"two", b"three"])
    assert fleet.read("w").lines == [(1, b"one"), (2, b"two"), (3, b"three")]


@posix
def test_a_redis_that_is_away_is_tried_for_a_moment_only(
    own_redis: RedisServer, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.3)
    fleet = join(own_redis)
    os.kill(own_redis.pid, signal.SIGSTOP)
    try:
        with pytest.raises(Away):
            fleet.worlds()
        monkeypatch.setattr(outage, "PATIENCE_S", 600)  # the test's own time-out would end it
        with pytest.raises(Away):
            fleet.worlds()
    finally:
        os.kill(own_redis.pid, signal.SIGCONT)


def test_who_closes_leaves_nobody_waiting(own_redis: RedisServer, join: Join) -> None:
    fleet = join(own_redis)
    own_redis.kill()
    ended: list[BaseException] = []
    begun = threading.Event()

    def ask() -> None:
        begun.set()
        try:
            fleet.worlds()
        except Away as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    begun.wait()
    fleet.close()
    thread.join()

    assert len(ended) == 1
    with pytest.raises(Away):
        fleet.worlds()


class LossyProxy(threading.Thread):
    """Passes a connection on; the next reply is lost with it once `lose` is set."""

    def __init__(self, path: str) -> None:
        super().__init__(daemon=True)
        self.lose = threading.Event()
        self._path = path
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listening.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as there:
            there.connect(self._path)
            while sent := client.recv(1_000_000):
                there.sendall(sent)
                reply = there.recv(1_000_000)
                if b"EVALSHA" in sent and b"line" in sent and self.lose.is_set():
                    self.lose.clear()
                    return
                client.sendall(reply)

    def stop(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self.join()
        self._listening.close()


@pytest.fixture
def proxy(redis: RedisServer) -> Iterator[LossyProxy]:
    proxy = LossyProxy(redis.url.removeprefix("unix://"))
    proxy.start()
    yield proxy
    proxy.stop()


@posix
def test_a_lost_reply_loses_and_doubles_no_line(proxy: LossyProxy) -> None:
    fleet = Fleet(proxy.url, instance="a", version="1")
    fleet.join("http://a", {})
    try:
        epoch = fleet.claim("w", "tt").epoch
        for number in range(0, 20, 2):
            proxy.lose.set()
            fleet.append("w", epoch, number, [b"line a", b"line b"])
            assert not proxy.lose.is_set()

        assert len(fleet.read("w").lines) == 20
        assert fleet.local_address() == "127.0.0.1"
    finally:
        fleet.close()


def test_a_script_that_redis_no_longer_knows_is_sent_again(
    redis: RedisServer, fleet: Fleet
) -> None:
    epoch = fleet.claim("w", "tt").epoch
    redis.ask("SCRIPT", "FLUSH")

    fleet.append("w", epoch, 0, [b"one"])

    assert fleet.read("w").lines == [(1, b"one")]

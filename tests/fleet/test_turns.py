"""Whatever two servers do by turns, a world has one history."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.joining import Join
from redis_server import RedisServer
from tt_emulator.errors import Elsewhere
from tt_emulator.fleet import Claim, Fenced, Fleet, News

WORLD = "w"
ACTS = ("claim", "take", "append", "checkpoint", "release", "pause", "go on")


class Player:
    """A server that writes lines which say who wrote them under which epoch.

    Paused it keeps its claim and what it was about to append, and sends it when it goes on.
    """

    def __init__(self, fleet: Fleet, name: str, other: str) -> None:
        self.fleet = fleet
        self.name = name
        self.other = other
        self.claim: Claim | None = None
        self.last = 0
        self.held: list[bytes] | None = None

    def act(self, act: str, count: int) -> None:
        if self.held is not None:
            if act == "go on":
                lines, self.held = self.held, None
                self.append(lines)
        elif act == "pause":
            self.held = self.lines(count)
        elif act == "append":
            self.append(self.lines(count))
        elif act != "go on":
            self.beside_the_log(act)

    def beside_the_log(self, act: str) -> None:
        try:
            if act in ("claim", "take"):
                suspect = self.other if act == "take" else None
                self.claim = self.fleet.claim(WORLD, "tt", suspect=suspect)
                self.last = self.claim.last
            elif self.claim is not None and act == "release":
                self.fleet.release(WORLD, News(self.claim.epoch, 0))
                self.claim = None
            elif self.claim is not None and act == "checkpoint":
                self.fleet.checkpoint(WORLD, self.claim.epoch, self.last, {}, None, keep=1_000_000)
        except Fenced:
            self.claim = None
        except Elsewhere:
            pass

    def lines(self, count: int) -> list[bytes]:
        epoch = self.claim.epoch if self.claim is not None else 0
        first = self.last + 1
        return [f"{self.name} {epoch} {n}".encode() for n in range(first, first + count)]

    def append(self, lines: list[bytes]) -> None:
        if self.claim is None:
            return
        try:
            self.fleet.append(WORLD, self.claim.epoch, self.last, lines)
        except Fenced:
            self.claim = None
        else:
            self.last += len(lines)
            HISTORY.extend(lines)


HISTORY: list[bytes] = []
"""What was acknowledged, in its order."""


@pytest.fixture
def players(redis: RedisServer, join: Join) -> list[Player]:
    return [
        Player(join(redis), "server-1", "server-2"),
        Player(join(redis), "server-2", "server-1"),
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(ACTS), st.integers(1, 3)), max_size=40
    )
)
def test_a_world_has_one_history(
    redis: RedisServer, players: list[Player], turns: list[tuple[int, str, int]]
) -> None:
    redis.ask("UNLINK", "tt:1:{w}:own", "tt:1:{w}:log", "tt:1:{w}:players", "tt:1:{w}:life")
    HISTORY.clear()
    for player in players:
        player.claim, player.last, player.held = None, 0, None
    claimed: dict[int, str] = {}

    for who, act, count in turns:
        players[who].act(act, count)
        if (claim := players[who].claim) is not None:
            assert claimed.setdefault(claim.epoch, players[who].name) == players[who].name

    log = redis.ask("XRANGE", "tt:1:{w}:log", "-", "+")
    assert isinstance(log, list)
    assert [entry for entry, _ in log] == [b"%d-0" % n for n in range(1, len(log) + 1)]
    assert [fields[b"d"] for _, fields in log] == HISTORY
    written = [line.split() for line in HISTORY]
    assert [int(number) for _, _, number in written] == list(range(1, len(log) + 1))
    assert all(claimed[int(epoch)].encode() == name for name, epoch, _ in written)
    epochs = [int(epoch) for _, epoch, _ in written]
    assert epochs == sorted(epochs)

"""What can be told of worlds as they lie in Redis, and how those go that nobody has."""

import pytest

from redis_server import RedisServer
from tt_emulator.fleet import Claim, Fenced, Fleet, Found, News, Owner

LATE_MS = 9_000_000_000_000
OWN = "tt:1:{w}:own"


@pytest.fixture
def mine(fleet: Fleet) -> Claim:
    """What the first server has claimed, and told of in brief."""
    claim = fleet.claim("w", "wx")
    fleet.append("w", claim.epoch, 0, [b"one", b"two"])
    fleet.tell({"w": News(claim.epoch, LATE_MS, 2, b"brief")})
    return claim


def found(fleet: Fleet) -> Found:
    (world,) = fleet.survey()
    return world


def test_a_world_that_somebody_has_is_told_with_its_owner(mine: Claim, other: Fleet) -> None:
    owner = Owner("server-1", "http://server-1")

    assert found(other) == Found("w", "wx", mine.epoch, LATE_MS, owner, b"brief")


def test_a_world_that_was_left_is_as_its_owner_has_left_it(
    mine: Claim, fleet: Fleet, other: Fleet
) -> None:
    fleet.append("w", mine.epoch, 2, [b"three"])
    fleet.release("w", News(mine.epoch, LATE_MS + 1, 3, b"left"))

    assert found(other) == Found("w", "wx", mine.epoch + 1, LATE_MS + 1, None, b"left")


def test_the_owner_of_a_world_is_nobody_once_it_beats_no_more(
    mine: Claim, fleet: Fleet, other: Fleet, redis: RedisServer
) -> None:
    fleet.close()
    redis.ask("PEXPIRE", "tt:1:beat:server-1", 0)  # as five seconds would

    assert found(other).owner is None
    assert found(other).brief == b"brief"


def test_what_was_told_before_the_last_line_is_not_told(mine: Claim, fleet: Fleet) -> None:
    fleet.append("w", mine.epoch, 2, [b"three"])
    assert found(fleet).brief is None

    fleet.tell({"w": News(mine.epoch, 0)})  # in use
    assert found(fleet).brief is None

    fleet.tell({"w": News(mine.epoch, 0, 3, b"later")})
    assert found(fleet).brief == b"later"


def test_nothing_is_told_of_a_world_that_is_being_written_again(
    mine: Claim, fleet: Fleet, redis: RedisServer
) -> None:
    redis.ask("HSET", OWN, "partial", 1)

    assert found(fleet).brief is None


def test_the_owner_alone_tells_of_a_world(mine: Claim, fleet: Fleet, other: Fleet) -> None:
    theirs = other.claim("w", "tt", suspect="server-1")
    fleet.tell({"w": News(mine.epoch, LATE_MS + 1, 2, b"old")})
    assert (found(other).brief, found(other).used_at_ms) == (b"brief", LATE_MS)

    other.drop("w", theirs.epoch)
    other.tell({"w": News(theirs.epoch, LATE_MS, 2, b"gone")})
    assert list(other.survey()) == []
    assert fleet.claim("w", "tt").is_new


def test_the_last_use_never_becomes_earlier(mine: Claim, fleet: Fleet, other: Fleet) -> None:
    fleet.tell({"w": News(mine.epoch, 1)})
    fleet.tell({})

    assert other.claim("w", "tt", suspect="server-1").used_at_ms == LATE_MS


def test_many_worlds_are_told_of_by_last_use(fleet: Fleet, redis: RedisServer) -> None:
    names = [f"w{number}" for number in range(1_500)]
    epochs = {name: fleet.claim(name, "tt").epoch for name in names}
    fleet.tell({name: News(epochs[name], LATE_MS - at) for at, name in enumerate(names)})

    assert [each.world for each in fleet.survey()] == names[::-1]


class TestDropped:
    """A world that nobody has."""

    @pytest.fixture
    def resting(self, mine: Claim, fleet: Fleet, other: Fleet) -> Found:
        fleet.release("w", News(mine.epoch, LATE_MS, 2, b"brief"))
        return found(other)

    def test_leaves_that_it_was_dropped(
        self, resting: Found, fleet: Fleet, other: Fleet, redis: RedisServer
    ) -> None:
        assert other.drop_at_rest("w", resting.epoch, resting.used_at_ms)
        assert redis.ask("KEYS", "tt:1:{w}*") == [OWN.encode()]
        assert fleet.worlds() == []

    def test_stays_if_somebody_has_claimed_it_meanwhile(
        self, resting: Found, fleet: Fleet, other: Fleet
    ) -> None:
        theirs = fleet.claim("w", "tt")

        assert not other.drop_at_rest("w", resting.epoch, resting.used_at_ms)
        fleet.append("w", theirs.epoch, 2, [b"three"])
        assert len(fleet.read("w").lines) == 3

    def test_stays_if_it_was_claimed_and_left_again(
        self, resting: Found, fleet: Fleet, other: Fleet
    ) -> None:
        theirs = fleet.claim("w", "tt")
        fleet.release("w", News(theirs.epoch, LATE_MS))

        assert not other.drop_at_rest("w", resting.epoch, resting.used_at_ms)

    def test_is_not_dropped_twice(self, resting: Found, fleet: Fleet, other: Fleet) -> None:
        assert fleet.drop_at_rest("w", resting.epoch, resting.used_at_ms)
        anew = fleet.claim("w", "tt")

        assert not other.drop_at_rest("w", resting.epoch, resting.used_at_ms)
        assert anew.is_new
        fleet.append("w", anew.epoch, 0, [b"one"])


def test_a_world_of_a_living_server_stays_unless_that_is_the_suspect(
    mine: Claim, fleet: Fleet, other: Fleet
) -> None:
    seen = ("w", mine.epoch, LATE_MS)
    assert not other.drop_at_rest(*seen)
    assert not other.drop_at_rest(*seen, suspect="server-7")

    fleet.tell({"w": News(mine.epoch, LATE_MS + 1)})
    assert not other.drop_at_rest(*seen, suspect="server-1")  # it has used the world

    assert other.drop_at_rest("w", mine.epoch, LATE_MS + 1, suspect="server-1")
    assert other.claim("w", "tt").is_new
    with pytest.raises(Fenced):
        fleet.append("w", mine.epoch, 2, [b"three"])

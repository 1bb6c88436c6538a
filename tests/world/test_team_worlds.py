"""A team sees its own worlds, and of others not even that they are there."""

from collections.abc import Callable

import pytest

from harness import OPTIONS, Bench
from tenants import team_worlds, teams
from tt_emulator.domain.lifetime import Lifetime
from tt_emulator.domain.model import Call, Send
from tt_emulator.engine import Engine
from tt_emulator.errors import Forbidden, NotFound, OtherTeam, Unprocessable
from tt_emulator.world import NoWorlds, TeamWorlds, Worlds
from tt_emulator.world.expiry import drop_expired, drop_idle
from tt_emulator.world.listing import listed
from tt_emulator.world.teams import NOBODY, Limits, Tenant
from tt_emulator.world.usage import usage

IMPORT = b'{"schema": 1, "players": [{"openid": "alice"}]}'


def of(worlds: Worlds, team: str) -> TeamWorlds:
    return TeamWorlds(worlds, next(each for each in worlds.tenants() if each.team.name == team))


def save(worlds: Worlds | TeamWorlds, world: str) -> None:
    engine = Engine(worlds)
    api = worlds.platforms.default.catalog.apis["setUserCloudStorage"]
    *_, last = engine.handle(Call(api, OPTIONS["setUserCloudStorage"], world))
    assert isinstance(last, Send)
    assert last.reply.error is None


def test_the_default_world_of_a_team_is_its_own() -> None:
    worlds = team_worlds()
    alpha = of(worlds, "alpha")
    save(alpha, "default")

    assert alpha.open("default") is worlds.open("alpha.default")
    assert worlds.open("default").store.openids() == []
    assert of(worlds, "beta").find("default").store.openids() == []


NAMES = [
    "beta.cart",
    "beta.none",
    "cart",
    "alpha",
    "alphacart",
    "alpha-x.cart",
    "Alpha.cart",
    ".alpha.cart",
    " alpha.cart",
    "default.alpha.",
    "",
    "beta.alpha.cart",
]
TOLD = "The token is of the team 'alpha', and no other team's world is open to it."
WAYS: dict[str, Callable[[TeamWorlds, str], object]] = {
    "open": lambda alpha, name: alpha.open(name),
    "find": lambda alpha, name: alpha.find(name),
    "put": lambda alpha, name: alpha.put(name, IMPORT),
    "drop": lambda alpha, name: alpha.drop(name),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_does_not_begin_with_the_teams_is_refused(way: str, name: str) -> None:
    worlds = team_worlds()
    save(worlds, "beta.cart")
    before = worlds.names()

    with pytest.raises(OtherTeam) as refused:
        WAYS[way](of(worlds, "alpha"), name)

    assert refused.value.detail == TOLD
    assert worlds.names() == before
    assert of(worlds, "alpha").opened(name) is None


def test_lists_have_the_teams_worlds_only() -> None:
    worlds = team_worlds()
    for name in ("alpha.a", "alpha.b", "beta.cart", "cart"):
        save(worlds, name)
    alpha = of(worlds, "alpha")

    assert alpha.names() == ["alpha.a", "alpha.b"]
    assert [world.name for world in listed(alpha)] == ["alpha.a", "alpha.b"]
    assert {world.name for world in alpha.opened_worlds()} == {"alpha.a", "alpha.b"}
    assert sum(alpha.calls().values()) == 2
    assert sum(worlds.calls().values()) == 4


def test_the_calls_of_worlds_that_went_stay_with_their_team() -> None:
    worlds = team_worlds()
    for name in ("alpha.a", "beta.cart", "beta.cart", "default"):
        save(worlds, name)
    for name in ("alpha.a", "beta.cart"):
        worlds.drop(name)

    assert sum(of(worlds, "alpha").calls().values()) == 1
    assert sum(of(worlds, "beta").calls().values()) == 2
    assert sum(worlds.calls().values()) == 4


def test_idle_worlds_of_others_stay() -> None:
    worlds = team_worlds()
    for name in ("alpha.a", "alpha.default", "beta.cart", "cart"):
        save(worlds, name)

    drop_idle(of(worlds, "alpha"), 0)

    assert worlds.names() == ["alpha.default", "beta.cart", "cart", "default"]


def test_the_default_worlds_of_teams_do_not_expire() -> None:
    worlds = team_worlds()
    worlds.ttl_s = 10
    for name in ("alpha.a", "alpha.default"):
        save(worlds, name)
    worlds.clock.ms += 10_000  # type: ignore[attr-defined]

    drop_expired(worlds)

    assert worlds.names() == ["alpha.default", "default"]


def test_what_others_were_given_tells_a_team_nothing() -> None:
    worlds = team_worlds()
    for name in ("beta.cart", "alpha.a"):
        save(worlds, name)
    alpha = of(worlds, "alpha")

    assert alpha.told_by("code.alpha.a") == "alpha.a"
    assert alpha.told_by("code.beta.cart") is None
    assert alpha.told_by("code.beta.none") is None
    assert worlds.told_by("code.beta.cart") == "beta.cart"


def test_a_story_is_played_in_a_world_of_the_team() -> None:
    worlds = team_worlds()
    alpha = of(worlds, "alpha")

    world = alpha.begin("replay", worlds.clock, worlds.platforms.default)

    assert world.name == "alpha.replay-1"
    assert alpha.names() == ["alpha.replay-1"]


def test_a_team_hears_of_its_own_worlds_that_are_dropped() -> None:
    worlds = team_worlds()
    gone: list[str] = []
    of(worlds, "alpha").when_dropped(gone.append)
    for name in ("alpha.a", "beta.cart"):
        worlds.drop(name)

    assert gone == ["alpha.a"]


@pytest.fixture
def small() -> Worlds:
    return team_worlds(*teams(alpha=Limits(max_worlds=2)))


def test_a_team_at_its_limit_makes_no_world_and_the_others_do(small: Worlds) -> None:
    alpha, beta = of(small, "alpha"), of(small, "beta")
    for name in ("alpha.a", "alpha.b", "alpha.a"):
        save(alpha, name)
    for way in (
        lambda: alpha.open("alpha.c"),
        lambda: alpha.put("alpha.c", IMPORT),
        lambda: alpha.begin("replay", small.clock, small.platforms.default),
    ):
        with pytest.raises(Unprocessable, match="holds 2 worlds"):
            way()

    for number in range(5):
        save(beta, f"beta.{number}")
    alpha.drop("alpha.a")
    save(alpha, "alpha.c")
    assert alpha.names() == ["alpha.b", "alpha.c"]


def test_where_there_is_no_room_for_it_the_default_world_is_not_there(small: Worlds) -> None:
    alpha = of(small, "alpha")
    for name in ("alpha.a", "alpha.b"):
        save(alpha, name)

    with pytest.raises(NotFound):
        alpha.find("default")
    with pytest.raises(Unprocessable):
        alpha.open("default")


def test_a_failed_import_leaves_the_room_that_there_was(small: Worlds) -> None:
    alpha = of(small, "alpha")
    for _ in range(5):
        with pytest.raises(Unprocessable):
            alpha.put("alpha.a", b'{"schema": 1, "unknown": 1}')

    save(alpha, "alpha.a")
    save(alpha, "alpha.b")


def test_the_journals_of_a_team_have_room_of_their_own() -> None:
    worlds = team_worlds(*teams(alpha=Limits(max_worlds=2, max_journal_bytes=32 * 1024)))
    save(worlds, "beta.cart")
    for _ in range(200):
        save(worlds, "alpha.a")

    assert worlds.open("alpha.a").journal.bytes <= 32 * 1024
    assert len(worlds.open("alpha.a").journal.find()) < 200
    assert len(worlds.open("beta.cart").journal.find()) == 1
    assert worlds.open("alpha.a").journal.calls()["setUserCloudStorage"] == 200


def test_what_each_team_uses_is_told(small: Worlds) -> None:
    save(of(small, "alpha"), "alpha.a")
    seat = of(small, "alpha").seat()

    alpha, beta = usage(small)
    (own,) = usage(of(small, "beta"))

    assert (alpha.team, alpha.worlds, alpha.listeners, alpha.limits.max_worlds) == (
        *("alpha", 1, 1, 2),
    )
    assert alpha.journal_bytes > 0
    assert own == beta
    assert (beta.team, beta.worlds, beta.journal_bytes) == ("beta", 0, 0)
    seat.leave()


def test_who_shows_no_token_reaches_nothing() -> None:
    worlds = team_worlds()
    save(worlds, "beta.cart")
    nobody = NoWorlds(worlds, Tenant(NOBODY))
    for name in ("beta.cart", "beta.none", "default", "alpha.default", ".default"):
        with pytest.raises(NotFound):
            nobody.find(name)
        for way in (nobody.open, nobody.drop):
            with pytest.raises(Forbidden):
                way(name)
        with pytest.raises(Forbidden):
            nobody.put(name, IMPORT)
        assert nobody.opened(name) is None
    with pytest.raises(Forbidden):
        nobody.begin("replay", worlds.clock, worlds.platforms.default)
    assert nobody.names() == nobody.opened_worlds() == list(usage(nobody)) == []
    assert not nobody.calls()


def test_a_server_without_teams_has_none() -> None:
    worlds = Bench().engine.worlds
    worlds.open("alpha.a")

    assert list(usage(worlds)) == []
    assert worlds.lasting == {"default"}


def test_a_lifetime_of_its_own_goes_before_what_the_default_world_of_a_team_has() -> None:
    worlds = team_worlds()
    of(worlds, "alpha").open("default").give_lifetime(Lifetime(10))
    worlds.clock.ms += 10_000  # type: ignore[attr-defined]

    drop_expired(worlds)

    assert worlds.names() == ["default"]

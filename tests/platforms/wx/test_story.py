"""What has happened in a world of the platform: told, played again, shown round each call."""

from harness import Bench
from platforms.wx.wx_bench import FRIENDS, OPTIONS, player, prepared
from tt_emulator.story import replay, state_of, told

API = "modifyFriendInteractiveStorage"


def lived() -> Bench:
    """Each API of relations, with players who are asked, who refuse and who come to agree."""
    bench = prepared()
    bench.call("login")
    player(bench, privacy="undecided")
    for api in (*OPTIONS, "getPotentialFriendList", "getRelationFriendList", "checkSession"):
        if bench.catalog.apis[api].source != "TT":
            bench.call(api, OPTIONS.get(api, {}))
    player(bench, scopes={FRIENDS: "denied"}, privacy="refused", interactive={"daily_limit": 1})
    for _ in range(2):
        bench.call("getFriendCloudStorage", {"keyList": ["a"]})
        bench.call(API, OPTIONS[API])
        player(bench, privacy="agreed")
    return bench


def test_a_story_is_played_again_with_each_reply_alike_the_sealed_ones_too():
    bench = lived()
    text = b"".join(told(bench.world, bench.engine.worlds.seed))

    outcome = replay(prepared().engine, text)

    assert outcome.differences == []
    assert outcome.same


def of(document, openid):
    return next((each for each in document["players"] if each["openid"] == openid), {})


def test_a_call_shows_the_friend_before_and_after_it(bench):
    bench.call(API, OPTIONS[API])
    bench.call(API, OPTIONS[API])
    first, second = (exchange.id for exchange in bench.world.journal.find(API))

    found = [state_of(bench.world, number) for number in (first, second)]

    seen = [
        of(document, "friend").get("interactive", {}).get("values")
        for each in found
        for document in (each.before, each.after)
    ]
    assert seen == [None, {"1": 1}, {"1": 1}, {"1": 2}]


def test_a_call_shows_what_it_took_for_granted(bench):
    bench.call("getFriendCloudStorage", {"keyList": ["a"]})
    (exchange,) = bench.world.journal.find("getFriendCloudStorage")

    found = state_of(bench.world, exchange.id)

    assert "scopes" not in of(found.before, "player-1")
    assert of(found.after, "player-1")["scopes"] == {FRIENDS: "granted"}

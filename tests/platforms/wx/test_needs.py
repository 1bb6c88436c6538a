"""Scopes and the privacy gate: what a player was asked and has said, and how long that holds."""

import pytest

from platforms.wx.wx_bench import FRIENDS, INTERACTED, OPTIONS, WX, player
from tt_emulator.domain.clock import iso
from tt_emulator.platforms.wx.consent import consent

SCOPED = {
    (api.name, need)
    for api in WX.catalog.called.values()
    for need in api.needs
    if need.startswith("scope.")
}
GATED = sorted(api.name for api in WX.catalog.called.values() if "privacy" in api.needs)


def shown(bench):
    return bench.world.players.get("player-1")


def call(bench, api):
    return bench.call(api, OPTIONS.get(api, {}))


def denied(api):
    return {"errMsg": f"{api}:fail auth deny", "err_code": "-12006", "errno": 0}


def refused(api):
    return {"errMsg": f"{api}:fail privacy permission is not authorized", "errno": 104}


def test_the_catalog_has_scoped_and_gated_apis():
    assert len(SCOPED) == 8
    assert GATED == ["getFriendCloudStorage", "getGroupCloudStorage"]


@pytest.mark.parametrize(("api", "scope"), sorted(SCOPED))
def test_who_was_never_asked_has_granted_by_the_call_itself(bench, api, scope):
    assert shown(bench).scopes == {FRIENDS: "undetermined", INTERACTED: "undetermined"}

    assert call(bench, api)["errMsg"] == f"{api}:ok"

    assert shown(bench).scopes == {FRIENDS: "undetermined", INTERACTED: "undetermined"} | {
        scope: "granted"
    }


@pytest.mark.parametrize(("api", "scope"), sorted(SCOPED))
def test_a_denied_scope_fails_at_once_until_it_is_granted(bench, api, scope):
    player(bench, scopes={scope: "denied"})

    reply = bench.reply(api, OPTIONS.get(api, {}))
    assert reply.body == denied(api)
    assert reply.reason == (
        f"the player denied {scope}, and is not asked again: wx.openSetting, or a tester, can"
        " grant it"
    )
    assert call(bench, api) == denied(api)

    player(bench, scopes={scope: "granted"})
    assert call(bench, api)["errMsg"] == f"{api}:ok"


def test_each_scope_is_asked_for_by_itself(bench):
    player(bench, scopes={FRIENDS: "denied"})

    assert call(bench, "getRelationFriendList")["errMsg"] == "getRelationFriendList:ok"
    assert shown(bench).scopes == {FRIENDS: "denied", INTERACTED: "granted"}


def test_authorize_asks_ahead_and_a_refusal_holds_there_too(bench):
    assert bench.call("authorize", {"scope": FRIENDS}) == {"errMsg": "authorize:ok"}
    assert shown(bench).scopes == {FRIENDS: "granted", INTERACTED: "undetermined"}

    player(bench, scopes={FRIENDS: "denied"})
    assert bench.call("authorize", {"scope": FRIENDS}) == denied("authorize")
    assert bench.call("authorize", {"scope": "scope.camera"}) == {"errMsg": "authorize:ok"}


@pytest.mark.parametrize("scope", [None, 1, ["a"], {}])
def test_what_is_no_scope_is_granted_to_nobody(bench, scope):
    assert bench.call("authorize", {"scope": scope}) == {"errMsg": "authorize:ok"}
    assert shown(bench).scopes == {FRIENDS: "undetermined", INTERACTED: "undetermined"}


NOT_SET_UP = {
    "undeclared": ("api scope is not declared in the privacy agreement", 112),
    "unannounced": ("please go to mp to announce your privacy usage", 1026),
    "no-popup": (
        "please go to mp open official popup or use wx.onNeedPrivacyAuthorization to announce your"
        " privacy usage",
        1025,
    ),
}


@pytest.mark.parametrize("api", GATED)
@pytest.mark.parametrize("privacy", NOT_SET_UP)
def test_what_the_console_lacks_closes_the_gate_with_its_own_number(bench, api, privacy):
    player(bench, privacy=privacy)

    reply = bench.reply(api, OPTIONS[api])

    text, number = NOT_SET_UP[privacy]
    assert reply.body == {"errMsg": f"{api}:fail {text}", "errno": number}
    assert reply.reason.endswith(f": the player's privacy is {privacy}")
    assert shown(bench).privacy == privacy


@pytest.mark.parametrize("api", GATED)
def test_after_a_refusal_calls_fail_for_ten_seconds_and_then_the_window_comes_again(bench, api):
    player(bench, privacy="refused")
    bench.clock.ms += 9_999

    reply = bench.reply(api, OPTIONS[api])
    assert reply.body == refused(api)
    assert reply.reason == "the player refused the privacy window, which comes again in 1 ms"

    bench.clock.ms += 1
    assert call(bench, api)["errMsg"] == f"{api}:ok"
    assert (shown(bench).privacy, shown(bench).privacy_asks_again_at) == ("agreed", None)


def test_a_clock_that_is_set_back_makes_nobody_agree_who_refused(bench):
    player(bench, privacy="refused")
    bench.world.move_clock({"advance_s": -3600})

    reply = bench.reply(GATED[0], OPTIONS[GATED[0]])
    assert reply.body == refused(GATED[0])
    assert reply.reason == "the player refused the privacy window, which comes again in 3610000 ms"
    assert shown(bench).privacy == "refused"

    bench.world.move_clock({"advance_s": 3610})
    assert call(bench, GATED[0])["errMsg"] == f"{GATED[0]}:ok"


def test_the_silence_lasts_as_long_as_a_tester_says(bench):
    again = iso(bench.clock.ms + 60_000)
    player(bench, privacy="refused", privacy_asks_again_at=again)

    for step_ms in (0, 59_999):
        bench.clock.ms += step_ms
        assert call(bench, GATED[0]) == refused(GATED[0])
        assert shown(bench).privacy_asks_again_at == again

    bench.clock.ms += 1
    assert call(bench, GATED[0])["errMsg"] == f"{GATED[0]}:ok"


def test_who_was_never_asked_has_agreed_by_the_call_itself(bench):
    player(bench, privacy="undecided")

    assert call(bench, GATED[0])["errMsg"] == f"{GATED[0]}:ok"
    assert shown(bench).privacy == "agreed"


def test_the_gate_comes_before_the_scope_the_scope_before_the_group_and_the_network_last(bench):
    def text():
        return bench.call("getGroupCloudStorage", OPTIONS["getGroupCloudStorage"])["errMsg"]

    player(bench, privacy="refused", scopes={FRIENDS: "denied"}, launched_from=None)
    player(bench, network="offline")

    seen = [text()]
    for cleared in (
        {"privacy": "agreed"},
        {"scopes": {FRIENDS: "granted"}},
        {"launched_from": "g"},
    ):
        player(bench, **cleared)
        seen.append(text())

    assert [each.partition(":fail ")[2] for each in seen] == [
        "privacy permission is not authorized",
        "auth deny",
        "data no response",
        "connect fail",
    ]


def test_an_armed_fault_decides_before_the_players_state(bench, arm):
    player(bench, scopes={FRIENDS: "denied"})
    arm(error="system-error", api="getFriendCloudStorage")

    assert call(bench, "getFriendCloudStorage") == {
        "errMsg": "getFriendUserGameData:fail 系统错误,错误码:-2"
    }


def test_what_a_page_was_answered_is_stored_as_the_player_said_it(bench):
    def answer(**said):
        store, now_ms = bench.world.store, bench.clock.ms
        store.commit("player-1", consent(store.get("player-1"), said, now_ms))

    answer(scope=FRIENDS, answer="denied")
    answer(privacy=True, answer="denied")
    seen = shown(bench)
    assert (seen.scopes[FRIENDS], seen.privacy) == ("denied", "refused")
    assert seen.privacy_asks_again_at == "2023-11-14T22:13:30.000Z"

    answer(scope=FRIENDS, answer="granted")
    answer(privacy=True, answer="granted")
    seen = shown(bench)
    assert (seen.scopes[FRIENDS], seen.privacy) == ("granted", "agreed")
    assert seen.privacy_asks_again_at is None

"""Whom a call looks at, so that its story tells of them."""

import pytest

from tt_emulator.domain.record import Record
from tt_emulator.platforms.wx.others import OF_FRIENDS, others

ME = Record({}, {"friends": ["bob"], "launched_from": "g"})
MEMBER = Record({}, {"groups": ["g"]})


@pytest.mark.parametrize("api", sorted(OF_FRIENDS))
def test_friends_are_looked_at(api):
    concerns = others(api, {}, ME)

    assert concerns is not None
    assert concerns("bob", Record())
    assert not concerns("stranger", MEMBER)


@pytest.mark.parametrize("options", [{}, {"groupid": "g"}, {"groupid": None}])
def test_a_groups_players_are_looked_at(options):
    concerns = others("getGroupCloudStorage", options, ME)

    assert concerns is not None
    assert concerns("stranger", MEMBER)
    assert not concerns("bob", Record())


@pytest.mark.parametrize("api", ["setUserCloudStorage", "login", "getUserCloudStorage"])
def test_the_rest_is_about_the_player_alone(api):
    assert others(api, {}, ME) is None

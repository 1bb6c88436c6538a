"""What a page tells of the player's answer to a window."""

import pytest

from platforms.wx.wx_bench import FRIENDS, INTERACTED
from tt_emulator.domain.record import Record
from tt_emulator.errors import Unprocessable
from tt_emulator.platforms.wx.consent import consent


def test_an_answer_about_one_scope_leaves_the_other_as_it_was():
    record = Record({}, {"scopes": {INTERACTED: "denied"}})

    change = consent(record, {"scope": FRIENDS, "answer": "granted"}, 0)

    assert change.profile == {"scopes": {INTERACTED: "denied", FRIENDS: "granted"}}


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ("granted", {"privacy": "agreed", "privacy_asks_again_at": None}),
        ("denied", {"privacy": "refused", "privacy_asks_again_at": 10_500}),
    ],
)
def test_an_answer_about_privacy_is_dated_if_it_refuses(answer, fields):
    change = consent(Record(), {"privacy": True, "answer": answer}, 500)

    assert change.profile == fields


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({}, ""),
        ({"answer": "granted"}, ""),
        ({"answer": "granted", "scope": FRIENDS, "privacy": True}, ""),
        ({"answer": "granted", "privacy": False}, "/privacy"),
        ({"answer": "maybe", "scope": FRIENDS}, "/answer"),
        ({"answer": "granted", "scope": "scope.userInfo"}, "/scope"),
        ({"answer": "granted", "scop": FRIENDS}, "/scop"),
        (None, ""),
    ],
)
def test_what_is_no_answer_is_refused(raw, pointer):
    with pytest.raises(Unprocessable) as caught:
        consent(Record(), raw, 0)

    assert caught.value.flaws[0].pointer == pointer

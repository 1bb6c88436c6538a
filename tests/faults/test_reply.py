"""A reply of the user's own reaches the game as it is, and is never taken for a documented one."""

from typing import Any

import pytest

from harness import Bench, as_json
from tt_emulator.errors import Unprocessable

SAVE, LOAD = "setUserCloudStorage", "getUserCloudStorage"
BUSY: dict[str, Any] = {"errMsg": f"{SAVE}:fail device busy", "errorCode": 999985, "x": [None, "é"]}
ODD: dict[str, Any] = {"errMsg": f"{SAVE}:ok", "again": {"after": 1.5}}


@pytest.mark.parametrize("reply", [BUSY, ODD, {"errMsg": f"{SAVE}:ok 忙"}], ids=str)
def test_the_game_receives_it_as_it_is(bench, arm, reply):
    arm(reply=reply, api=SAVE)

    assert bench.save({"a": "1"}) == reply


def test_it_keeps_what_a_world_takes_from_documented_failures(bench, arm):
    bench.world.set({"fail_object": "errMsg"})
    arm(reply=BUSY, api=[SAVE])

    assert bench.save({"a": "1"}) == BUSY


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_service_acts_only_if_it_comes_after_it(bench, arm, moment):
    arm(reply=BUSY, api=SAVE, moment=moment, times=1)

    assert bench.save({"a": "1"}) == BUSY
    assert bench.saved("a") == ({"a": "1"} if moment == "after" else {})


def test_no_other_api_meets_it(bench, arm):
    fault = arm(reply=BUSY, api=SAVE)

    assert bench.call(LOAD, {"keyList": []})["errMsg"] == f"{LOAD}:ok"
    assert bench.world.faults.get(fault.id).hits == 0


@pytest.mark.parametrize(("reply", "outcome"), [(BUSY, "undocumented"), (ODD, "ok")], ids=str)
def test_it_ends_as_it_begins_and_covers_nothing(bench, arm, reply, outcome):
    arm(reply=reply, api=SAVE, label="old device")

    bench.save({"a": "1"})

    (exchange,) = bench.world.journal.find()
    assert exchange.outcome == outcome
    assert exchange.reason == "f1 (old device) struck, hit 1 (undocumented)"
    assert exchange.view().reply == reply
    assert not any(row.delivered for row in bench.world.coverage())


def test_it_is_shown_as_undocumented_and_no_other_kind_is(bench, arm):
    mine, other = as_json(arm(reply=BUSY, api=SAVE)), as_json(arm(delay_ms=1))

    assert (mine["reply"], mine["undocumented"]) == (BUSY, True)
    assert not {"reply", "undocumented"} & other.keys()


@pytest.mark.parametrize("opening", ["loadSubpackage: ", "loadSubpackage:"])
def test_an_api_whose_messages_begin_otherwise_is_met_in_both_words(bench, arm, opening):
    reply = {"errMsg": opening + "fail no room"}
    arm(reply=reply, api="loadSubpackage")

    assert bench.call("loadSubpackage", {"name": "stage"}) == reply


REFUSED: dict[str, tuple[Any, str, str]] = {
    "no api": ({"reply": BUSY}, "/api", "names one API"),
    "two apis": ({"reply": BUSY, "api": [SAVE, LOAD]}, "/api", "names one API"),
    "another api's": ({"reply": BUSY, "api": LOAD}, "/reply/errMsg", f"{LOAD}:ok or {LOAD}:fail"),
    "neither ok nor fail": (
        {"reply": {"errMsg": f"{SAVE}:cancel"}, "api": SAVE},
        "/reply/errMsg",
        f"{SAVE}:ok or {SAVE}:fail",
    ),
    "another word": ({"reply": {"errMsg": f"{SAVE}:okay"}, "api": SAVE}, "/reply/errMsg", "begin"),
    "in capitals": ({"reply": {"errMsg": f"{SAVE}:OK"}, "api": SAVE}, "/reply/errMsg", "begin"),
    "without errMsg": ({"reply": {}, "api": SAVE}, "/reply/errMsg", "begin"),
    "errMsg is no text": ({"reply": {"errMsg": 1}, "api": SAVE}, "/reply/errMsg", "begin"),
    "a text": ({"reply": "ok", "api": SAVE}, "/reply", "object"),
    "a list": ({"reply": [BUSY], "api": SAVE}, "/reply", "object"),
    "beside an error": (
        {"reply": BUSY, "api": SAVE, "error": "network-unavailable"},
        "/reply",
        "error and reply exclude each other",
    ),
    "beside a sequence": (
        {"reply": BUSY, "api": SAVE, "sequence": ["ok"]},
        "/reply",
        "sequence and reply exclude each other",
    ),
    "with a detail": ({"reply": BUSY, "api": SAVE, "detail": "x"}, "/detail", "says nothing"),
    "with a loop": ({"reply": BUSY, "api": SAVE, "loop": True}, "/loop", "says nothing"),
}


@pytest.mark.parametrize(("raw", "pointer", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_no_game_could_receive_is_refused_with_its_place(raw, pointer, detail):
    with pytest.raises(Unprocessable, match=detail) as caught:
        Bench().world.faults.arm(raw)

    assert [flaw.pointer for flaw in caught.value.flaws] == [pointer]

"""Arming and disarming, through both entry points."""

import re

import pytest

from entry_points import ON_SOCKET
from refusals import is_problem

OFFLINE = {"error": "network-unavailable"}
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
OK = {"errMsg": "setUserCloudStorage:ok"}


def test_arming_one_answers_the_fault(control):
    answer = control("POST", "/v1/faults", {**OFFLINE, "times": 2, "label": "twice"})

    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    wanted = {**OFFLINE, "times": 2, "label": "twice", "hits": 0, "remaining": 2}
    assert wanted.items() <= answer.json.items()
    assert answer.json["id"]
    assert answer.json["completed"] is False


def test_arming_a_list_answers_the_list(control):
    answer = control("POST", "/v1/faults", [OFFLINE, {"delay_ms": 1}])

    assert answer.status == 201
    assert answer.json.keys() == {"faults"}
    broken, slow = answer.json["faults"]
    assert (broken["error"], slow["delay_ms"]) == ("network-unavailable", 1)
    assert control("GET", "/v1/faults").json == answer.json


def test_arming_adds_and_putting_replaces(control):
    first = control("POST", "/v1/faults", OFFLINE).json
    second = control("POST", "/v1/faults", OFFLINE).json
    assert control("GET", "/v1/faults").json == {"faults": [first, second]}

    answer = control("PUT", "/v1/faults", [{"error": 999993}])

    assert answer.status == 200
    assert [fault["error"] for fault in answer.json["faults"]] == [999993]
    assert control("GET", "/v1/faults").json == answer.json


def test_the_order_is_put_and_only_one_of_all_that_are_armed(call, control):
    control("PUT", "/v1/faults", [{"error": 999985, "times": 2}, {"error": 999993}])
    call("setUserCloudStorage", PAIR)
    one, other = control("GET", "/v1/faults").json["faults"]

    answer = control("PUT", "/v1/faults/order", {"ids": [other["id"], one["id"]]})

    assert (answer.status, answer.json) == (200, {"faults": [other, one]})
    assert call("setUserCloudStorage", PAIR).json["errorCode"] == 999993
    refused = control("PUT", "/v1/faults/order", {"ids": [other["id"], "f0"]})
    assert [flaw["pointer"] for flaw in is_problem(refused, 422)] == ["/ids/1", "/ids"]


def test_the_switch_turns_failure_on_and_off(call, control):
    control("PUT", "/v1/faults", [OFFLINE])
    assert call("setUserCloudStorage", PAIR).json["errorCode"] == 999985

    answer = control("DELETE", "/v1/faults")

    assert (answer.status, answer.body) == (204, b"")
    assert "content-type" not in answer.headers
    assert call("setUserCloudStorage", PAIR).json == OK


def test_a_fault_is_read_by_its_id(call, control, used):
    call("login", {})

    answer = control("GET", f"/v1/faults/{used['id']}")

    assert answer.status == 200
    counts = {name: answer.json[name] for name in ("hits", "remaining", "completed")}
    assert counts == {"hits": 1, "remaining": 2, "completed": False}


def test_a_fault_is_disarmed_by_its_id(control, used):
    kept = control("POST", "/v1/faults", {"delay_ms": 1}).json

    answer = control("DELETE", f"/v1/faults/{used['id']}")

    assert (answer.status, answer.body) == (204, b"")
    assert [fault["id"] for fault in control("GET", "/v1/faults").json["faults"]] == [kept["id"]]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("armed", [True, False])
def test_an_id_that_is_not_armed_is_404(control, world_state, used, method, armed):
    if not armed:
        control("DELETE", "/v1/faults")
    before = world_state()

    is_problem(control(method, "/v1/faults/f999"), 404)

    assert world_state() == before


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_fault_that_cannot_be_is_422_with_every_place(control, world_state, used, method):
    before = world_state()

    answer = control(method, "/v1/faults", [OFFLINE, {"eror": 1}, {"error": "network-unavailble"}])

    first, second = is_problem(answer, 422)
    assert first.keys() == second.keys() == {"pointer", "detail"}
    assert [first["pointer"], second["pointer"]] == ["/1/eror", "/2/error"]
    assert "did you mean error" in first["detail"]
    assert "network-unavailable" in second["detail"]
    assert world_state() == before


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"reply": OK}, "/api"),
        ({"reply": OK, "api": ["setUserCloudStorage", "login"]}, "/api"),
        ({"reply": OK, "api": "login"}, "/reply/errMsg"),
        ({"reply": {"errorCode": 1}, "api": "login"}, "/reply/errMsg"),
        ({"reply": "login:ok", "api": "login"}, "/reply"),
        ({"reply": OK, "api": "setUserCloudStorage", "wire": "hang"}, "/reply"),
        ({"sequence": ["ok", 999985], "times": 2}, "/times"),
        ({"sequence": ["ok", 999985], "loop": True, "probability": 0.5}, "/probability"),
        ({**OFFLINE, "loop": True}, "/loop"),
    ],
    ids=str,
)
def test_a_reply_or_a_loop_that_cannot_be_is_422_with_its_place(control, fault, pointer):
    (flaw,) = is_problem(control("POST", "/v1/faults", fault), 422)
    (listed,) = is_problem(control("PUT", "/v1/faults", [{"delay_ms": 1}, fault]), 422)

    assert (flaw["pointer"], listed["pointer"]) == (pointer, f"/1{pointer}")
    (chinese,) = control("POST", "/v1/faults", fault, Accept_Language="zh").json["errors"]
    assert re.search("[一-鿿]", chinese["detail"])


def test_a_reply_of_somebodys_own_comes_as_it_is_and_counts_as_no_row(call, control):
    reply = {"errMsg": "setUserCloudStorage:fail 设备忙", "errorCode": 999985, "odd": [1.5, None]}
    fault = {"reply": reply, "api": "setUserCloudStorage"}
    assert control("POST", "/v1/faults", fault).json["undocumented"] is True

    assert call("setUserCloudStorage", PAIR).json == reply

    (exchange,) = control("GET", "/v1/requests").json["requests"]
    assert exchange["reason"] == "f1 struck, hit 1 (undocumented)"
    chinese = control("GET", "/v1/requests", Accept_Language="zh").json["requests"][0]
    assert chinese["reason"] == "f1 触发，第 1 次（文档未记载）"
    assert control("GET", "/v1/coverage").json["covered"] == 0
    for match, count in (
        ({"ok": False}, 1),
        ({"ok": True}, 0),
        ({"error": "undocumented"}, 1),
        ({"error": 999985}, 0),
    ):
        assert control("POST", "/v1/requests/count", {"match": match}).json["count"] == count


def test_every_third_save_fails_and_one_that_comes_again_is_counted_once(call, control):
    fault = {"sequence": ["ok", "ok", 999985], "loop": True, "api": "setUserCloudStorage"}
    armed = control("POST", "/v1/faults", {**fault, "times": 2}).json
    assert (armed["loop"], armed["remaining"]) == (True, 2)

    codes = [
        call("setUserCloudStorage", PAIR, X_Emulator_Call=f"c-{number}").json.get("errorCode")
        for number in (1, 2, 3, 3, 2, 4, 5, 6, 6, 7, 8, 9)
    ]

    wanted = [None, None, 999985, 999985, None, None, None, 999985, 999985, None, None, None]
    assert codes == wanted
    now = control("GET", f"/v1/faults/{armed['id']}").json
    assert {"hits": 2, "remaining": 0, "completed": True, "matched": 9}.items() <= now.items()


def test_one_fault_that_cannot_be_has_a_place_without_a_number(control):
    (flaw,) = is_problem(control("POST", "/v1/faults", {**OFFLINE, "times": -1}), 422)

    assert flaw["pointer"] == "/times"


PROXIES = {
    "Via": "1.1 nginx",
    "Forwarded": "for=10.0.0.1",
    "X-Forwarded-For": "10.0.0.1",
    "X-Real-IP": "10.0.0.1",
}
LOST = [
    {"wire": "reset"},
    {"wire": "close"},
    {"wire": "hang"},
    {"wire": "drip"},
    {"sequence": ["ok", "drip"]},
]
THROUGH = [
    {"wire": "truncate"},
    {"wire": "bad_json"},
    {"wire": "http_status"},
    {"error": 999985},
    {"delay_ms": 1},
    {"sequence": ["ok", 999985]},
]


@ON_SOCKET
@pytest.mark.parametrize("proxy", PROXIES)
@pytest.mark.parametrize("fault", LOST, ids=str)
def test_who_arms_through_a_proxy_what_does_not_get_through_one_is_told(control, fault, proxy):
    through = {proxy.replace("-", "_"): PROXIES[proxy]}

    one = control("POST", "/v1/faults", fault, **through).json
    (replaced,) = control("PUT", "/v1/faults", [fault], **through).json["faults"]

    for view in (one, replaced):
        assert view["notice"].startswith(
            f"this request came through a proxy ({proxy}), and a proxy"
        )
    assert (
        "代理"
        in control("POST", "/v1/faults", fault, **through, Accept_Language="zh").json["notice"]
    )
    assert all("notice" not in view for view in control("GET", "/v1/faults").json["faults"])


UNSEEN = (
    "No player 'bobb' was seen in this world yet: the fault strikes once one of that name calls."
)


def notices(answer):
    """Of each fault in the answer, the world's name left out."""
    texts = [view.get("notice") for view in answer.json.get("faults", [answer.json])]
    return [each and re.sub("in world '[^']+'", "in this world", each) for each in texts]


@pytest.mark.parametrize("raw", [{**OFFLINE, "player": "bobb"}, [{**OFFLINE, "player": "bobb"}]])
def test_who_arms_a_fault_for_a_player_whom_nobody_has_seen_is_told(call, control, raw):
    assert notices(control("POST", "/v1/faults", raw)) == [UNSEEN]
    assert notices(control("POST", "/v1/faults", raw, Accept_Language="zh"))[0].startswith("世界")
    call("login", {}, X_Emulator_Player="bob")
    assert notices(control("POST", "/v1/faults", raw)) == [f"{UNSEEN} Did you mean bob?"]
    assert notices(control("PUT", "/v1/faults", [OFFLINE, {**OFFLINE, "player": "bob"}])) == [
        None,
        None,
    ]
    call("login", {}, X_Emulator_Player="bobb")
    assert notices(control("POST", "/v1/faults", raw)) == [None]
    assert all("notice" not in view for view in control("GET", "/v1/faults").json["faults"])


@ON_SOCKET
def test_both_notices_stand_one_after_the_other_in_either_language(control):
    fault = {"wire": "reset", "player": "bobb"}

    (english,) = notices(control("POST", "/v1/faults", fault, Via="1.1 nginx"))
    chinese = control("POST", "/v1/faults", fault, Via="1.1 nginx", Accept_Language="zh")

    assert english.startswith(f"{UNSEEN} this request came through a proxy (Via), and ")
    assert chinese.json["notice"].isascii() is False
    assert "proxy" not in chinese.json["notice"]
    assert "No player" not in chinese.json["notice"]


@pytest.mark.parametrize("fault", THROUGH, ids=str)
def test_of_what_gets_through_a_proxy_nothing_is_said(control, fault):
    assert "notice" not in control("POST", "/v1/faults", fault, Via="1.1 nginx").json


@pytest.mark.parametrize("fault", LOST, ids=str)
def test_without_a_proxy_nothing_is_said(control, fault):
    assert "notice" not in control("POST", "/v1/faults", fault).json

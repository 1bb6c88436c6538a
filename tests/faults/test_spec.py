"""What cannot be armed is reported with its place, and leaves the list as it was."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import Bench, as_json
from tt_emulator.errors import Unprocessable

OFFLINE = {"error": "network-unavailable"}

REFUSED: dict[str, tuple[Any, str, str]] = {
    "no object: a number": (1, "", "object"),
    "no object: a text": ("network-unavailable", "", "object"),
    "no object: null": (None, "", "object"),
    "no object: a boolean": (True, "", "object"),
    "nothing to do": ({}, "", "does nothing"),
    "nothing to do, at length": ({"api": "login", "times": 1}, "", "does nothing"),
    "an unknown field": ({**OFFLINE, "tims": 1}, "/tims", "did you mean times"),
    "a field of its answer": ({**OFFLINE, "hits": 0}, "/hits", "unknown field"),
    "a field in capitals": ({**OFFLINE, "Times": 1}, "/Times", "did you mean times"),
    "an unknown error": ({"error": "network-down"}, "/error", "network-unavailable"),
    "an unknown code": ({"error": 999986}, "/error", "unknown error 999986"),
    "an error in capitals": ({"error": "Network-Unavailable"}, "/error", "network-unavailable"),
    "an empty error": ({"error": ""}, "/error", "length >= 1"),
    "an error that is true": ({"error": True}, "/error", "bool"),
    "an error that is a list": ({"error": ["network-unavailable"]}, "/error", "array"),
    "an unknown api": ({**OFFLINE, "api": "setUserStorage"}, "/api", "setUserCloudStorage"),
    "an unknown api in a list": (
        {**OFFLINE, "api": ["login", "logout"]},
        "/api",
        "unknown API 'logout'; did you mean login",
    ),
    "an api in capitals": ({**OFFLINE, "api": "Login"}, "/api", "did you mean login"),
    "no api at all": ({**OFFLINE, "api": []}, "/api", "empty"),
    "an api that is a number": ({**OFFLINE, "api": 5}, "/api", "int"),
    "a synchronous api": ({**OFFLINE, "api": "getSystemInfoSync"}, "/api", "answered in the page"),
    "an error that the api does not document": (
        {"error": "server-error", "api": "getUserCloudStorage"},
        "/error",
        "getUserCloudStorage does not document 'server-error'",
    ),
    "an error that one of the apis does not document": (
        {"error": 108002, "api": ["setUserCloudStorage", "login"]},
        "/error",
        "login does not document 108002; known: host-login-failed",
    ),
    "a close error of another api": (
        {"error": "service-error", "api": "setUserCloudStorage"},
        "/error",
        "did you mean server-error",
    ),
    "no times": ({**OFFLINE, "times": 0}, "/times", ">= 1"),
    "negative times": ({**OFFLINE, "times": -1}, "/times", ">= 1"),
    "half a time": ({**OFFLINE, "times": 1.5}, "/times", "float"),
    "times without end": ({**OFFLINE, "times": 10**12}, "/times", "<= 1000000000"),
    "times as a text": ({**OFFLINE, "times": "1"}, "/times", "str"),
    "times that are true": ({**OFFLINE, "times": True}, "/times", "bool"),
    "a negative skip": ({**OFFLINE, "skip": -1}, "/skip", ">= 0"),
    "skip as a text": ({**OFFLINE, "skip": "2"}, "/skip", "str"),
    "a negative delay": ({"delay_ms": -1}, "/delay_ms", ">= 0"),
    "a delay over two minutes": ({"delay_ms": 120_001}, "/delay_ms", "<= 120000"),
    "an endless delay": ({"delay_ms": float("inf")}, "/delay_ms", "<= 120000"),
    "a delay as a text": ({"delay_ms": "100"}, "/delay_ms", "str"),
    "an unknown moment": ({**OFFLINE, "moment": "during"}, "/moment", "during"),
    "detail on a fixed text": (
        {"error": "internal-error", "detail": "x"},
        "/detail",
        "internal-error of .* has one fixed text",
    ),
    "detail that names no option": (
        {"error": "bad-parameter", "api": "setUserCloudStorage", "detail": "KVDataLst"},
        "/detail",
        "did you mean KVDataList",
    ),
    "detail that names an option of one of several apis": (
        {"error": "bad-parameter", "detail": "KVDataList"},
        "/detail",
        "has no option 'KVDataList'",
    ),
    "detail without an error": ({"delay_ms": 1, "detail": "x"}, "/detail", "detail"),
    "a key for an api without keys": ({"error": "host-login-failed", "key": "a*"}, "/key", "keys"),
    "an empty key": ({**OFFLINE, "key": ""}, "/key", "length >= 1"),
    "an empty player": ({**OFFLINE, "player": ""}, "/player", "length >= 1"),
    "a player that is a number": ({**OFFLINE, "player": 1}, "/player", "int"),
    "a player whom no call could name": ({**OFFLINE, "player": "名" * 43}, "/player", "1 to 128"),
    "a player with a line end": ({**OFFLINE, "player": "a\n"}, "/player", "control characters"),
    "a key with an empty class": ({**OFFLINE, "key": "a[z-a]"}, "/key", "holds no character"),
    "a key with only an empty class": ({**OFFLINE, "key": "[9-0]*"}, "/key", "holds no character"),
    "a random delay of nothing": ({"delay_ms": {"min": 0, "max": 0}}, "/delay_ms", "does nothing"),
    "a log-normal delay of nothing": (
        {"delay_ms": {"median": 5, "sigma": 1, "max": 0.0}},
        "/delay_ms",
        "does nothing",
    ),
    "a key and a domain that no one api has": (
        {
            "wire": "reset",
            "api": ["getCloudStorageByRelation", "login"],
            "key": "k",
            "domain": "main",
        },
        "/domain",
        "names keys and exists in the main domain",
    ),
    "a wire fault as an error": ({"error": "hang"}, "/error", "give wire: 'hang'"),
    "a client fault as an error": ({"error": "twice"}, "/error", "give client: 'twice'"),
    "a client fault as a wire fault": ({"wire": "never"}, "/wire", "give client: 'never'"),
    "a wire fault as a client fault": ({"client": "drip"}, "/client", "give wire: 'drip'"),
    "an error as a wire fault": (
        {"wire": "network-unavailable"},
        "/wire",
        "give error: 'network-unavailable'",
    ),
    "a client fault in a sequence": (
        {"sequence": ["ok", "twice"]},
        "/sequence/1",
        "twice is a name for client, which a sequence does not take",
    ),
    "a name that is like none": ({**OFFLINE, "api": "cloud"}, "/api", "'cloud'; known: "),
    "another that is like none": ({**OFFLINE, "api": "nothing"}, "/api", "; known: "),
    "a status in a sequence without http_status": (
        {"sequence": ["ok", "hang"], "status": 502},
        "/status",
        "says nothing",
    ),
    "a duration in a sequence of errors": (
        {"sequence": ["ok", "network-unavailable"], "duration_ms": 5},
        "/duration_ms",
        "says nothing",
    ),
    "a detail in a sequence of fixed texts": (
        {"sequence": ["internal-error", "network-unavailable"], "detail": "x"},
        "/detail",
        "one fixed text",
    ),
    "a detail in a sequence of wire faults": (
        {"sequence": ["reset", "ok"], "detail": "x"},
        "/detail",
        "says nothing",
    ),
    "a label that is a number": ({**OFFLINE, "label": 1}, "/label", "int"),
}


@pytest.mark.parametrize("key", ["x" * 129, "?" * 129, "[a-z]", "[(?!)]", "[]]", "[z-a"])
def test_a_pattern_that_a_call_can_name_is_taken(bench, key):
    """A key that is too long for the service meets faults all the same: they are asked first."""
    bench.world.faults.arm({**OFFLINE, "key": key})
    named = {"[a-z]": "a", "[(?!)]": "!", "[]]": "]", "?" * 129: "x" * 129}.get(key, key)

    assert bench.save({named: "1"})["errorCode"] == 999985


SEQUENCES = [
    {"sequence": ["http_status", "ok"], "status": 502},
    {"sequence": ["hang", "server-error"], "duration_ms": 5},
    {"sequence": ["drip", "http_status"], "duration_ms": 5, "status": 404},
    {"sequence": ["server-error", "network-unavailable"], "detail": "busy"},
]


@pytest.mark.parametrize("spec", SEQUENCES, ids=str)
def test_a_sequence_takes_the_fields_of_its_items(bench, spec):
    (fault,) = bench.world.faults.arm(spec)

    assert spec.items() <= as_json(fault).items()


def test_the_items_of_a_sequence_do_as_its_fields_say(bench, arm):
    spec = {"sequence": ["http_status", "hang", "server-error", "network-unavailable"]}
    arm(**spec, status=502, duration_ms=5, detail="busy", api="setUserCloudStorage")
    pairs = {"KVDataList": [{"key": "k", "value": "1"}]}

    broken, hung, busy, offline = (bench.steps("setUserCloudStorage", pairs) for _ in range(4))

    assert broken[-1].status == 502
    assert hung[0].duration_ms == 5
    assert busy[-1].reply.body["errMsg"] == "setUserCloudStorage:fail busy"
    assert offline[-1].reply.body["errorCode"] == 999985


def test_each_field_is_kept_as_it_was_written(bench):
    written = {
        "error": "server-error",
        "detail": "quota",
        "api": ["setUserCloudStorage"],
        "player": "alice",
        "key": "score*",
        "skip": 1,
        "times": 2,
        "moment": "after",
        "delay_ms": 0.5,
        "label": "second save fails",
    }

    (fault,) = bench.world.faults.arm(written)

    assert written.items() <= as_json(fault).items()


def test_what_is_left_out_has_its_default(bench):
    (fault,) = map(as_json, bench.world.faults.arm(OFFLINE))

    for field in ("detail", "api", "player", "key", "label"):
        assert fault.get(field) is None
    assert {"skip": 0, "times": None, "moment": "before", "delay_ms": 0}.items() <= fault.items()
    assert {"hits": 0, "remaining": None, "completed": False}.items() <= fault.items()


@pytest.mark.parametrize(("raw", "pointer", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_armed_is_refused_with_its_place(bench, raw, pointer, detail):
    bench.world.faults.arm(OFFLINE)
    before = bench.world.faults.views()

    with pytest.raises(Unprocessable, match=detail) as caught:
        bench.world.faults.arm(raw)

    assert [flaw.pointer for flaw in caught.value.flaws] == [pointer]
    assert caught.value.hint
    assert bench.world.faults.views() == before


@pytest.mark.parametrize("verb", ["arm", "replace"])
def test_one_bad_item_and_the_list_is_as_it_was(bench, verb):
    bench.world.faults.arm(OFFLINE)
    before = bench.world.faults.views()

    with pytest.raises(Unprocessable):
        getattr(bench.world.faults, verb)([{"error": 999993}, {"error": "typo"}])

    assert bench.world.faults.views() == before
    assert bench.save({"a": "1"})["errorCode"] == 999985


def test_every_bad_item_of_a_list_is_told_at_once(bench):
    with pytest.raises(Unprocessable) as caught:
        bench.world.faults.arm([{"error": "typo"}, OFFLINE, {**OFFLINE, "times": 0}, 5])

    assert [flaw.pointer for flaw in caught.value.flaws] == ["/0/error", "/2/times", "/3"]


def test_a_list_in_a_list_is_no_fault(bench):
    with pytest.raises(Unprocessable):
        bench.world.faults.arm([[OFFLINE]])


def test_an_empty_list_arms_nothing(bench):
    bench.world.faults.arm(OFFLINE)

    assert bench.world.faults.arm([]) == []
    assert len(bench.world.faults.views()) == 1


def test_no_more_than_a_thousand_are_armed(bench):
    bench.world.faults.arm([OFFLINE] * 1000)

    with pytest.raises(Unprocessable, match="1000"):
        bench.world.faults.arm(OFFLINE)
    with pytest.raises(Unprocessable, match="1000"):
        bench.world.faults.replace([OFFLINE] * 1001)

    assert len(bench.world.faults.views()) == 1000


FIELDS = ["error", "api", "player", "key", "skip", "times", "moment", "delay_ms", "detail", "label"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
likely = st.sampled_from(
    ["network-unavailable", 999985, "login", ["login"], "a*", 0, 1, 2.5, "before", "after", None]
)
faults = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), likely | json_values)


@settings(max_examples=60)
@given(raw=faults | json_values | st.lists(faults, max_size=3))
def test_whatever_is_sent_is_armed_whole_or_refused_with_a_place(raw):
    registry = Bench().world.faults
    armed: list[Any] = []
    flaws: Any = ()

    try:
        armed = registry.arm(raw)
    except Unprocessable as refusal:
        flaws = refusal.flaws

    assert registry.views() == armed
    assert bool(armed) != bool(flaws) or raw == []

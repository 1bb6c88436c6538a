"""Options as no game should write them: each call is answered, and only whole pairs are stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.wx.wx_bench import OPTIONS, WX, prepared
from tt_emulator.platforms.wx import stored

OWN = sorted(api.name for api in WX.catalog.called.values() if api.source != "TT")

SCALARS = st.none() | st.booleans() | st.integers(-3, 60) | st.floats(-1, 1) | st.text(max_size=3)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
PAIR = st.fixed_dictionaries({}, optional={"key": SCALARS, "value": SCALARS})


@given(data=st.data(), name=st.sampled_from(OWN), armed=st.booleans())
def test_whatever_the_options_are_the_call_is_answered_and_the_world_stays_whole(data, name, armed):
    bench = prepared()
    if armed:
        bench.world.faults.arm({"delay_ms": 1, "key": "a*"})
    params = [param.name for param in WX.catalog.apis[name].params]
    wrong = (
        st.dictionaries(st.sampled_from(params), JSON | st.lists(PAIR)) if params else st.just({})
    )

    body = bench.call(name, OPTIONS.get(name, {}) | data.draw(wrong))

    assert ":ok" in body["errMsg"] or ":fail" in body["errMsg"]
    for openid, record in bench.world.store.items():
        assert stored.judge(openid, record) == []


@pytest.mark.parametrize("options", [{}, {"KVDataList": "a"}, {"KVDataList": [{"key": 1}, "a"]}])
def test_a_fault_for_a_key_lets_a_call_pass_that_names_none(bench, arm, options):
    arm(error="connect-fail", api="setUserCloudStorage", key="a")

    assert bench.call("setUserCloudStorage", options)["errMsg"] in {
        "setUserCloudStorage:fail KVDataList must be an Array",
        "setUserCloudStorage:fail invalid KVData item",
    }
    assert bench.save({"a": "1"})["errMsg"] == "setUserCloudStorage:fail connect fail"

"""A world of the platform begins with the platform's own settings, and goes back to them."""

import json

import pytest
from msgspec import to_builtins

from platforms.wx.wx_bench import WX
from tt_emulator.errors import NotOffered, Unprocessable
from tt_emulator.story.excerpt import excerpt
from tt_emulator.world import meta
from tt_emulator.world.stored import rules

OURS = ("WeChat", "3.16.2")
DOCUMENT = {"schema": 1, "platform": "wx"}
RELATIONS = "getRelationFriendList"


def told(settings):
    return settings.host.appName, settings.host.SDKVersion


def become(bench, **document):
    bench.world.document.replace(json.dumps(DOCUMENT | document).encode())


def exported(bench):
    return json.loads(b"".join(bench.world.document.export()))["settings"]


def test_a_new_world_is_of_the_platforms_app(bench):
    host = exported(bench)["host"]

    assert (host["appName"], host["SDKVersion"]) == OURS
    assert exported(bench)["own_data_in_main"] is False
    assert bench.world.conditions().settings == []


@pytest.mark.parametrize(
    "settings",
    [
        None,
        {},
        {"host": {"unsupported": [RELATIONS]}},
        {"fail_object": "errMsg"},
        {"system": {"platform": "ios"}},
    ],
)
def test_what_a_document_leaves_out_is_as_in_a_new_world(bench, settings):
    bench.world.set({"host": {"appName": "WeCom", "SDKVersion": "2.0.0"}})

    become(bench, **({} if settings is None else {"settings": settings}))

    assert told(bench.world.settings) == OURS
    assert bench.world.settings.own_data_in_main is False
    after = exported(bench)
    for name, value in (settings or {}).items():
        assert after[name] == (after[name] | value if isinstance(value, dict) else value)


def test_a_reset_goes_back_to_the_platforms_settings(bench):
    bench.world.set({"host": {"appName": "WeCom"}})

    bench.world.document.reset()

    assert told(bench.world.settings) == OURS


def test_what_is_not_stored_is_as_in_a_new_world():
    settings, _ = meta.read({"host": {"unsupported": []}, "strict_canvas": True}, WX.settings)

    assert told(settings) == OURS
    assert settings.strict_canvas


def test_only_what_differs_from_a_new_world_of_the_platform_is_told(bench):
    of_new = meta.of_settings(bench.world.settings)
    assert "settings" not in excerpt(WX, of_new, {})

    bench.world.set({"host": {"appName": "Douyin"}})

    assert bench.world.conditions().settings == ["host.appName"]
    changed = excerpt(WX, meta.of_settings(bench.world.settings), {})["settings"]
    assert changed == {"host": {"appName": "Douyin"}}


@pytest.mark.parametrize("name", sorted(WX.settings.unused))
def test_a_setting_without_effect_is_refused_unless_it_says_what_is_anyway(bench, name):
    before = bench.world.settings
    usual = to_builtins(before)[name]

    bench.world.set({name: usual})
    for attempt in (
        lambda: bench.world.set({name: not usual}),
        lambda: become(bench, settings={name: not usual}),
    ):
        with pytest.raises(Unprocessable, match="has no effect on this platform") as refused:
            attempt()
        assert refused.value.flaws[0].pointer.endswith(f"/{name}")

    assert bench.world.settings == before


def test_what_was_stored_without_effect_is_taken_out_and_the_rest_is_read():
    stored = {"own_data_in_main": True, "strict_canvas": True}

    told_of = rules(WX).meta(stored)

    assert len(told_of) == 1
    assert stored == {"strict_canvas": True}


def test_what_the_host_does_not_offer_does_not_exist(bench):
    bench.world.set({"host": {"unsupported": ["login", "getOpenDataContext"]}})

    with pytest.raises(NotOffered, match=r"^wx\.login does not exist"):
        bench.call("login")
    assert bench.call("checkSession") is not None
    assert bench.world.conditions().host_lacks == ["getOpenDataContext", "login"]
    bench.world.set({"host": {"unsupported": []}})
    assert bench.call("login")["errMsg"] == "login:ok"


def test_a_call_of_what_the_host_does_not_offer_is_told_to_who_armed_a_fault(bench, arm):
    bench.world.set({"host": {"unsupported": ["setUserCloudStorage"]}})
    fault = arm(error="too-long", api="setUserCloudStorage")

    with pytest.raises(NotOffered):
        bench.call("setUserCloudStorage", {"KVDataList": []})

    view = next(each for each in bench.world.faults.views() if each.id == fault.id)
    assert "not-offered" in str(view.near_miss)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("code2Session", "a game's own server"),
        ("writeFile", "a method of"),
        ("loginn", "unknown API"),
    ],
)
def test_only_what_the_global_has_can_be_lacking(bench, name, why):
    with pytest.raises(Unprocessable, match=why):
        bench.world.set({"host": {"unsupported": [name]}})

import pytest

from tt_emulator.domain.settings import WorldSettings, merged
from tt_emulator.errors import Unprocessable, WrongDomain
from tt_emulator.platforms.tt.pages import load

CATALOG = load()


def test_a_patch_is_laid_over_what_is_set():
    first = merged(WorldSettings(), {"host": {"appName": "Toutiao"}}, CATALOG)
    second = merged(first, {"host": {"SDKVersion": "1.10.0"}, "fail_object": "errMsg"}, CATALOG)

    assert (second.host.appName, second.host.SDKVersion) == ("Toutiao", "1.10.0")
    assert second.fail_object == "errMsg"
    assert second.new_player_session == "valid"


def test_ranking_keys_are_set_as_a_whole():
    first = merged(WorldSettings(), {"ranking_keys": {"a": "desc", "b": "asc"}}, CATALOG)
    second = merged(first, {"ranking_keys": {"b": "desc"}}, CATALOG)

    assert second.ranking_keys == {"b": "desc"}
    assert merged(second, {"strict_canvas": True}, CATALOG).ranking_keys == {"b": "desc"}


def test_the_phone_is_set_field_by_field():
    first = merged(
        WorldSettings(), {"system": {"language": "en", "safeArea": {"top": 44}}}, CATALOG
    )
    patch = {"windowWidth": 375, "pixelRatio": 2.5, "safeArea": {"bottom": 800}}
    second = merged(first, {"system": patch}, CATALOG)

    assert second.system.known() == {
        **WorldSettings().system.known(),
        "language": "en",
        "safeArea": {"top": 44, "bottom": 800},
        "windowWidth": 375,
        "pixelRatio": 2.5,
    }
    assert (
        "windowWidth"
        not in merged(second, {"system": {"windowWidth": None}}, CATALOG).system.known()
    )


def test_null_gives_a_size_back_to_the_page():
    sizes = {"windowWidth": 375, "safeArea": {"top": 44}}
    first = merged(WorldSettings(), {"system": sizes}, CATALOG)

    assert merged(first, {"system": dict.fromkeys(sizes)}, CATALOG) == WorldSettings()


def test_the_name_of_the_system_follows_the_platform_until_it_is_set():
    def system(*patches):
        settings = WorldSettings()
        for patch in patches:
            settings = merged(settings, {"system": patch}, CATALOG)
        return settings.system.system

    assert "android" in system().lower()
    assert "ios" in system({"platform": "ios"}).lower()
    assert system({"platform": "ios"}, {"platform": "android"}) == system()
    assert system({"platform": "ios", "system": "12.1"}, {"platform": "android"}) == "12.1"
    assert system({"system": "12.1"}, {"system": ""}, {"platform": "ios"}) == system(
        {"platform": "ios"}
    )


def test_a_document_that_names_the_platform_alone_has_its_system(bench):
    bench.world.document.replace(
        b'{"schema":1,"settings":{"system":{"platform":"ios"}},"players":[]}'
    )

    info = bench.call("getSystemInfo")
    assert (info["platform"], "ios" in info["system"].lower()) == ("ios", True)
    assert bench.world.settings.system.brand == "tt-emulator"


def test_what_get_system_info_tells_of_the_phone_is_what_is_set(bench):
    phone = {
        "platform": "devtools",
        "brand": "X",
        "model": "Y",
        "version": "1.2.3",
        "deviceScore": 8.5,
    }
    sizes = {"screenWidth": 400, "screenHeight": 900, "windowWidth": 390, "windowHeight": 844}
    area = {"safeArea": {"top": 44, "bottom": 810}, "statusBarHeight": 44}
    bench.world.set({"system": phone | sizes | area, "host": {"SDKVersion": "3.1.4"}})

    info = bench.call("getSystemInfo")

    assert (
        info.items()
        >= {**phone, **sizes, **area, "SDKVersion": "3.1.4", "language": "zh_CN"}.items()
    )
    assert "pixelRatio" not in info


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"hots": {}}, "/hots"),
        ({"host": {"name": "x"}}, "/host/name"),
        ({"host": "Douyin"}, "/host"),
        ({"host": {"SDKVersion": "1.2"}}, "/host/SDKVersion"),
        ({"host": {"unsupported": ["setUserCloud"]}}, "/host/unsupported/0"),
        ({"host": {"unsupported": ["checkSession"]}}, "/host/unsupported/0"),
        ({"fail_object": "none"}, "/fail_object"),
        ({"own_data_in_main": "yes"}, "/own_data_in_main"),
        ({"ranking_keys": {"score": "down"}}, "/ranking_keys"),
        ({"ranking_keys": ["score"]}, "/ranking_keys"),
        ({"two_way_messages": 1}, "/two_way_messages"),
        ({"strict_canvas": None}, "/strict_canvas"),
        ({"shared_canvas_in_main": 0}, "/shared_canvas_in_main"),
        ({"screen_sized_canvas": "no"}, "/screen_sized_canvas"),
        ({"system": "ios"}, "/system"),
        ({"system": {"platfrom": "ios"}}, "/system/platfrom"),
        ({"system": {"platform": ""}}, "/system/platform"),
        ({"system": {"language": None}}, "/system/language"),
        ({"system": {"windowWidth": 0}}, "/system/windowWidth"),
        ({"system": {"windowHeight": "844"}}, "/system/windowHeight"),
        ({"system": {"pixelRatio": True}}, "/system/pixelRatio"),
        ({"system": {"statusBarHeight": -1}}, "/system/statusBarHeight"),
        ({"system": {"safeArea": {"topp": 1}}}, "/system/safeArea/topp"),
        ([], ""),
    ],
)
def test_what_cannot_be_set_is_refused_with_its_place(patch, pointer):
    with pytest.raises(Unprocessable) as caught:
        merged(WorldSettings(), patch, CATALOG)

    assert caught.value.flaws[0].pointer == pointer


def test_an_api_that_the_host_lacks_fails_before_anything_else(bench, arm):
    fault = arm(error="internal-error")
    bench.world.set({"host": {"unsupported": ["setUserCloudStorage"]}})

    reply = bench.reply("setUserCloudStorage", {"KVDataList": None})

    assert reply.body == {
        "errMsg": "setUserCloudStorage:fail feature is not supported in app",
        "errorCode": 999987,
        "errorType": "D",
    }
    assert reply.reason == "Douyin is set not to offer setUserCloudStorage"
    assert bench.world.faults.get(fault.id).hits == 0


def test_a_strict_world_has_no_session_before_login(bench):
    bench.world.set({"new_player_session": "none"})

    assert bench.save({"a": "1"})["errorCode"] == 999998
    bench.call("login")
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}


def test_failures_can_carry_err_msg_alone(bench, arm):
    bench.world.set({"fail_object": "errMsg"})
    arm(error="internal-error", times=1)

    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:fail internal error"}
    assert bench.call("setUserCloudStorage", {}) == {
        "errMsg": "setUserCloudStorage:fail KVDataList"
    }


def test_own_data_can_be_kept_out_of_the_main_domain(bench):
    bench.world.set({"own_data_in_main": False})

    with pytest.raises(WrongDomain, match="does not exist in the main domain") as caught:
        bench.saved("a")
    assert "own_data_in_main" in caught.value.hint
    assert bench.saved("a", domain="open") == {}


def test_settings_outlive_the_world_object_and_a_reset_ends_them(bench):
    bench.world.set({"fail_object": "errMsg"})
    from tt_emulator.world import Worlds

    again = Worlds(bench.storage, bench.platform, bench.clock).open("default")

    assert again.settings.fail_object == "errMsg"
    again.reset(("data",))
    assert again.settings == WorldSettings()
    assert again.players.openids() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, value) for field in ("platform", "language") for value in ("a b", "ios\n", " ")),
        *((field, value) for field in ("brand", "model", "version", "system")
          for value in (" ", "\t", "a\n", "\x00", "a\x7fb", "\x1b[31m", "\u3000")),
        ("platform", ""), ("brand", ""),
        ("windowWidth", 0.5), ("windowHeight", 10_001), ("screenWidth", 0), ("pixelRatio", 0),
        ("statusBarHeight", -1), ("deviceScore", -2), ("deviceScore", 18446744073709551616),
        ("safeArea", {"left": 2, "right": 1}), ("safeArea", {"top": 2, "bottom": 1.5}),
    ],
)  # fmt: skip
def test_a_phone_that_there_cannot_be_is_refused_with_its_place(field, value):
    with pytest.raises(Unprocessable) as caught:
        merged(WorldSettings(), {"system": {field: value}}, CATALOG)

    assert caught.value.flaws[0].pointer == f"/system/{field}"


@pytest.mark.parametrize("value", [" ", "a\n", "\x00"])
def test_a_host_whose_name_nobody_could_print_is_refused(value):
    with pytest.raises(Unprocessable):
        merged(WorldSettings(), {"host": {"appName": value}}, CATALOG)


def test_sides_that_meet_are_no_flaw():
    area = {"left": 1, "right": 1, "top": 0, "bottom": 0}
    settings = merged(WorldSettings(), {"system": {"safeArea": area}}, CATALOG)

    assert settings.system.known()["safeArea"] == area


@pytest.mark.parametrize("key", ["名" * 43, "x" * 129, "a/b~" + "é" * 63])
def test_a_ranking_key_that_no_call_could_name_is_refused_with_its_place(key):
    with pytest.raises(Unprocessable) as caught:
        merged(WorldSettings(), {"ranking_keys": {"ok": "desc", key: "desc"}}, CATALOG)

    place = key.replace("~", "~0").replace("/", "~1")
    if len(key) <= 128:
        assert caught.value.flaws[0].pointer == f"/ranking_keys/{place}"
        assert "128 bytes" in caught.value.detail


def test_a_ranking_key_may_have_as_many_bytes_as_a_stored_key():
    keys = {"名" * 42: "desc", "x" * 128: "asc"}

    assert merged(WorldSettings(), {"ranking_keys": keys}, CATALOG).ranking_keys == keys

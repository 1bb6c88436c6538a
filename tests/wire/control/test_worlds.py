import json
from urllib.parse import quote

import pytest

DAY_S = 86_400
NO_NAMES = ["-x", " a", "a ", "x" * 65, ".x", "a\\b", "a\nb", "a\x7f", "a\u202eb", "\ufeff"]


@pytest.fixture
def save(call):
    def save_one(value, **headers):
        pairs = [{"key": "score", "value": value}]
        return call("setUserCloudStorage", {"KVDataList": pairs}, **headers).json

    return save_one


@pytest.fixture
def saved(call):
    def saved_one(**headers):
        found = call("getUserCloudStorage", {"keyList": ["score"]}, **headers).json
        return [pair["value"] for pair in found["KVDataList"]]

    return saved_one


def test_worlds_are_listed_by_name(control, entry_point, save):
    save("1")

    worlds = control("GET", "/v1/worlds").json["worlds"]

    names = [world["name"] for world in worlds]
    assert {"default", entry_point.world} <= set(names)
    assert names == sorted(names)
    (own,) = [world for world in worlds if world["name"] == entry_point.world]
    (call,) = control("GET", "/v1/requests").json["requests"]
    used_at = call["received_at"]
    assert own == {
        "name": entry_point.world,
        "platform": "tt",
        "players": 1,
        "used_at": used_at,
    }


def test_an_export_is_an_import_elsewhere(control, entry_point, save, saved):
    save("1")
    exported = control("GET", f"/v1/worlds/{entry_point.world}")
    copy = f"{entry_point.world}-copy"

    put = control("PUT", f"/v1/worlds/{copy}", exported.json)

    assert (exported.status, put.status) == (200, 200)
    assert exported.headers["content-type"] == "application/json"
    assert put.body == exported.body
    assert saved(X_Emulator_World=copy) == ["1"]


def test_an_import_that_fails_leaves_no_new_world(control, entry_point):
    name = f"{entry_point.world}-bad"

    refused = control("PUT", f"/v1/worlds/{name}", {"schema": 1, "players": [{"openid": 1}]})

    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/players/0/openid")
    assert control("GET", f"/v1/worlds/{name}").status == 404
    assert name not in control("GET", "/v1/worlds").json["worlds"]


def test_an_import_may_be_larger_than_a_call(control, entry_point, saved):
    pairs = [{"key": "score", "value": "v" * 1000}]
    many = [{"openid": f"p{number}", "KVDataList": pairs} for number in range(2000)]

    assert (
        control("PUT", f"/v1/worlds/{entry_point.world}", {"schema": 1, "players": many}).status
        == 200
    )
    assert saved(X_Emulator_Player="p1999") == ["v" * 1000]


def test_an_import_says_that_it_is_json(entry_point, control):
    path = f"/__emulator/v1/worlds/{entry_point.world}"

    assert entry_point("PUT", path, b'{"schema":1}', Content_Type="text/plain").status == 415
    assert entry_point("PUT", path, b'{"schema":', Content_Type="application/json").status == 400


def test_a_dropped_world_is_gone_and_begins_anew(control, entry_point, save, saved):
    save("1")
    control("POST", "/v1/faults", {"error": "app-in-background"})

    assert control("DELETE", f"/v1/worlds/{entry_point.world}").status == 204

    assert control("GET", f"/v1/worlds/{entry_point.world}").status == 404
    assert control("GET", "/v1/faults").status == 404
    assert saved() == []
    assert control("GET", "/v1/faults").json == {"faults": []}


def test_dropping_no_world_is_no_error(control, entry_point):
    assert control("DELETE", f"/v1/worlds/{entry_point.world}-never").status == 204


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("worlds", ["-x", "a b", "x" * 65, "世"]),
        ("snapshots", NO_NAMES),
        ("scenarios", NO_NAMES),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_name_that_cannot_be_is_400(control, kind, names, method):
    for name in names:
        answer = control(method, f"/v1/{kind}/{quote(name)}", {"schema": 1})
        assert (answer.status, f"no {kind[:-1]} name" in answer.json["detail"]) == (400, True), name


@pytest.mark.parametrize(
    "name",
    [
        "第二关",
        "😀👩\u200d🚀",
        "Übergang 2",
        "до босса",
        "قبل\u200cالزعيم",
        "x" * 64,
        "C:",
        "a=b%41",
    ],
)
def test_a_snapshot_may_have_a_name_of_any_script(control, save, saved, name):
    save("1")
    assert control("PUT", f"/v1/snapshots/{quote(name)}").json == {"name": name}
    save("2")
    assert control("GET", "/v1/snapshots").json == {"snapshots": [name]}
    assert control("POST", f"/v1/snapshots/{quote(name)}/restore").status == 204
    assert saved() == ["1"]
    assert control("DELETE", f"/v1/snapshots/{quote(name)}").status == 204
    assert control("GET", "/v1/snapshots").json == {"snapshots": []}


def test_names_of_snapshots_that_look_alike_are_one(control, save):
    save("1")
    composed, apart = "\u00e9", "e\u0301"
    assert control("PUT", f"/v1/snapshots/{quote(apart)}").json == {"name": composed}
    assert control("POST", f"/v1/snapshots/{quote(composed)}/restore").status == 204
    assert control("GET", "/v1/snapshots").json == {"snapshots": [composed]}


def test_a_snapshot_brings_back_players_settings_and_clock(control, entry_point, save, saved):
    save("1")
    control("PUT", "/v1/settings", {"own_data_in_main": True})
    control("POST", "/v1/clock", {"set": 1_000, "freeze": True})
    assert control("PUT", "/v1/snapshots/Before").json == {"name": "Before"}
    save("2")
    control("PUT", "/v1/players/bob", {"session": "none"})
    control("PUT", "/v1/settings", {"fail_object": "errMsg"})
    control("POST", "/v1/clock", {"advance_s": DAY_S})

    assert control("POST", "/v1/snapshots/Before/restore").status == 204

    assert saved() == ["1"]
    assert [p["openid"] for p in control("GET", "/v1/players").json["players"]] == ["player-1"]
    assert control("GET", "/v1/settings").json["fail_object"] == "full"
    assert control("GET", "/v1/clock").json == {"now": "1970-01-01T00:00:01.000Z", "frozen": True}


def test_snapshots_are_replaced_listed_and_forgotten(control, save, saved):
    for value in "12":
        save(value)
        control("PUT", "/v1/snapshots/b")
    control("PUT", "/v1/snapshots/a")
    save("3")

    assert control("GET", "/v1/snapshots").json == {"snapshots": ["a", "b"]}
    control("POST", "/v1/snapshots/b/restore")
    assert saved() == ["2"]
    assert control("DELETE", "/v1/snapshots/a").status == 204
    assert control("DELETE", "/v1/snapshots/a").status == 204
    refused = control("POST", "/v1/snapshots/a/restore")
    assert (refused.status, "b" in refused.json["hint"]) == (404, True)


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "POST"])
@pytest.mark.parametrize("name", ["a%2Fb", "..%2F..%2Fx", "%2F", "a%00b", "a" * 300, "..%5C..%5Cx"])
def test_no_name_reaches_beyond_the_snapshots(control, verb, name):
    path = f"/v1/snapshots/{name}" + ("/restore" if verb == "POST" else "")

    assert control(verb, path).status == 400


def test_a_restored_world_keeps_its_faults_and_its_journal(control, save):
    save("1")
    control("PUT", "/v1/snapshots/s")
    control("POST", "/v1/faults", {"error": "app-in-background"})

    control("POST", "/v1/snapshots/s/restore")

    assert len(control("GET", "/v1/faults").json["faults"]) == 1
    assert len(control("GET", "/v1/requests").json["requests"]) == 1


@pytest.mark.unused_world
def test_snapshots_of_a_world_that_is_not_there_are_404(control):
    assert control("GET", "/v1/snapshots").status == 404
    assert control("GET", "/v1/clock").status == 404


def test_the_clock_is_set_advanced_and_stopped(control):
    control("POST", "/v1/clock", {"set": "2026-02-01T23:59:59+08:00", "freeze": True})

    answer = control("POST", "/v1/clock", {"advance_s": 1})

    assert answer.json == {"now": "2026-02-01T16:00:00.000Z", "frozen": True}
    assert control("POST", "/v1/clock", {"advance": 1}).status == 422
    control("POST", "/v1/reset", {"scope": ["clock"]})
    assert control("GET", "/v1/clock").json["frozen"] is False


def test_the_default_world_can_be_dropped_and_is_there_again():
    from entry_points import FlaskEntryPoint

    entry_point = FlaskEntryPoint("default")
    entry_point("POST", "/tt/setUserCloudStorage", b'{"KVDataList":[{"key":"a","value":"1"}]}')

    assert entry_point("DELETE", "/__emulator/v1/worlds/default").status == 204

    (world,) = entry_point("GET", "/__emulator/v1/worlds").json["worlds"]
    assert world == {"name": "default", "platform": "tt", "players": 0, "used_at": None}
    assert json.loads(entry_point("GET", "/__emulator/v1/worlds/default").body)["players"] == []


def lifetime_of(control, name, method="GET", body=None):
    return control(method, f"/v1/worlds/{name}/lifetime", body)


def test_a_world_is_given_a_lifetime_and_tells_when_it_ends(control, entry_point, save):
    save("1")
    given = lifetime_of(control, entry_point.world, "PUT", {"ttl_s": 60})

    assert given.json["ttl_s"] == 60
    assert given.json["own"]
    assert (
        given.json["expires_at"] > control("GET", "/v1/requests").json["requests"][0]["received_at"]
    )
    assert lifetime_of(control, entry_point.world).json["ttl_s"] == 60


def test_a_lifetime_makes_its_world_of_the_platform_that_is_named(control, entry_point):
    name = f"{entry_point.world}-wx"
    control("PUT", f"/v1/worlds/{name}/lifetime?platform=wx", {"ttl_s": 60})

    (world,) = [
        each for each in control("GET", "/v1/worlds").json["worlds"] if each["name"] == name
    ]
    assert world["platform"] == "wx"


@pytest.mark.parametrize("ttl_s", [0, -1, "60", 10**12, True])
def test_a_lifetime_that_cannot_be_is_refused(control, entry_point, ttl_s):
    refused = lifetime_of(control, entry_point.world, "PUT", {"ttl_s": ttl_s})

    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] == "/ttl_s"
    assert lifetime_of(control, entry_point.world).status in (200, 404)


def test_a_world_that_is_imported_stays(control, entry_point):
    name = f"{entry_point.world}-copy"
    control("PUT", f"/v1/worlds/{name}", {"schema": 1})

    assert lifetime_of(control, name).json == {"ttl_s": None, "own": True, "expires_at": None}


def test_an_import_leaves_a_lifetime_that_was_given_as_it_is(control, entry_point):
    name = f"{entry_point.world}-copy"
    lifetime_of(control, name, "PUT", {"ttl_s": 60})
    control("PUT", f"/v1/worlds/{name}", {"schema": 1})

    assert lifetime_of(control, name).json["ttl_s"] == 60


def test_worlds_that_were_used_are_not_idle(control, entry_point, save, saved):
    save("1")

    assert control("DELETE", "/v1/worlds?idle_s=3600").status == 204
    assert saved() == ["1"]


@pytest.mark.parametrize("query", ["", "?idle_s=", "?idle_s=x", "?idle=3600"])
def test_to_drop_idle_worlds_it_must_be_said_which(control, query):
    assert control("DELETE", f"/v1/worlds{query}").status == 422

"""A fault counts the calls that were refused before any fault was matched, at both entry points."""

import pytest

from tt_emulator.wire.game_api import MAX_BODY_BYTES

SET = "/tt/setUserCloudStorage"
REFUSED = {
    "no JSON": ("POST", b"{", {}, 400, "bad-body"),
    "nothing": ("POST", b"\xff", {}, 400, "bad-body"),
    "no object": ("POST", b"[]", {}, 400, "bad-body"),
    "a key twice": ("POST", b'{"a":1,"a":2}', {}, 400, "bad-body"),
    "too large": ("POST", b" " * (MAX_BODY_BYTES + 1), {}, 413, "too-large"),
    "a player in bad escapes": ("POST", b"{}", {"X_Emulator_Player": "%zz"}, 400, "bad-header"),
    "a player that cannot be": ("POST", b"{}", {"X_Emulator_Player": "%00"}, 400, "bad-header"),
    "a domain that is none": ("POST", b"{}", {"X_Emulator_Domain": "x"}, 400, "bad-header"),
    "a call id that is too long": (
        "POST",
        b"{}",
        {"X_Emulator_Call": "x" * 129},
        400,
        "bad-header",
    ),
    "a GET": ("GET", None, {}, 405, "not-post"),
    "a PUT": ("PUT", b"{}", {}, 405, "not-post"),
}


@pytest.fixture
def why(control):
    def ask(fault):
        return control("GET", f"/v1/faults/{fault['id']}").json["near_miss"]

    return ask


@pytest.mark.parametrize("how", REFUSED)
def test_a_call_that_was_refused_is_told_as_one_that_came(entry_point, control, why, how):
    method, body, headers, status, cause = REFUSED[how]
    hit = control("POST", "/v1/faults", {"error": "server-error", "times": 1}).json
    other = control("POST", "/v1/faults", {"error": "network-unavailable", "api": "login"}).json

    assert entry_point(method, SET, body, **headers).status == status

    assert why(hit) == f"1 call came and failed before any fault: {cause}"
    assert why(other) == "api did not match: the calls were setUserCloudStorage 1"


def test_it_is_told_of_its_player_and_domain_where_they_can_be_read(entry_point, control, why):
    other = control("POST", "/v1/faults", {"error": "server-error", "player": "alice"}).json

    entry_point("POST", SET, b"{", X_Emulator_Player="bob")
    assert why(other) == "api matched, player did not: bob against alice"
    entry_point("POST", SET, b"{", X_Emulator_Player="%zz")
    assert why(other).startswith("1 call came and failed before any fault: bad-header")


@pytest.mark.parametrize("world", ["%zz", "not here", "elsewhere"])
def test_a_call_whose_world_is_another_or_cannot_be_read_is_nobodys(
    entry_point, control, why, world
):
    fault = control("POST", "/v1/faults", {"error": "server-error"}).json

    entry_point("POST", SET, b"{", X_Emulator_World=world)
    entry_point("GET", SET, None, X_Emulator_World=world)

    assert why(fault) == "no call since it was armed"
    assert "elsewhere" not in control("GET", "/v1/worlds").json["worlds"]


def test_what_is_no_call_of_a_game_is_not_counted(entry_point, control, why):
    fault = control("POST", "/v1/faults", {"error": "network-unavailable"}).json

    entry_point("POST", "/tt/nothing", b"{")
    entry_point("GET", "/tt/state", None, X_Emulator_Player="%zz")
    entry_point("OPTIONS", SET, None)
    entry_point("POST", SET, b"{}", Host="evil.example")
    control("POST", "/v1/faults", {"error": "no such"})

    assert why(fault) == "no call since it was armed"

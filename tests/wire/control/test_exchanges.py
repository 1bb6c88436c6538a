"""Reading the journal, through both entry points."""

import pytest

PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
OK = {"errMsg": "setUserCloudStorage:ok"}


def test_requests_show_the_exchanges_oldest_first(call, control):
    call("setUserCloudStorage", PAIR, X_Emulator_Player="alice", X_Emulator_Call="c-1")
    call("login", {"force": True}, X_Emulator_Player="bob")

    answer = control("GET", "/v1/requests")

    assert answer.json.keys() == {"requests", "next"}
    first, second = answer.json["requests"]
    assert (first["api"], first["player"], first["call_id"]) == (
        "setUserCloudStorage",
        "alice",
        "c-1",
    )
    assert (first["options"], first["reply"]) == (PAIR, OK)
    assert (second["api"], second["options"]) == ("login", {"force": True})
    assert first["id"] < second["id"] == answer.json["next"]


def test_requests_are_read_page_by_page(call, control):
    for _ in range(5):
        call("login", {})

    pages, after = [], 0
    while page := (answer := control("GET", f"/v1/requests?limit=2&after={after}").json)[
        "requests"
    ]:
        pages.append([exchange["id"] for exchange in page])
        after = answer["next"]

    assert pages == [[1, 2], [3, 4], [5]]
    assert answer["next"] == after == 5  # from here a reader goes on later
    call("login", {})
    assert control("GET", "/v1/requests?after=5").json["requests"][0]["id"] == 6


def test_requests_are_found_by_api_and_player(call, control):
    call("login", {}, X_Emulator_Player="%E5%B0%8F%E6%98%8E")
    call("login", {})
    call("checkSession", {})

    def found(query):
        return [
            exchange["id"] for exchange in control("GET", f"/v1/requests?{query}").json["requests"]
        ]

    assert found("api=login") == [1, 2]
    assert found("player=%E5%B0%8F%E6%98%8E") == [1]
    assert found("api=login&player=player-1") == [2]
    assert found("api=removeUserCloudStorage") == []


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=1.5", "limit=", "after=%D9%A1"])
def test_a_page_that_is_no_number_is_422(control, used, query):
    answer = control("GET", f"/v1/requests?{query}")

    assert answer.status == 422
    assert query.split("=")[0] in answer.json["detail"]


def test_requests_are_forgotten_and_ids_go_on(call, control):
    call("login", {})
    assert control("DELETE", "/v1/requests").status == 204
    assert control("GET", "/v1/requests").json == {"requests": [], "next": 0}

    call("login", {})

    assert [exchange["id"] for exchange in control("GET", "/v1/requests").json["requests"]] == [2]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("api=login", [2]),
        ("player=bob", [1, 2]),
        ("api=login&player=alice", [2, 3]),
        ("after=1", [1]),
        ("limit=2", [3]),
        ("until=2", [3]),
        ("until=2&api=login", [2, 3]),
        ("until=0", [1, 2, 3]),
        ("player=nobody", [1, 2, 3]),
    ],
)
def test_only_what_the_query_names_is_forgotten(call, control, query, left):
    call("login", {}, X_Emulator_Player="alice")
    call("checkSession", {}, X_Emulator_Player="alice")
    call("login", {}, X_Emulator_Player="bob")

    assert control("DELETE", f"/v1/requests?{query}").status == 204

    held = control("GET", "/v1/requests").json["requests"]
    assert [exchange["id"] for exchange in held] == left
    assert control("POST", "/v1/requests/count").json == {"count": len(left)}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("ap=login", "unknown parameter 'ap'; did you mean api?"),
        ("api=logn", "unknown API 'logn'; did you mean login?"),
        ("after=x", "after must be a whole number"),
    ],
)
def test_a_query_that_is_not_understood_forgets_nothing(call, control, query, reason):
    call("login", {})

    answer = control("DELETE", f"/v1/requests?{query}")

    assert answer.status == 422
    assert reason in answer.json["detail"]
    assert len(control("GET", "/v1/requests").json["requests"]) == 1


def test_the_world_to_forget_in_may_stand_in_the_query(call, entry_point):
    call("login", {})

    url = f"/__emulator/v1/requests?world={entry_point.world}&api=login"
    assert entry_point("DELETE", url).status == 204

from urllib.parse import urlencode

OPTIONS = {"relationType": "all", "dataType": 0, "rankType": "all"}


def panel(entry_point, player="amy", **options):
    query = urlencode(OPTIONS | options)
    return entry_point("GET", f"/tt/getImRankList?{query}", X_Emulator_Player=player)


def test_the_page_reads_what_the_panel_shows(entry_point, call):
    call("setImRankData", {"dataType": 0, "value": "7"}, X_Emulator_Player="bob")

    (board,) = panel(entry_point).json["boards"]

    assert [(row["nick_name"], row["value"]) for row in board["items"]] == [("bob", "7")]
    assert (board["total_num"], board["self_item"]["rank"]) == (1, 0)


def test_reading_the_panel_is_no_call_of_the_game(entry_point, control):
    panel(entry_point)

    assert control("GET", "/v1/requests").json["requests"] == []


def test_options_that_the_game_could_not_have_sent_are_422(entry_point):
    for wrong in ({"dataType": "two"}, {"rankType": "year"}, {"relationType": ""}, {"zoneId": ""}):
        assert panel(entry_point, **wrong).status == 422

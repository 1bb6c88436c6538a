from urllib.parse import quote


def test_a_games_server_learns_whose_code_it_is_once(call, control):
    code = call("login", {}, X_Emulator_Player=quote("小明")).json["code"]

    assert control("POST", "/v1/codes", {"code": code}).json == {"openid": "小明"}

    again = control("POST", "/v1/codes", {"code": code})
    assert (again.status, "used before" in again.json["detail"]) == (404, True)

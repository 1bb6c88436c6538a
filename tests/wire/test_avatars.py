"""Players' pictures over HTTP, and the address under which each caller finds them."""

import json

import pytest

from fed_connection import responses_to
from rawhttp import request

PICTURE = "/avatars/0123456789abcd/0123456789abcd.png"
ME = "/tt/getUserInfo"


def avatar_of(answer):
    return answer.json["userInfo"]["avatarUrl"]


@pytest.mark.parametrize(
    "path", [PICTURE, f"{PICTURE}?aaa=aa.jpg", f"{PICTURE}/132", f"{PICTURE}&_t=1"]
)
def test_a_picture_goes_to_every_page_whatever_is_appended(entry_point, path):
    for origin in ("https://stranger.example", "null", "http://localhost:5173"):
        answer = entry_point("GET", path, Origin=origin)

        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.body.startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["/avatars/alice", "/avatars/", "/avatars/%2e%2e/tt.js"])
def test_what_is_no_picture_is_told_in_json_and_not_kept(entry_point, path):
    answer = entry_point("GET", path)

    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost:8717", "127.0.0.1:8717", "[::1]:8717", "LocalHost:80"])
def test_an_avatar_is_where_the_caller_reaches_the_emulator(entry_point, host):
    url = f"http://{host.lower().removesuffix(':80')}/avatars/"

    assert avatar_of(entry_point("POST", ME, b"{}", Host=host)).startswith(url)
    profile = entry_point("GET", "/__emulator/v1/players/alice", Host=host).json
    assert profile["avatarUrl"].startswith(url)
    kept = entry_point(
        "PUT",
        "/__emulator/v1/players/alice",
        b'{"nickname":"A"}',
        Host=host,
        Content_Type="application/json",
    ).json
    assert kept["avatarUrl"] == profile["avatarUrl"]
    everybody = entry_point("GET", "/__emulator/v1/players", Host=host).json["players"]
    assert [each["avatarUrl"] for each in everybody] == [profile["avatarUrl"]]


def test_callers_on_one_connection_each_get_their_own_address():
    """Their heads are alike but for the Host, and are known after the first call of each."""
    hosts = ["localhost", "127.0.0.1"] * 3
    calls = [
        request("POST", ME, b"{}").replace(b"Host: localhost", b"Host: %s:8717" % host.encode())
        for host in hosts
    ]
    answers, _, _ = responses_to(calls)

    found = [body["userInfo"]["avatarUrl"].partition("/avatars/")[0] for _, body in answers]
    assert found == [f"http://{host}:8717" for host in hosts]


def test_the_panel_has_the_pictures_of_its_caller(entry_point):
    query = "relationType=all&dataType=0&rankType=all"
    entry_point("POST", "/tt/setImRankData", json.dumps({"dataType": 0, "value": "1"}).encode())
    answer = entry_point("GET", f"/tt/getImRankList?{query}", Host="localhost:1234")

    (board,) = answer.json["boards"]
    assert board["items"][0]["user_img"].startswith("http://localhost:1234/avatars/")

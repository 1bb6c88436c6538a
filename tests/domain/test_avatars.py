import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.config import DEFAULT_URL
from tt_emulator.domain.avatars import PREFIX, avatar_url, png_at

LAN = "http://192.168.1.5:8717"


def chunks(png):
    """Kind and data of each chunk, their checksums looked at."""
    place, found = 8, []
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        assert png[place + 8 + size : place + 12 + size] == struct.pack(
            ">I", zlib.crc32(kind + data)
        )
        found.append((kind, data))
        place += size + 12
    return found


def rest_of(url):
    return url.partition(PREFIX)[2]


@given(openid=st.text(min_size=1, max_size=128))
def test_an_avatar_is_a_whole_png_of_80_pixels_at_its_address(openid):
    url = avatar_url(openid, LAN)

    assert url.startswith(f"{LAN}{PREFIX}")
    png = png_at(rest_of(url))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    (_, head), (_, palette), (_, pixels), (end, _) = chunks(png)
    assert struct.unpack(">II", head[:8]) == (80, 80)
    assert (len(palette), end) == (6, b"IEND")
    assert len(zlib.decompress(pixels)) == 80 * (1 + 80 // 8)


def test_no_two_of_many_players_look_alike():
    urls = {avatar_url(f"player-{number}", LAN) for number in range(10_000)}

    assert len(urls) == 10_000
    assert len({png_at(rest_of(url)) for url in urls}) == 10_000


@given(
    openid=st.text(min_size=1, max_size=128),
    change=st.sampled_from(
        [
            lambda url: f"{url}/132",
            lambda url: f"{url}&_t=1",
            lambda url: f"{url}/0/64.jpg",
            lambda url: url.rpartition("/")[0],
            lambda url: url.rpartition("/")[0] + "/0",
            lambda url: url.rpartition("/")[0] + "&x=.jpg",
            lambda url: url.replace(".png", ".jpeg"),
            lambda url: url.removesuffix(".png"),
        ]
    ),
)
def test_what_games_do_to_an_address_leads_to_the_same_picture(openid, change):
    url = avatar_url(openid, LAN)

    assert png_at(rest_of(change(url))) == png_at(rest_of(url))


def test_the_last_part_of_an_address_is_the_players_own():
    assert len({avatar_url(name, LAN).split("/")[-1] for name in ("alice", "bob", "小明")}) == 3


@pytest.mark.parametrize("rest", ["", "/", "alice", "0123456789abc", "0123456789ABCD", "../tt.js"])
def test_what_names_no_picture_leads_to_none(rest):
    assert png_at(rest) is None


def test_a_name_that_goes_on_is_none():
    assert png_at("0123456789abcd0/x") is None


def test_a_player_looks_the_same_everywhere(bench):
    bench.world.players.put("alice", {"friends": ["bob"]})
    bench.call("setImRankData", {"dataType": 0, "value": "1"}, player="alice")
    page = {"relationType": "all", "dataType": 0, "rankType": "all", "pageNum": 1, "pageSize": 9}
    for url in (DEFAULT_URL, LAN):
        by = {"player": "alice", "base_url": url}
        board = bench.call("getImRankData", page, **by)["data"]
        rows = bench.call("getCloudStorageByRelation", {"type": "friend", "keyList": []}, **by)

        assert {
            bench.world.players.get("alice", url).avatarUrl,
            rows["data"][0]["avatarUrl"],
            bench.call("getUserInfo", **by)["userInfo"]["avatarUrl"],
            board["items"][0]["user_img"],
            board["self_user_info"]["user_img"],
        } == {avatar_url("alice", url)}


def test_an_avatar_that_was_set_takes_its_place(bench):
    bench.world.players.put("alice", {"avatarUrl": "/assets/alice.png", "nickname": "爱丽丝 🎮"})

    info = bench.call("getUserInfo", player="alice", base_url=LAN)["userInfo"]

    assert (info["avatarUrl"], info["nickName"]) == ("/assets/alice.png", "爱丽丝 🎮")

import base64
import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from emulator.domain.avatars import avatar_url

PREFIX = "data:image/png;base64,"


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


@given(openid=st.text(min_size=1, max_size=128))
def test_an_avatar_is_a_whole_png_of_80_pixels_in_its_own_url(openid):
    url = avatar_url(openid)

    assert url.startswith(PREFIX)
    png = base64.b64decode(url.removeprefix(PREFIX), validate=True)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    (_, head), (_, palette), (_, pixels), (end, _) = chunks(png)
    assert struct.unpack(">II", head[:8]) == (80, 80)
    assert (len(palette), end) == (6, b"IEND")
    assert len(zlib.decompress(pixels)) == 80 * (1 + 80 // 8)


def test_no_two_of_many_players_look_alike():
    assert len({avatar_url(f"player-{number}") for number in range(10_000)}) == 10_000


def test_a_player_looks_the_same_everywhere(bench):
    bench.world.put_player("alice", {"friends": ["bob"]})
    bench.call("setImRankData", {"dataType": 0, "value": "1"}, player="alice")
    page = {"relationType": "all", "dataType": 0, "rankType": "all", "pageNum": 1, "pageSize": 9}
    board = bench.call("getImRankData", page, player="alice")["data"]
    rows = bench.call(
        "getCloudStorageByRelation", {"type": "friend", "keyList": []}, player="alice"
    )

    assert {
        bench.world.player("alice")["avatarUrl"],
        rows["data"][0]["avatarUrl"],
        bench.call("getUserInfo", player="alice")["userInfo"]["avatarUrl"],
        board["items"][0]["user_img"],
        board["self_user_info"]["user_img"],
    } == {avatar_url("alice")}


def test_an_avatar_that_was_set_takes_its_place(bench):
    bench.world.put_player("alice", {"avatarUrl": "/assets/alice.png", "nickname": "爱丽丝 🎮"})

    info = bench.call("getUserInfo", player="alice")["userInfo"]

    assert (info["avatarUrl"], info["nickName"]) == ("/assets/alice.png", "爱丽丝 🎮")

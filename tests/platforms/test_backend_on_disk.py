"""What a game's own backend holds is worth the same after the server began anew."""

from pathlib import Path

import pytest

from disk_bench import DiskBench
from platforms.backend_bench import APP, OPENID, PAIR, TT, WX
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.signature import signature
from tt_emulator.wire.backend.requests import read_call, read_target
from tt_emulator.wire.game_api import CallHeaders


def call(bench: DiskBench, api: str, options: dict[str, object], body: bytes = b"") -> object:
    return bench.reply(api, options, body=body, player=OPENID, world="w1").error


@pytest.mark.parametrize("platform", [TT, WX], ids=["tt", "wx"])
def test_codes_are_good_and_spent_after_a_start_as_before(
    tmp_path: Path, platform: Platform
) -> None:
    before = DiskBench(tmp_path, platform=platform)
    used, good = (before.call("login", {}, world="w1")["code"] for _ in range(2))
    name = "code" if platform is TT else "js_code"
    options = APP | {"grant_type": "authorization_code"}
    assert call(before, "code2Session", options | {name: used}) is None
    before.close()

    again = DiskBench(tmp_path, platform=platform)
    assert again.engine.worlds.told_by(good) == "w1"
    assert call(again, "code2Session", options | {name: used}) is not None
    assert call(again, "code2Session", options | {name: good}) is None
    again.close()


def test_tokens_are_good_after_a_start_as_long_as_they_were_before(tmp_path: Path) -> None:
    before = DiskBench(tmp_path, platform=TT)
    app = APP | {"grant_type": "client_credential"}

    def fetch(bench: DiskBench) -> str:
        answer = bench.call("getAccessToken", app, world="w1")
        token: str = answer["data"]["access_token"]
        return token

    code = before.call("login", {}, world="w1")["code"]
    found = before.call("code2Session", APP | {"code": code}, world="w1")
    first, second = fetch(before), fetch(before)
    before.close()

    again = DiskBench(tmp_path, platform=TT)
    again.clock.ms = before.clock.ms + 300_000
    body = b'{"kv_list":[]}'
    signed = {
        "openid": OPENID,
        "signature": signature(found["session_key"], body),
        "sig_method": "hmac_sha256",
        "kv_list": [PAIR],
    }
    assert call(again, "set_user_storage", signed | {"access_token": first}, body) == "bad-token"
    assert call(again, "set_user_storage", signed | {"access_token": second}, body) is None
    assert again.engine.worlds.told_by(second) == "w1"
    assert again.disk.set_aside() == []
    again.close()


def test_a_world_that_nobody_has_is_told_by_no_code(tmp_path: Path) -> None:
    bench = DiskBench(tmp_path, platform=TT)

    assert bench.engine.worlds.told_by("0f.w1") is None
    assert bench.engine.worlds.told_by("0f") is None
    assert bench.engine.worlds.told_by("") is None
    assert bench.engine.worlds.names() == ["default"]
    bench.close()


def test_the_first_call_after_a_start_is_of_the_player_who_was_given_the_code(
    tmp_path: Path,
) -> None:
    before = DiskBench(tmp_path, platform=TT)
    code = before.call("login", {}, world="w1", player="alice")["code"]
    before.close()

    again = DiskBench(tmp_path, platform=TT)
    query = f"appid=a&secret=s&code={code}".encode()
    path = "/api/apps/jscode2session"
    target = read_target(again.engine.worlds, "GET", path, query, CallHeaders(), "localhost")
    made = read_call(target, None, b"")

    assert (made.world, made.player) == ("w1", "alice")
    again.close()


def test_forced_tokens_are_counted_over_a_start_and_after_a_reset_no_longer(tmp_path: Path) -> None:
    app = APP | {"grant_type": "client_credential", "force_refresh": True}

    def force(bench: DiskBench, times: int) -> object:
        return [call(bench, "genStableAccessToken", app) for _ in range(times)][-1]

    first = DiskBench(tmp_path, platform=TT)
    assert force(first, 20) is None
    first.close()
    second = DiskBench(tmp_path, platform=TT)
    assert force(second, 1) == "too-often"
    second.engine.worlds.open("w1").reset()
    second.close()

    third = DiskBench(tmp_path, platform=TT)
    assert force(third, 20) is None
    assert force(third, 1) == "too-often"
    third.close()

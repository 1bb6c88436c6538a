"""getUserInfo: who the player is."""

from typing import Any

import msgspec

from tt_emulator.domain.record import Record
from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.profiles import public_profile

OWN = ("selfOpenId", "self")


def get_user_info(turn: Turn) -> dict[str, Any]:
    """The player as the documentation has it, and as open data domains ask for it: `data` has those
    of `openIdList`, the player if there is none.
    """
    requested = turn.options.get("openIdList")
    listed = requested if isinstance(requested, list) and requested else [OWN[0]]
    user = _user(turn, turn.player)
    return {
        "userInfo": user,
        "rawData": msgspec.json.encode(user).decode(),
        "data": [_user(turn, turn.player if one in OWN else str(one)) for one in listed],
    }


def _user(turn: Turn, openid: str) -> dict[str, Any]:
    record = turn.store.get(openid) or Record()
    shown = public_profile(openid, record.profile, turn.base_url)
    return {
        "avatarUrl": shown["avatarUrl"],
        "nickName": shown["nickname"],
        "gender": 0,
        "city": "",
        "province": "",
        "country": "",
        "language": "",
        # as open data domains spell them
        "nickname": shown["nickname"],
        "openId": openid,
        "openid": openid,
    }

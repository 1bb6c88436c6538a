"""getUserInfo in the open data domain: who the player and their friends are."""

from typing import Any

from tt_emulator.domain.record import Record
from tt_emulator.domain.turn import Turn
from tt_emulator.language.quoting import cut
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.profiles import friends_of, public_profile
from tt_emulator.platforms.wx.arguments import text

SELF = "selfOpenId"
"""Stands for the player, and is the player's openId in the answer."""


def get_user_info(turn: Turn) -> dict[str, Any]:
    """Those of `openIdList`, each as often as it is named: the player and friends, nobody else."""
    wanted = turn.options.get("openIdList")
    listed = wanted if isinstance(wanted, list) else []
    known = [SELF, turn.player, *friends_of(turn.player, turn.record.profile)]
    data = {"data": [_user(turn, openid) for openid in listed if openid in known]}
    strangers = [openid for openid in listed if openid not in known]
    if not strangers:
        return data
    reason = f"{cut(repr(strangers[0]))} is neither the player nor a friend: no row comes"
    return Told(data, reason)


def _user(turn: Turn, openid: str) -> dict[str, Any]:
    whose = turn.player if openid == SELF else openid
    record = turn.store.get(whose) or Record()
    shown = public_profile(whose, record.profile, turn.base_url)
    return {
        "avatarUrl": shown["avatarUrl"],
        "city": "",
        "country": "",
        "gender": 0,
        "language": text(turn, "lang") or "en",
        "nickName": shown["nickname"],
        "openId": openid,
        "province": "",
    }

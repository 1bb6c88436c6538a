"""What players see of each other: of friends, of a group, and of friends who do not play yet.

Rows are never sorted and never cut, and only players with hosted data are rows: the player
themselves first, then friends in the order in which they were set.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from tt_emulator.domain.record import Record
from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.pairs import named
from tt_emulator.platforms.profiles import friends_of, public_profile
from tt_emulator.platforms.wx import groups
from tt_emulator.platforms.wx.arguments import key_list


def get_friend_cloud_storage(turn: Turn) -> dict[str, Any]:
    """The pairs of `keyList` of the player and of their friends."""
    return _rows(turn, [turn.player, *friends_of(turn.player, turn.record.profile)])


def get_group_cloud_storage(turn: Turn) -> dict[str, Any]:
    """The pairs of `keyList` of a group's players."""
    return _rows(turn, groups.members(turn, groups.asked_for(turn)))


def get_potential_friend_list(turn: Turn) -> dict[str, Any]:
    """Friends without hosted data, whom the platform takes for friends who might like the game."""
    others = (
        openid
        for openid in friends_of(turn.player, turn.record.profile)
        if not _record(turn, openid).pairs
    )
    return {"list": [_shown(turn, openid) for openid in islice(others, turn.api.limit("rows").max)]}


def _rows(turn: Turn, openids: Iterable[str]) -> dict[str, Any]:
    keys, flaw = key_list(turn)
    rows = {
        "data": [
            {**_shown(turn, openid), "KVDataList": named(record.pairs, keys)}
            for openid in openids
            if (record := _record(turn, openid)).pairs
        ]
    }
    return Told(rows, f"{flaw}: each row comes with an empty KVDataList") if flaw else rows


def _record(turn: Turn, openid: str) -> Record:
    return turn.store.get(openid) or Record()


def _shown(turn: Turn, openid: str) -> dict[str, Any]:
    return public_profile(openid, _record(turn, openid).profile, turn.base_url)

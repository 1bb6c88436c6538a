"""getRelationFriendList: friends who play, told to the main domain for its backend alone."""

from itertools import islice
from typing import Any

from tt_emulator.domain.record import Record
from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.profiles import friends_of
from tt_emulator.platforms.wx.sealed import sealed
from tt_emulator.platforms.wx.session import why_sealed_for_nobody


def get_relation_friend_list(turn: Turn) -> dict[str, Any]:
    """The openids of friends with hosted data, encrypted. Without a cloud there is no `cloudID`."""
    playing = (
        openid
        for openid in friends_of(turn.player, turn.record.profile)
        if (turn.store.get(openid) or Record()).pairs
    )
    most = turn.api.limit("rows").max
    answer = sealed(turn, {"list": [{"openid": openid} for openid in islice(playing, most)]})
    why = why_sealed_for_nobody(turn)
    return Told(answer, why) if why else {**answer}

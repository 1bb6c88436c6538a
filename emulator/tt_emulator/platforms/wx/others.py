"""Whom a call looks at beside the player whose call it is."""

from collections.abc import Mapping
from typing import Any

from tt_emulator.domain.record import Record
from tt_emulator.platforms.platform import Concerns

OF_FRIENDS = frozenset(
    {
        "getFriendCloudStorage",
        "getPotentialFriendList",
        "getRelationFriendList",
        "getUserInfo",
        "modifyFriendInteractiveStorage",
    }
)


def others(api: str, options: Mapping[str, Any], record: Record) -> Concerns | None:
    """The others that a call of the API looks at, `None` for nobody; the record is its player's.

    The options are as they came.
    """
    profile = record.profile
    if api in OF_FRIENDS:
        friends = frozenset(profile.get("friends", ()))
        return lambda openid, other: openid in friends
    if api == "getGroupCloudStorage":
        group = options.get("groupid") or profile.get("launched_from")
        return lambda openid, other: group in other.profile.get("groups", ())
    return None

"""A world of the platform as a test begins: a player with a friend, launched from a group."""

from typing import Any

from harness import OPTIONS as OF_BOTH
from harness import Bench, furnish
from tt_emulator.platforms import PLATFORMS, load

WX = load(PLATFORMS["wx"])
FRIENDS = "scope.WxFriendInteraction"
INTERACTED = "scope.interactedUserInfo"

OPTIONS: dict[str, dict[str, Any]] = {
    **{name: options for name, options in OF_BOTH.items() if name in WX.catalog.apis},
    "getFriendCloudStorage": {"keyList": ["a"]},
    "getGroupCloudStorage": {"keyList": ["a"], "groupid": "g"},
    "getGroupInfo": {"openGId": "g"},
    "getUserInfo": {"openIdList": ["selfOpenId"]},
    "getUserInteractiveStorage": {"keyList": ["1"]},
    "modifyFriendInteractiveStorage": {
        **{"key": "1", "opNum": 1, "operation": "add", "toUser": "friend"},
    },
    "shareMessageToFriend": {"openId": "friend"},
    "authorize": {"scope": INTERACTED},
    "setStorage": {"key": "a", "data": "1"},
}
"""Options with which an API succeeds in a world that `prepared` has filled; one that is not here
needs none.
"""


def prepared() -> Bench:
    bench = Bench(platform=WX)
    furnish(bench.world)
    player(bench, friends=["friend"], groups=["g"], launched_from="g")
    return bench


def player(bench: Bench, openid: str = "player-1", **fields: Any) -> None:
    bench.world.players.put(openid, fields)

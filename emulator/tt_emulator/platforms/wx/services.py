"""Which function answers which API."""

from tt_emulator.platforms.device.outward import outward
from tt_emulator.platforms.device.services import ALIKE, Service
from tt_emulator.platforms.wx import cloud_storage, interactive, relations
from tt_emulator.platforms.wx.groups import get_group_info
from tt_emulator.platforms.wx.interacted import get_relation_friend_list
from tt_emulator.platforms.wx.pages import load
from tt_emulator.platforms.wx.scopes import authorize
from tt_emulator.platforms.wx.session import check_session, login
from tt_emulator.platforms.wx.user_info import get_user_info

SERVICES: dict[str, Service] = {
    **{name: each for name, each in ALIKE.items() if name in load().apis},
    "setUserCloudStorage": cloud_storage.set_user_cloud_storage,
    "getUserCloudStorage": cloud_storage.get_user_cloud_storage,
    "getUserCloudStorageKeys": cloud_storage.get_user_cloud_storage_keys,
    "removeUserCloudStorage": cloud_storage.remove_user_cloud_storage,
    "getFriendCloudStorage": relations.get_friend_cloud_storage,
    "getGroupCloudStorage": relations.get_group_cloud_storage,
    "getPotentialFriendList": relations.get_potential_friend_list,
    "getGroupInfo": get_group_info,
    "getUserInfo": get_user_info,
    "getRelationFriendList": get_relation_friend_list,
    "getUserInteractiveStorage": interactive.get_user_interactive_storage,
    "modifyFriendInteractiveStorage": interactive.modify_friend_interactive_storage,
    "shareMessageToFriend": interactive.share_message_to_friend,
    "authorize": authorize,
    "login": login,
    "checkSession": check_session,
}

OUTWARD = outward({})
"""No page was read that tells of a referer."""

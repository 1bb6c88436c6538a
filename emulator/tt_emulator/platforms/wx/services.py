"""Which function answers which API."""

from collections.abc import Callable
from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.device import files
from tt_emulator.platforms.device.network import get_network_type
from tt_emulator.platforms.device.outward import outward
from tt_emulator.platforms.device.page_acts import (
    NOTHING_TO_DO,
    PAGE_ONLY,
    READING,
    STORAGE,
    leave_to_page,
)
from tt_emulator.platforms.device.system import get_system_info
from tt_emulator.platforms.wx import cloud_storage, interactive, relations
from tt_emulator.platforms.wx.groups import get_group_info
from tt_emulator.platforms.wx.interacted import get_relation_friend_list
from tt_emulator.platforms.wx.pages import load
from tt_emulator.platforms.wx.scopes import authorize
from tt_emulator.platforms.wx.session import check_session, login
from tt_emulator.platforms.wx.user_info import get_user_info

Service = Callable[[Turn], dict[str, Any]]

_OF_THE_PAGE = (*STORAGE, *PAGE_ONLY, *READING, *NOTHING_TO_DO)

SERVICES: dict[str, Service] = {
    **{name: leave_to_page for name in _OF_THE_PAGE if name in load().apis},
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
    "getNetworkType": get_network_type,
    "getSystemInfo": get_system_info,
    "writeFile": files.write_file,
    "appendFile": files.append_file,
    "mkdir": files.mkdir,
    "rmdir": files.rmdir,
    "unlink": files.unlink,
    "removeSavedFile": files.unlink,
    "rename": files.rename,
    "copyFile": files.copy_file,
    "saveFile": files.save_file,
}

OUTWARD = outward({})
"""No page was read that tells of a referer."""

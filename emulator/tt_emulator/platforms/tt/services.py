"""Which function answers which API."""

from collections.abc import Callable
from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.device.files import (
    append_file,
    copy_file,
    mkdir,
    rename,
    rmdir,
    save_file,
    unlink,
    write_file,
)
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
from tt_emulator.platforms.tt.cloud_storage import (
    get_user_cloud_storage,
    remove_user_cloud_storage,
    set_user_cloud_storage,
)
from tt_emulator.platforms.tt.im_rank import get_im_rank_data, get_im_rank_list, set_im_rank_data
from tt_emulator.platforms.tt.login import authorize, check_session, login
from tt_emulator.platforms.tt.relations import get_cloud_storage_by_relation, set_user_group
from tt_emulator.platforms.tt.user_info import get_user_info

APP = "tt-emulator"
"""The appid of the game, as tt.getEnvInfoSync tells it."""

SERVICES: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "setUserCloudStorage": set_user_cloud_storage,
    "getUserCloudStorage": get_user_cloud_storage,
    "removeUserCloudStorage": remove_user_cloud_storage,
    "getCloudStorageByRelation": get_cloud_storage_by_relation,
    "setUserGroup": set_user_group,
    "setImRankData": set_im_rank_data,
    "setImRankDataInOpenContext": set_im_rank_data,
    "getImRankData": get_im_rank_data,
    "getImRankList": get_im_rank_list,
    "getUserInfo": get_user_info,
    "login": login,
    "checkSession": check_session,
    "getNetworkType": get_network_type,
    "getSystemInfo": get_system_info,
    **dict.fromkeys([*STORAGE, *PAGE_ONLY, *READING, *NOTHING_TO_DO], leave_to_page),
    "authorize": authorize,
    "writeFile": write_file,
    "appendFile": append_file,
    "mkdir": mkdir,
    "rmdir": rmdir,
    "unlink": unlink,
    "removeSavedFile": unlink,
    "rename": rename,
    "copyFile": copy_file,
    "saveFile": save_file,
}

OUTWARD = outward(
    {"referer": f"https://tmaservice.developer.toutiao.com?appid={APP}&version=0.0.0"}
)
"""The form of the referer is documented."""

"""Which function answers which API."""

from tt_emulator.platforms.device.outward import outward
from tt_emulator.platforms.device.services import ALIKE, Service
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

SERVICES: dict[str, Service] = {
    **ALIKE,
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
    "authorize": authorize,
}

OUTWARD = outward(
    {"referer": f"https://tmaservice.developer.toutiao.com?appid={APP}&version=0.0.0"}
)
"""The form of the referer is documented."""

"""Which function answers which API."""

from collections.abc import Callable
from typing import Any

from emulator.domain.cloud_storage import (
    get_user_cloud_storage,
    remove_user_cloud_storage,
    set_user_cloud_storage,
)
from emulator.domain.login import check_session, login
from emulator.domain.network import get_network_type
from emulator.domain.turn import Turn

SERVICES: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "setUserCloudStorage": set_user_cloud_storage,
    "getUserCloudStorage": get_user_cloud_storage,
    "removeUserCloudStorage": remove_user_cloud_storage,
    "login": login,
    "checkSession": check_session,
    "getNetworkType": get_network_type,
}

"""Which function answers what a phone does alike on every platform."""

from collections.abc import Callable
from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.device import files
from tt_emulator.platforms.device.network import get_network_type
from tt_emulator.platforms.device.page_acts import (
    NOTHING_TO_DO,
    PAGE_ONLY,
    READING,
    STORAGE,
    leave_to_page,
)
from tt_emulator.platforms.device.system import get_system_info

Service = Callable[[Turn], dict[str, Any]]

ALIKE: dict[str, Service] = {
    **dict.fromkeys([*STORAGE, *PAGE_ONLY, *READING, *NOTHING_TO_DO], leave_to_page),
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

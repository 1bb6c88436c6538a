"""The APIs whose act is the page's: the runtime does it once the emulator has heard of the call."""

from typing import Any

from tt_emulator.domain.turn import Turn

STORAGE = ("setStorage", "getStorage", "removeStorage", "clearStorage", "getStorageInfo")
PAGE_ONLY = (
    "startAccelerometer",
    "stopAccelerometer",
    "startGyroscope",
    "stopGyroscope",
    "setDeviceOrientation",
    "showKeyboard",
    "updateKeyboard",
    "hideKeyboard",
    "showToast",
    "hideToast",
    "showLoading",
    "hideLoading",
    "showModal",
    "showActionSheet",
    "authorize",
    "getSetting",
    "addShortcut",
    "checkShortcut",
    "setClipboardData",
    "getClipboardData",
    "requestSubscribeMessage",
    "navigateToMiniProgram",
    "loadSubpackage",
    "showShareMenu",
    "shareAppMessage",
    "checkScene",
    "navigateToScene",
    "vibrateShort",
    "vibrateLong",
)
"""Those that need a page: `PAGE_ACTS` of the runtime, which is without them in Node."""

READING = ("access", "stat", "readdir", "readFile", "getFileInfo", "getSavedFileList")
"""Of files: the page has the listing, and asks only while a fault is armed for the call."""

NOTHING_TO_DO = ("updateShareMenu",)


def leave_to_page(turn: Turn) -> dict[str, Any]:
    """Nothing: the call is here for the journal and for faults, and the runtime does the rest."""
    return {}

"""Which language the user's system speaks."""

import sys
from collections.abc import Mapping

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which POSIX has them decide
_LANG_CHINESE = 0x04  # of winnt.h: the lower ten bits of a language id


def language_of_user(environ: Mapping[str, str]) -> str:
    """`zh` if the locale's variables, or where there are none Windows, say Chinese, else `en`."""
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), None)
    if locale is not None:
        return "zh" if locale.lower().startswith("zh") else "en"
    return "zh" if _windows_speaks_chinese() else "en"


def _windows_speaks_chinese() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    chosen: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return chosen & 0x3FF == _LANG_CHINESE

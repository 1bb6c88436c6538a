"""The language in which the command line speaks: `--lang`, TT_EMULATOR_LANG, tt-emulator.toml, or
the system's.
"""

import os
from contextlib import suppress
from contextvars import ContextVar
from itertools import pairwise

from tt_emulator.cli import config_file
from tt_emulator.config import ENV_PREFIX
from tt_emulator.errors import SettingsError
from tt_emulator.language import ENGLISH, LANGUAGES, language_of_user, translate

LANG = "--lang"

_language = ContextVar("language", default=ENGLISH)


def choose(args: list[str]) -> None:
    """Choose the language before anything of the command line is understood, or is not."""
    wanted = _flag(args) or os.environ.get(f"{ENV_PREFIX}_LANG") or _in_file()
    _language.set(wanted if wanted in LANGUAGES else language_of_user(os.environ))


def language() -> str:
    """The language, `en` or `zh`."""
    return _language.get()


def translated(text: str) -> str:
    """One of our texts in the language."""
    return translate(text, language())


def leading(args: list[str]) -> int:
    """How many of the leading arguments choose the language."""
    if args[:1] == [LANG] and len(args) > 1:
        return 2 + leading(args[2:])
    return 1 + leading(args[1:]) if args and args[0].startswith(f"{LANG}=") else 0


def _flag(args: list[str]) -> str | None:
    ours = args[: args.index("--")] if "--" in args else args
    given = [
        arg.partition("=")[2] if "=" in arg else following
        for arg, following in pairwise([*ours, ""])
        if arg.partition("=")[0] == LANG
    ]
    return next((each for each in reversed(given) if each in LANGUAGES), None)


def _in_file() -> object:
    """What the file says; whoever reads the other flags tells what is wrong with it."""
    with suppress(SettingsError):
        return config_file.read().values.get("lang")
    return None

"""`tt-emulator.toml` of the working directory: what flags are that neither the command line nor the
environment gives.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from tt_emulator.errors import SettingsError

NAME = "tt-emulator.toml"
_HINT = (
    "A key is the name of a flag without --, in no table: port = 9000."
    " `tt-emulator start --help` lists those of the start."
)


class ConfigFile(NamedTuple):
    """What the file says, and its text for who has to name a line; both empty if there is none."""

    values: dict[str, Any]
    text: str

    def place(self, key: str) -> str:
        """Where the key stands, for people."""
        return f"{NAME}, line {line_of(self.text, key)}"

    def require_known(self, keys: Iterable[str]) -> None:
        """Raise `SettingsError` for the first key that is none of these, and name its line."""
        known = sorted(set(keys))
        for key in self.values:
            if key not in known:
                close = get_close_matches(key.lower().replace("_", "-"), known, n=1)
                offer = f"; did you mean {close[0]}?" if close else "."
                raise SettingsError(f"{self.place(key)}: there is no flag {key!r}{offer}", _HINT)


def read() -> ConfigFile:
    """The file, with or without a byte order mark. Raises `SettingsError`."""
    try:
        raw = Path(NAME).read_bytes()
    except FileNotFoundError:
        return ConfigFile({}, "")
    except OSError as error:
        raise SettingsError(f"{NAME} cannot be read: {error.strerror}.", _HINT) from error
    import tomllib  # for those who have the file

    try:
        text = raw.decode("utf-8-sig")
        return ConfigFile(tomllib.loads(text), text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            f"{NAME}, line {line}: it is not UTF-8.", "Save it as UTF-8, with or without BOM."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{NAME} is no TOML: {error}.", _HINT) from error


def line_of(text: str, key: str) -> int:
    """The line, from 1, on which the statement or table begins that makes the top-level key.

    The beginning of a text is TOML again where a statement ends, and nowhere within one: so a key
    begins after the last such end at which it was not there yet, however it is written.
    """
    from tomllib import TOMLDecodeError, loads

    lines = text.replace("\r\n", "\n").split("\n")
    begin = 1
    for number in range(1, len(lines) + 1):
        try:
            found = loads("\n".join(lines[:number]))
        except TOMLDecodeError:
            continue
        if key in found:
            break
        begin = number + 1
    return begin

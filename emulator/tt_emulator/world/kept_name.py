"""The names under which people keep something with a world: of any script, and safe to show."""

import unicodedata

from tt_emulator.errors import BadRequest

MOST_CHARACTERS = 64

# What is seen of no sign, but that scripts and pictures are joined with.
_JOINERS = "\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def checked(name: str, noun: str) -> str:
    """The name of a `noun` as it is kept: what looks the same is the same. Raises `BadRequest`."""
    name = unicodedata.normalize("NFC", name)
    unseen = any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in name)
    if (
        unseen
        or not 1 <= len(name) <= MOST_CHARACTERS
        or name != name.strip()
        or name.startswith((".", "-"))
        or any(sign in name for sign in "/\\")
    ):
        raise BadRequest(
            f"{name[:80]!r} is no {noun} name.",
            f"Use 1 to {MOST_CHARACTERS} signs of any script that can be seen, no '/' or '\\',"
            " no '.' or '-' at the beginning and no blank at an end.",
        )
    return name

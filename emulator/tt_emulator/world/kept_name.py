"""The names under which people keep something with a world: of any script, and safe to show."""

import unicodedata

MOST_CHARACTERS = 64

# What is seen of no sign, but that scripts and pictures are joined with.
_JOINERS = "\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def kept_name(name: str) -> str | None:
    """The name as it is kept: what looks the same is the same; `None` for one against `rule`."""
    name = unicodedata.normalize("NFC", name)
    unseen = any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in name)
    fits = (
        not unseen
        and 1 <= len(name) <= MOST_CHARACTERS
        and name == name.strip()
        and not name.startswith((".", "-"))
        and not any(sign in name for sign in "/\\")
    )
    return name if fits else None


def rule() -> str:
    """Which names can be, for people."""
    return (
        f"Use 1 to {MOST_CHARACTERS} signs of any script that can be seen, no '/' or '\\',"
        " no '.' or '-' at the beginning and no blank at an end."
    )

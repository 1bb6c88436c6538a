"""What people read of faults, in both languages at once: a page shows one and searches both."""

from msgspec import Struct

from tt_emulator.language import CHINESE, translate


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One text, in English and Chinese."""

    en: str
    zh: str


def in_both(text: str) -> Words:
    """A text of the source, which is English, with its Chinese."""
    return Words(text, translate(text, CHINESE))

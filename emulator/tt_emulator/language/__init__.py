"""Texts for people in their language: English where they arise, Chinese by `zh.toml`.

Whoever raises an error or prints a line writes English. A finished text is recognised by its
template when somebody asks for Chinese; nothing is read or compiled before that.
"""

from tt_emulator.language.surroundings import language_of_user

ENGLISH = "en"
CHINESE = "zh"
LANGUAGES = (CHINESE, ENGLISH)
MAX_CHARACTERS = 4_000
"""What is longer stays as it is: no text of ours is, and matching takes time."""

__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "language_of_user", "translate"]


def translate(text: str, language: str) -> str:
    """The text in that language (`en` or `zh`); one that is not known stays English, all of it."""
    if language != CHINESE or not text or len(text) > MAX_CHARACTERS:
        return text
    from tt_emulator.language.templates import chinese

    return chinese(text)

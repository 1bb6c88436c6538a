"""Values of people's own in our sentences, such that no value reads as a part of the sentence.

What is written here bare or in quotes, the holes `:v`, `:l` (several) and `:f` of the templates
read again.
"""

import re

MAX_CHARACTERS = 64
"""Of a value in a sentence; what is cut off is an ellipsis."""

SECRET_CHARACTERS = 16
"""The least that a platform's secrets have."""

QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
VALUE = rf"""(?:[^\s'"(),;\\]+|{QUOTED})"""
VALUES = f"{VALUE}(?:, {VALUE})*"
FAULT = rf"""\w+(?: \((?:[^'"();\\]*|{QUOTED})\))?"""

_BARE_VALUE = re.compile(r"""[^\s'"(),;\\]+""")
_BARE_LABEL = re.compile(r"""[^'"();\\]+""")


def quoted(value: str) -> str:
    """The value, bare if it is one word; else, and if it could steer a terminal, in quotes."""
    return _bare_or_quoted(cut(value), _BARE_VALUE)


def quoted_apart(value: str, other: str) -> tuple[str, str]:
    """Both as `quoted`, but of long ones that begin alike the part where they differ."""
    begin = _difference(value, other)
    if begin < MAX_CHARACTERS:
        return quoted(value), quoted(other)
    begin -= MAX_CHARACTERS // 2
    shortened = [
        f"…{cut(each[begin:])}" if len(each) > MAX_CHARACTERS else each for each in (value, other)
    ]
    return _bare_or_quoted(shortened[0], _BARE_VALUE), _bare_or_quoted(shortened[1], _BARE_VALUE)


def _difference(value: str, other: str) -> int:
    """The first place at which they differ."""
    pairs = enumerate(zip(value, other, strict=False))
    end = min(len(value), len(other))
    return next((place for place, (one, two) in pairs if one != two), end)


def cut(value: str, most: int = MAX_CHARACTERS) -> str:
    """The value, of a long one the beginning."""
    return value if len(value) <= most else f"{value[:most]}…"


def hinted(secret: str) -> str:
    """A secret as a reason may show it: of a long one the beginning, for no platform's is short."""
    return secret if len(secret) < SECRET_CHARACTERS else f"{secret[:4]}…"


def fault_name(fault_id: str, label: str | None) -> str:
    """The fault's id, with its label where it has one."""
    return f"{fault_id} ({_bare_or_quoted(label, _BARE_LABEL)})" if label else fault_id


def _bare_or_quoted(text: str, bare: re.Pattern[str]) -> str:
    if bare.fullmatch(text) and text.isprintable():
        return text
    return repr(text).replace("; ", r"\x3b ")  # it parts our sentences

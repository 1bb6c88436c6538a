"""Values of people's own in our sentences, such that no value reads as a part of the sentence.

What is written here bare or in quotes, the holes `:v`, `:l` (several) and `:f` of the templates
read again.
"""

import re

MAX_CHARACTERS = 64
"""Of a value in a sentence; what is cut off is an ellipsis."""

QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
VALUE = rf"""(?:[^\s'"(),;\\]+|{QUOTED})"""
VALUES = f"{VALUE}(?:, {VALUE})*"
FAULT = rf"""\w+(?: \((?:[^'"();\\]*|{QUOTED})\))?"""

_BARE_VALUE = re.compile(r"""[^\s'"(),;\\]+""")
_BARE_LABEL = re.compile(r"""[^'"();\\]+""")


def quoted(value: str) -> str:
    """The value, bare if it is one word; else, and if it could steer a terminal, in quotes."""
    return _bare_or_quoted(cut(value), _BARE_VALUE)


def cut(value: str, most: int = MAX_CHARACTERS) -> str:
    """The value, of a long one the beginning."""
    return value if len(value) <= most else f"{value[:most]}…"


def fault_name(fault_id: str, label: str | None) -> str:
    """The fault's id, with its label where it has one."""
    return f"{fault_id} ({_bare_or_quoted(label, _BARE_LABEL)})" if label else fault_id


def _bare_or_quoted(text: str, bare: re.Pattern[str]) -> str:
    if bare.fullmatch(text) and text.isprintable():
        return text
    return repr(text).replace("; ", r"\x3b ")  # it parts our sentences

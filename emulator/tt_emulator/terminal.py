"""Text from outside on its way to a terminal: nothing in it may steer one, or look like a line."""

import json
from collections.abc import Iterable
from unicodedata import east_asian_width

MOST = 1_000

_GAP = "  "


def escaped(text: str) -> str:
    """The text as one line: what is not printable (controls, marks of direction) as `\\x1b` is."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def shortened(text: str, most: int = MOST) -> str:
    """The text, or its beginning and how long it is."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def escaped_json(text: str) -> str:
    """The JSON text, with what is not printable in its strings as `\\u001b` is: the same value."""
    return "\n".join(map(_escaped_line, text.split("\n")))


def aligned(cells: Iterable[str], widths: Iterable[int]) -> str:
    """One line, each cell filled up to the width of its column."""
    padded = (
        text + " " * (width - columns(text)) for text, width in zip(cells, widths, strict=True)
    )
    return _GAP.join(padded).rstrip()


def cell(value: object) -> str:
    """A value as one line that cannot steer the terminal; nothing is shown as `-`."""
    return escaped("-" if value is None or value == "" else str(value))


def columns(text: str) -> int:
    """How wide a terminal shows the text."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _escaped_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        each if each.isprintable() else " " if each in "\t\r" else json.dumps(each)[1:-1]
        for each in line
    )

"""Text from outside on its way to a terminal: nothing in it may steer one, or look like a line."""

import json

MOST = 1_000


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


def _escaped_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        each if each.isprintable() else " " if each in "\t\r" else json.dumps(each)[1:-1]
        for each in line
    )

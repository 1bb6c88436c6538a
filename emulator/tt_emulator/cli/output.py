"""What people and programs read on the terminal: tables, JSON, errors in three parts.

All that the command line prints goes through here, and nothing that a server, a file or an argument
chose reaches the terminal but as printable text.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Any

import click

from tt_emulator.cli.language import translated
from tt_emulator.terminal import aligned, cell, columns, escaped, escaped_json


def speak_utf8() -> None:
    """Make both streams carry any text, also where the system's code page could not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str, *, err: bool = False) -> None:
    """Print one of our texts in the language of the command line."""
    show_line(translated(text), err=err)


def show_line(text: str, *, err: bool = False) -> None:
    """Print one line."""
    click.echo(escaped(text), err=err)


def show_json(value: Any) -> None:
    """Print one JSON document over several lines."""
    show_document(json.dumps(value, ensure_ascii=False, indent=2))


def show_json_line(value: Any) -> None:
    """Print one JSON document on one line, as the next of a stream."""
    show_document(json.dumps(value, ensure_ascii=False))


def show_document(text: str) -> None:
    """Print a JSON text as it is written."""
    click.echo(escaped_json(text.rstrip("\n")))


def show_table(head: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print aligned columns under their names, or the sentence `empty`."""
    lines = [[cell(value) for value in row] for row in rows]
    if not lines:
        say(empty)
        return
    names = list(map(translated, head))
    widths = [max(map(columns, column)) for column in zip(names, *lines, strict=True)]
    for line in [names, *lines]:
        show_line(aligned(line, widths))


def complain(detail: str, hint: str, flaws: Iterable[tuple[str, str]] = ()) -> None:
    """Print an error to stderr: what failed and why, where, and what to do."""
    show_line(translated("error: ") + translated(detail), err=True)
    for pointer, flaw in flaws:
        show_line(f"  {translated(f'at {pointer}: ')}{translated(flaw)}", err=True)
    if hint:
        show_line(translated("hint: ") + translated(hint), err=True)

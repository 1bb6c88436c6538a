"""What --help prints, in the language of the command line."""

import re
from collections.abc import Iterable, Iterator

import click

from tt_emulator.cli.language import language, translated
from tt_emulator.language import ENGLISH
from tt_emulator.terminal import columns

# A Latin word, or a Chinese character with the punctuation that must stay beside it.
_PIECE = re.compile(r" +|[（「“]*(?:[!-~]+|[^ !-~])[，。；：、！？）」”…]*")


class Formatter(click.HelpFormatter):
    """Click's, which knows nothing of Chinese: neither its words nor how lines of it are broken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """`Usage:` and the form of the command."""
        super().write_usage(prog, args, prefix or translated("Usage: "))

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        end = ":" if language() == ENGLISH else "："
        self.write(f"{'':{self.current_indent}}{translated(heading)}{end}\n")

    def write_text(self, text: str) -> None:
        """The paragraphs of a description."""
        if language() == ENGLISH:
            super().write_text(text)
            return
        indent = " " * self.current_indent
        paragraphs = (translated(" ".join(each.split())) for each in text.split("\n\n"))
        broken = (_broken(each, self.width - self.current_indent) for each in paragraphs)
        self.write("\n\n".join(indent + f"\n{indent}".join(lines) for lines in broken))
        self.write("\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Flags or verbs, each with its description."""
        rows = list(rows)
        if language() == ENGLISH:
            super().write_dl(rows, col_max, col_spacing)
            return
        column = min(max(len(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = list(_broken(_described(text), max(self.width - column - 2, 10)))
            if len(term) > column - col_spacing:
                lines.insert(0, "")
            first, *rest = lines or [""]
            self.write(f"{indent}{term:{column}}{first}".rstrip() + "\n")
            self.write("".join(f"{indent}{'':{column}}{line}\n" for line in rest))


def _described(text: str) -> str:
    """A description with what click adds to it in brackets."""
    ours, bracket, added = text.rpartition("  [")
    if translated(text) != text or not bracket:
        return translated(text)
    extras = map(translated, added.removesuffix("]").split("; "))
    return f"{translated(ours)}  [{'；'.join(extras)}]"


def _broken(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns, a Chinese character taking two."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and columns(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line:
        yield line.rstrip()

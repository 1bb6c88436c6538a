"""Recognises a finished English text by its template, and renders the Chinese one.

A template of `zh.toml` has holes for what is only known when the program runs: `{name}` for a
value, `{name:w}` for one that is a single word, `{name:r}` for one in quotes, `{name:v}`,
`{name:l}` and `{name:f}` for what `quoting` writes (a value of somebody's own, a list of them, a
fault with its label), `{name!t}` for another of our texts, which must be known, `{name!q}` for the
words of a system or library, which stay as they are if they are not.
"""

import re
import tomllib
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tt_emulator.language.quoting import FAULT, QUOTED, VALUE, VALUES

HOLE = re.compile(r"\{([a-z_]+)(!t|!q|:w|:r|:v|:l|:f)?\}")

_HERE = Path(__file__).parent
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")
_FIRST = "((?:(?!: ).)*?)"  # a value at the beginning, but no text about one
_LABEL = re.compile(r" \((.*)\)$", re.DOTALL)
_PATTERNS = {
    None: "(.*?)",
    "!t": "(.+?)",
    "!q": "(.*?)",
    ":w": r"(\w+)",
    ":r": f"({QUOTED})",
    ":v": f"({VALUE})",
    ":l": f"({VALUES})",
    ":f": f"({FAULT})",
}
_BOUNDED = {":w", ":r", ":v", ":l", ":f"}
_TEXTS = {"!t", "!q"}
_DEPTH = 32  # texts in one another; only the list of the faults that struck has more than a few


class Template(NamedTuple):
    """One pair with holes, each with its name and its kind."""

    pattern: re.Pattern[str]
    holes: tuple[tuple[str, str | None], ...]
    chinese: str

    def rendered(self, text: str, depth: int) -> str | None:
        """The Chinese for `text`, `None` if it is another's or what it holds is not known."""
        match = self.pattern.fullmatch(text)
        if match is None:
            return None
        values = {}
        for (name, kind), value in zip(self.holes, match.groups(), strict=True):
            known = _known(value, depth - 1) if kind in ("!t", "!q") else None
            if known is None and kind == "!t":
                return None
            values[name] = (value if known is None else known) if kind != ":f" else _set(value)
        return HOLE.sub(lambda hole: values[hole[1]], self.chinese)


def _set(fault: str) -> str:
    """A fault's name as it stands before a Chinese word."""
    return _LABEL.sub(r"（\1）", fault) if fault.endswith(")") else f"{fault} "


@lru_cache(maxsize=1024)
def chinese(text: str) -> str:
    """The text in Chinese, or else sentence by sentence, or else as it is."""
    whole = _known(text, _DEPTH)
    if whole is not None:
        return whole
    sentences = [_known(each, _DEPTH) for each in _SENTENCE_END.split(text)]
    known = [each for each in sentences if each is not None]
    return "".join(known) if len(known) == len(sentences) else text


def pairs() -> dict[str, str]:
    """English and Chinese templates, of all sections of the file."""
    sections = tomllib.loads((_HERE / "zh.toml").read_text(encoding="utf-8"))
    return dict(chain.from_iterable(section.items() for section in sections.values()))


@cache
def _book() -> tuple[dict[str, str], list[Template]]:
    """The pairs without holes, and those with.

    First come those whose values cannot be taken for a part of the text, then those that hold a
    text, since one with values alone would take its beginning for a value; of each those that say
    most themselves.
    """
    plain: dict[str, str] = {}
    holed: dict[str, str] = {}
    for english, rendering in pairs().items():
        (holed if HOLE.search(english) else plain)[english] = rendering
    ordered = sorted(holed, key=_rank, reverse=True)
    return plain, [_compiled(english, holed[english]) for english in ordered]


def _rank(english: str) -> tuple[bool, bool, int]:
    kinds = {hole[2] for hole in HOLE.finditer(english)}
    return kinds <= _BOUNDED, not kinds.isdisjoint(_TEXTS), len(HOLE.sub("", english))


def _compiled(english: str, rendering: str) -> Template:
    pattern, holes, end = "", [], 0
    for hole in HOLE.finditer(english):
        literal = re.escape(english[end : hole.start()])
        pattern += literal + (_PATTERNS[hole[2]] if hole[2] or hole.start() else _FIRST)
        holes.append((hole[1], hole[2]))
        end = hole.end()
    pattern += re.escape(english[end:])
    return Template(re.compile(pattern, re.DOTALL), tuple(holes), rendering)


@lru_cache(maxsize=4096)
def _known(text: str, depth: int) -> str | None:
    plain, templates = _book()
    if text in plain:
        return plain[text]
    if not depth:
        return None
    for template in templates:
        rendering = template.rendered(text, depth)
        if rendering is not None:
            return rendering
    return None

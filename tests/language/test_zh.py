"""zh.toml and the source say the same: what is added to one is asked of the other."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from source_texts import VALUE, opaque, texts
from tt_emulator import language
from tt_emulator.language import translate
from tt_emulator.language.templates import HOLE
from typesetting import misset

SECTIONS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(language.__file__).parent / "zh.toml").read_text(encoding="utf-8")
)
FOREIGN = ("click", "msgspec", "python")
OURS = [
    english.removeprefix("{option:w}").lstrip() if section == "options" else english
    for section, pairs in SECTIONS.items()
    if section not in (*FOREIGN, "composed")
    for english in pairs
]
PAIRS = [pair for pairs in SECTIONS.values() for pair in pairs.items()]

KNOWN = "no call since it was armed"
SAMPLES = {
    None: "'a value'",
    ":r": "'a value'",
    ":v": "'a value'",
    ":l": "'a value', another",
    ":w": "word",
    ":f": "f1 (late)",
    "!t": KNOWN,
    "!q": KNOWN,
}
IN_CHINESE = SAMPLES | {":f": "f1（late）"} | dict.fromkeys(("!t", "!q"), translate(KNOWN, "zh"))
LEAST_LETTERS = 8


# What of the source zh.toml has with some of the values in it, and what the source never says.
BY_INSTANCES = {
    "Data directory.  [default: {}]",
    "needs {}, which {}",
    "{} exclude each other; give one of them",
}
NEVER = {"needs {}, which "}  # with no flaw to tell of it is not said


IN_FILE = re.compile(HOLE.pattern.replace("(", "(?:"))
IN_SOURCE = re.compile(re.escape(VALUE))


def matches(template: str, hole: re.Pattern[str]) -> Callable[[str], object]:
    """Whether a text is the template with some of its values; a short one would fit too much."""
    literals = hole.split(template)
    if sum(map(str.isalpha, "".join(literals))) < LEAST_LETTERS:
        return lambda text: False
    return re.compile(".*?".join(map(re.escape, literals)), re.DOTALL).fullmatch


def test_every_text_of_the_source_has_its_chinese() -> None:
    known = {IN_FILE.sub(VALUE, english) for english in OURS}
    patterns = [matches(english, IN_FILE) for english in OURS]

    lacking = [
        f"{text.place} {text.template!r}"
        for text in texts()
        if text.template not in known | BY_INSTANCES | NEVER
        and not any(fits(text.template) for fits in patterns)
    ]

    assert not lacking, "add to emulator/tt_emulator/language/zh.toml: " + "\n".join(lacking)


def test_no_text_can_hide_behind_a_call() -> None:
    assert not opaque(), "name them in GIVERS or PASSING of tests/text_sinks.py: " + "\n".join(
        opaque()
    )


def test_every_chinese_text_is_of_a_text_of_the_source() -> None:
    templates = {text.template for text in texts()}
    patterns = [matches(template, IN_SOURCE) for template in templates]

    stale = [
        english
        for english in OURS
        if IN_FILE.sub(VALUE, english) not in templates
        and not any(fits(english) for fits in patterns)
    ]

    assert not stale, "no source says this, take it out of zh.toml: " + "\n".join(stale)


def test_no_text_stands_twice() -> None:
    assert len({english for english, _ in PAIRS}) == len(PAIRS)


def test_each_rendered_text_is_translated_with_all_its_values() -> None:
    wrong = {}
    for english, chinese in PAIRS:
        text = HOLE.sub(lambda hole: SAMPLES[hole[2]], english)
        values = {hole[1]: IN_CHINESE[hole[2]] for hole in HOLE.finditer(english)}
        wanted = HOLE.sub(lambda hole, values=values: values[hole[1]], chinese)
        if (translated := translate(text, "zh")) != wanted:
            wrong[text] = translated

    assert not wrong


def test_both_sides_of_a_pair_hold_the_same_values() -> None:
    def held(template: str) -> list[str]:
        return sorted(hole[1] for hole in HOLE.finditer(template))

    assert [english for english, chinese in PAIRS if held(english) != held(chinese)] == []
    assert [english for english, _ in PAIRS if len({*held(english)}) < len(held(english))] == []


def test_chinese_is_set_as_chinese_is() -> None:
    assert [zh for _, zh in PAIRS if misset(zh)] == []

"""What comes from outside is one line on a terminal, and steers nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.terminal import escaped, shortened

STEERING = {
    "a line end": ("a\nb", r"a\nb"),
    "a carriage return": ("a\rb", r"a\rb"),
    "an escape sequence": ("\x1b[31mred", r"\x1b[31mred"),
    "a bell": ("\x07", r"\x07"),
    "DEL": ("\x7f", r"\x7f"),
    "a C1 sequence": ("\x9b31m", r"\x9b31m"),
    "NEL": ("\x85", r"\x85"),
    "a line separator": ("\u2028", r"\u2028"),
    "a paragraph separator": ("\u2029", r"\u2029"),
    "another direction": ("\u202egpj.exe", r"\u202egpj.exe"),
    "an isolate": ("\u2066x\u2069", r"\u2066x\u2069"),
    "an Arabic letter mark": ("\u061c", r"\u061c"),
    "nothing to see": ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
    "a tag": ("\U000e0041", r"\U000e0041"),
    "half a character": ("\ud800", r"\ud800"),
    "a zero": ("\0", r"\x00"),
    "a wide blank": ("a\u3000b", r"a\u3000b"),
}


@pytest.mark.parametrize(("text", "line"), STEERING.values(), ids=STEERING)
def test_what_steers_a_terminal_is_written_out(text: str, line: str) -> None:
    assert escaped(text) == line


@pytest.mark.parametrize("text", ["", "plain 'text' \\", "小明 最高分７", "naïve 😀"])
def test_what_can_be_read_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text


@given(st.text(st.characters()))
def test_every_line_is_one_line_of_visible_characters_and_stays_so(text: str) -> None:
    line = escaped(text)

    assert len(line.splitlines()) <= 1
    assert line.isprintable()
    assert escaped(line) == line
    line.encode("utf-8")


def test_a_long_text_ends_and_says_how_long_it_was() -> None:
    assert shortened("x" * 50, 10) == "xxxxxxxxxx… (50 characters)"
    assert shortened("x" * 10, 10) == "x" * 10

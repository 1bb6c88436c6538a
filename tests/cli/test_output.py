import json
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.cli.output import complain, show_json, show_json_line, show_table
from tt_emulator.cli.output import speak_utf8 as speak
from tt_emulator.terminal import aligned, cell

Capture = pytest.CaptureFixture[str]


def test_a_table_has_its_columns_under_their_names(capsys: Capture) -> None:
    show_table(("ID", "NAME", "NOTE"), [(1, "玩家一", "x"), (22, "bob", None)], empty="none")

    assert capsys.readouterr().out == (
        "ID  NAME    NOTE\n"
        "1   玩家一  x\n"
        "22  bob     -\n"
    )  # fmt: skip


def test_a_table_without_rows_is_a_sentence(capsys: Capture) -> None:
    show_table(("ID",), [], empty="nothing is armed")

    assert capsys.readouterr().out == "nothing is armed\n"


@given(st.text())
def test_no_text_can_break_a_line_or_steer_the_terminal(text: str) -> None:
    assert cell(text).isprintable()
    assert len(cell(text)) >= max(1, len(text))


@given(st.text().filter(str.isprintable))
def test_printable_text_is_shown_as_it_is(text: str) -> None:
    assert cell(text) == (text or "-")


@given(st.text(alphabet="ab 玩家ｆ", max_size=9))
def test_a_cell_takes_the_width_that_a_terminal_gives_it(text: str) -> None:
    line = aligned([text, "|"], [20, 1])

    columns = sum(2 if east_asian_width(each) in "WF" else 1 for each in line[:-1])
    assert columns == len("  ") + 20


def test_json_is_readable_or_one_line(capsys: Capture) -> None:
    show_json({"key": "分数"})
    show_json_line({"key": ["分数"]})

    assert capsys.readouterr().out == '{\n  "key": "分数"\n}\n{"key": ["分数"]}\n'


def test_what_is_no_text_is_still_printed_as_valid_json(capsys: Capture) -> None:
    speak()
    show_json_line("\ud800")

    assert json.loads(capsys.readouterr().out) == "\ud800"


def test_an_error_tells_what_failed_where_and_what_to_do(capsys: Capture) -> None:
    complain("Not armed.", "List them.", [("/0/api", "unknown API"), ("/1/times", "too few")])
    complain("Alone.", "")
    out, err = capsys.readouterr()

    assert out == ""
    assert err == (
        "error: Not armed.\n"
        "  at /0/api: unknown API\n"
        "  at /1/times: too few\n"
        "hint: List them.\n"
        "error: Alone.\n"
    )

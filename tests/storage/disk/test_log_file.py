import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import damages
from tt_emulator.domain.record import Pair, Record
from tt_emulator.storage.disk.checksum import sealed
from tt_emulator.storage.disk.judging import NO_RULES
from tt_emulator.storage.disk.log_file import END_MARK, Reader, recovered, rendered
from tt_emulator.storage.disk.log_line import Effect, Line
from tt_emulator.storage.disk.quarantine import Quarantine
from tt_emulator.storage.effects import Changed, EverybodyForgotten, Forgotten, encode

HOME: Any = SimpleNamespace(judge=NO_RULES, platform="tt")

SCORE = {"score": Pair("1", 1)}
EFFECTS: list[Effect] = [
    Changed("alice", {"score": Pair("名前", 5)}),
    Changed("bob", {}, ("score", "level"), {"nickname": "B", "group": None}),
    Forgotten("bob"),
    EverybodyForgotten(),
]
LINES = [Line(seq, (effect,)) for seq, effect in enumerate(EFFECTS, 1)]
WHOLE = rendered("default", LINES)


def changes(*seqs: int) -> list[Line]:
    return [Line(seq, (Changed("alice", SCORE),)) for seq in seqs]


def nothing_else(effect: bytes) -> None:
    raise ValueError("only players are known here")


def read(data: bytes, world: str = "default") -> Reader:
    reader = Reader(world, NO_RULES._replace(life=nothing_else))
    reader.read(data)
    return reader


def seqs(reader: Reader) -> list[int]:
    return [line.seq for line in reader.lines]


def test_a_file_can_be_read_by_a_person() -> None:
    head, *lines, end = WHOLE.decode().split("\n")
    assert head.startswith('{"log":"default","schema":3,"seq":0,"crc32":')
    assert [line.rpartition(',"crc32":')[0] for line in lines] == [
        '{"seq":1,"effects":[{"kind":"change","openid":"alice",'
        '"put":{"score":{"value":"名前","at_ms":5}}}]',
        '{"seq":2,"effects":[{"kind":"change","openid":"bob",'
        '"remove":["score","level"],"profile":{"nickname":"B","group":null}}]',
        '{"seq":3,"effects":[{"kind":"forget","openid":"bob"}]',
        '{"seq":4,"effects":[{"kind":"forget-everybody"}]',
    ]
    assert end == " "


def test_a_whole_file_is_read_back() -> None:
    assert read(WHOLE).lines == LINES
    assert read(WHOLE).damages == []


@given(st.lists(st.integers(1, 10**12), unique=True).map(sorted))
def test_lines_whose_numbers_leave_some_out_say_which_they_follow(numbers: list[int]) -> None:
    reader = read(rendered("default", changes(*numbers)))
    assert (seqs(reader), reader.damages) == (numbers, [])


def test_each_damage_of_one_place_shows_and_no_other_line_is_believed() -> None:
    for damage in damages(WHOLE, random.Random(1)):
        reader = read(damage.data)
        assert reader.damages, damage
        assert all(line in LINES for line in reader.lines), damage


@pytest.mark.parametrize("length", range(len(WHOLE)))
def test_a_file_that_was_cut_keeps_the_lines_before(length: int) -> None:
    reader = read(WHOLE[:length])
    whole = WHOLE[:length].count(b"\n") - 1
    assert reader.lines == LINES[: max(whole, 0)]
    assert reader.damages[-1].line == whole + 2


def line_of(number: int) -> bytes:
    return WHOLE.split(b"\n")[number] + b"\n"


@pytest.mark.parametrize(
    ("damaged", "left", "where"),
    [
        (WHOLE.replace(line_of(2), b""), [1, 3, 4], [3]),
        (WHOLE.replace(line_of(2), line_of(2) * 2), [1, 2, 3, 4], [4]),
        (WHOLE.replace(line_of(2) + line_of(3), line_of(3) + line_of(2)), [1, 3, 4], [3, 4]),
        (WHOLE.replace(line_of(0), b""), [1, 2, 3, 4], [1]),
        (WHOLE.removesuffix(END_MARK), [1, 2, 3, 4], [6]),
        (WHOLE.removesuffix(line_of(4) + END_MARK), [1, 2, 3], [5]),
        (WHOLE + END_MARK, [1, 2, 3, 4], [6]),
    ],
    ids=["gone", "twice", "the other way round", "no header", "no mark", "cut", "two marks"],
)
def test_whole_lines_that_are_not_where_they_were_are_found_out(
    damaged: bytes, left: list[int], where: list[int]
) -> None:
    reader = read(damaged)
    assert seqs(reader) == left
    assert [damage.line for damage in reader.damages] == where


@pytest.mark.parametrize(
    "text",
    [
        b"{half",
        b"\x00" * 50,
        b"[]",
        b"\xff",
        b"[" * 99_999,
        b"",
        b'{"seq":2,"effects":[{"kind":"change","openid":"alice"}]}',
        sealed(b'{"seq":"2","effects":[]}'),
        sealed(b'{"effects":[{"kind":"forget","openid":"alice"}]}'),
        sealed(b'{"seq":2,"effects":[],"more":1}'),
        sealed(b'{"seq":2}'),
        sealed(b'{"seq":2,"openid":"alice","forget":true}'),
    ],
)
def test_a_damaged_line_is_named_and_the_others_count(text: bytes) -> None:
    reader = read(WHOLE.replace(line_of(2), text + b"\n"))
    assert seqs(reader) == [1, 3, 4]
    assert [damage.line for damage in reader.damages] == [3]


@pytest.mark.parametrize(
    "effect",
    [
        b'{"kind":"forget","openil":"alice"}',
        b'{"kind":"forget"}',
        b'{"kind":"forget","openid":"alice","more":1}',
        b'{"kind":"change","openid":"alice","pud":{}}',
        b'{"kind":"change","openid":"alice","put":{"k":{"value":"1"}}}',
        b'{"kind":"change","openid":"alice","put":{"k":{"value":"1","at_ms":1,"more":1}}}',
        b'{"kind":"forget-everybody","openid":"alice"}',
        b'{"kind":"exchange","id":7}',
        b'{"openid":"alice"}',
    ],
)
def test_an_effect_that_is_not_known_is_left_out_and_the_rest_of_its_step_counts(
    effect: bytes,
) -> None:
    known = encode(Changed("alice", SCORE))
    text = sealed(b'{"seq":1,"effects":[%b,%b]}' % (effect, known))
    reader = read(rendered("default", []).removesuffix(END_MARK) + text + b"\n" + END_MARK)
    assert reader.lines == changes(1)
    assert [damage.line for damage in reader.damages] == [2]


def test_what_no_rule_allows_is_left_out_of_a_line() -> None:
    def judge(openid: str, record: Record) -> list[str]:
        if openid == "nobody":
            raise ValueError("there is no such player")
        return ["no c"] if record.profile.pop("c", None) else []

    def line(seq: int, profile: dict[str, str | None]) -> Line:
        return Line(seq, (Changed("alice", SCORE, ("x",), profile),))

    given = [line(1, {"a": None, "b": "1", "c": "2"}), Line(2, (Changed("nobody", SCORE),))]
    reader = Reader("default", NO_RULES._replace(record=judge))
    reader.read(rendered("default", given))
    assert reader.lines == [line(1, {"a": None, "b": "1"}), Line(2, ())]
    assert reader.damages == [(2, "no c"), (3, "there is no such player")]


def test_a_damaged_file_is_kept_aside_and_goes_on_with_its_good_lines(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)
    path = tmp_path / "log.1.jsonl"
    damaged = WHOLE.replace(line_of(2), b"{half\n")
    path.write_bytes(damaged)
    for _ in range(2):
        lines = recovered(path, tmp_path / "log.jsonl", "default", HOME, quarantine)
        assert [line.seq for line in lines] == [1, 3, 4]
    assert [finding.file for finding in quarantine.quarantined.all()] == ["log.jsonl"]
    assert (tmp_path / "log.jsonl.set-aside").read_bytes() == damaged


def test_the_log_of_another_world_is_taken_and_reported(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)
    path = tmp_path / "log.1.jsonl"
    path.write_bytes(WHOLE)
    assert recovered(path, path, "copy", HOME, quarantine) == LINES
    (finding,) = quarantine.edited.all()
    assert "'default'" in finding.reason

import json
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import damages
from tt_emulator.domain.record import Pair, Record
from tt_emulator.storage.disk.damage import Damaged
from tt_emulator.storage.disk.player_file import (
    PlayerFile,
    is_ours,
    mark_of,
    read,
    render,
    to_tables,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
RECORDS = st.builds(
    Record,
    pairs=st.dictionaries(TEXT, st.builds(Pair, TEXT, st.integers(0, 2**53))),
    profile=st.dictionaries(TEXT, st.none() | st.booleans() | TEXT | st.lists(TEXT)),
)
ALICE = PlayerFile(
    "alice",
    7,
    Record({"level": Pair("3", 2), "best": Pair("名前", 1)}, {"session": "none", "nickname": "A"}),
)
ALICE_TEXT = """\
{
  "checksum": {
    "1": {"crc32": 368745282}
  },
  "kv": {
    "1": {"at_ms": 1, "key": "best", "value": "名前"},
    "2": {"at_ms": 2, "key": "level", "value": "3"}
  },
  "player": {
    "1": {"openid": "alice", "profile": {"nickname": "A", "session": "none"}, "seq": 7}
  }
}
"""


def test_a_file_has_one_pair_a_line_in_the_order_of_the_keys() -> None:
    assert render(to_tables(ALICE)).decode() == ALICE_TEXT


def test_a_player_without_pairs_has_an_empty_table() -> None:
    assert '"kv": {},' in render(to_tables(PlayerFile("bob", 1, Record()))).decode()


@given(TEXT, st.integers(1, 10**15), RECORDS)
def test_any_player_is_a_whole_json_file(openid: str, seq: int, record: Record) -> None:
    text = render(to_tables(PlayerFile(openid, seq, record)))
    assert is_ours(text)
    assert mark_of(text) == (openid, seq, False)
    assert read(text) == PlayerFile(openid, seq, record)
    tables = json.loads(text)
    assert tables["player"] == {"1": {"openid": openid, "profile": record.profile, "seq": seq}}
    assert {d["key"]: Pair(d["value"], d["at_ms"]) for d in tables["kv"].values()} == record.pairs
    assert text.count(b"\n") == (len(record.pairs) + 10 if record.pairs else 9)


def test_no_damage_of_one_place_passes_for_ours() -> None:
    text = ALICE_TEXT.encode()
    assert is_ours(text)
    for damage in damages(text, random.Random(1)):
        assert not is_ours(damage.data), damage
        with suppress(Damaged):
            read(damage.data)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", None),
        (b"null", None),
        (b"[]", None),
        (b"{}", None),
        (b'{"player": {}}', None),
        (b'{"player": {"1": {}}}', 1),
        (b'{"player": {"1": {"openid": 5}}}', 1),
        (b'{"player":\n{"1": {"openid": "a"},\n"2": {"openid": "b"}}}', None),
        (b'{"player": {"one": {"openid": "a"}}}', None),
        (b'{"player": {"1": {"openid": "a"}}, "kv": []}', None),
        (b'{"player": {"1": {"openid": "a"}}, "more": {}}', None),
        (b'{"player": {"1": {"openid": "a"}},\n"kv": {"1": {"key": "k"}}}', 2),
        (b'{"player": {"1": {"openid": "a"}},\n"kv": {"1": {"key": "k", "value": 1}}}', 2),
        (b'{"player": {"1": {"openid": "a"}},\n"kv": {"1": {"key": "k", "valeu": "1"}}}', 2),
        (b'{"player":\n\n{"1": {"openid": "a", "sequence": 1}}}', 3),
        (b'{"player": {"1": {"openid": "a", "seq": -1}}}', 1),
        (b'{"player": {"1": {"openid": "a", "seq": 99999999999999999}}}', 1),
        (b'{"player": {"1": {"openid": "a"}, "1": {"openid": "b"}}}', None),
        (
            b'{"player": {"1": {"openid": "a"}}, "kv": {"1": {"key": "k", "value": "1"},\n'
            b'"2": {"key": "k", "value": "2"}}}',
            2,
        ),
        (b'{"player": {"1": {"openid": "\xff"}}}', None),
        (b'{\n"player": {"1": {"openid": }}}', 2),
        (b'{"player": ' + b"[" * 100_000, None),
    ],
)
def test_a_file_of_another_shape_is_found_out_with_its_line(text: bytes, line: int | None) -> None:
    with pytest.raises(Damaged) as caught:
        read(text)
    assert caught.value.line == line


def test_a_typo_is_reported_with_its_column() -> None:
    text = ALICE_TEXT.replace('"value": "3"', '"value": ').encode()
    with pytest.raises(Damaged, match=r"\(column 48\)") as caught:
        read(text)
    assert caught.value.line == 7


def test_a_file_written_by_hand_may_leave_out_what_has_a_default() -> None:
    text = b'{"player": {"1": {"openid": "a"}}, "kv": {"5": {"key": "k", "value": "v"}}}'
    assert not is_ours(text)
    assert read(text) == PlayerFile("a", 0, Record({"k": Pair("v", 0)}))

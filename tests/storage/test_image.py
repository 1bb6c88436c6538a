import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.storage.base import Pair, Record
from emulator.storage.image import UNREADABLE, Image, check, render, to_tables

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
RECORDS = st.builds(
    Record,
    pairs=st.dictionaries(TEXT, st.builds(Pair, TEXT, st.integers(0, 2**53))),
    profile=st.dictionaries(TEXT, st.none() | st.booleans() | TEXT | st.lists(TEXT)),
)
ALICE = Image(
    "alice",
    7,
    Record({"level": Pair("3", 2), "best": Pair("名前", 1)}, {"session": "none", "nickname": "A"}),
)
ALICE_TEXT = """\
{
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
    assert '"kv": {},' in render(to_tables(Image("bob", 1, Record()))).decode()


@given(TEXT, st.integers(1, 2**53), RECORDS)
def test_any_player_is_a_whole_json_file(openid: str, seq: int, record: Record) -> None:
    text = render(to_tables(Image(openid, seq, record)))
    assert check(text) == (openid, seq, False)
    tables = json.loads(text)
    assert tables["player"] == {"1": {"openid": openid, "profile": record.profile, "seq": seq}}
    assert {d["key"]: Pair(d["value"], d["at_ms"]) for d in tables["kv"].values()} == record.pairs
    assert text.count(b"\n") == (len(record.pairs) + 7 if record.pairs else 6)


@given(st.integers(0, len(ALICE_TEXT.encode()) - 3))
def test_a_file_that_is_cut_off_anywhere_is_found_out(length: int) -> None:
    with pytest.raises(UNREADABLE):
        check(ALICE_TEXT.encode()[:length])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"player": {}}',
        b'{"player": {"1": {}}}',
        b'{"player": {"1": {"openid": 5}}}',
        b'{"player": {"1": {"openid": "a"}, "2": {"openid": "b"}}}',
        b'{"player": {"one": {"openid": "a"}}}',
        b'{"player": {"1": {"openid": "a"}}, "kv": []}',
        b'{"player": {"1": {"openid": "a"}}, "kv": {"1": {"key": "k"}}}',
        b'{"player": {"1": {"openid": "a"}}, "kv": {"1": {"key": "k", "value": 1}}}',
        b'{"player": {"1": {"openid": "\xff"}}}',
        b'{"player": ' + b"[" * 100_000,
    ],
)
def test_a_file_of_another_shape_is_found_out(text: bytes) -> None:
    with pytest.raises(UNREADABLE):
        check(text)


def test_a_file_written_by_hand_may_leave_out_what_has_a_default() -> None:
    text = b'{"player": {"1": {"openid": "a"}}, "kv": {"5": {"key": "k", "value": "v"}}}'
    assert check(text) == ("a", 0, False)

import json

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tt_emulator.errors import BadRequest
from tt_emulator.strict_json import MAX_DEPTH, NotJson, members, read
from tt_emulator.wire import strict_json as of_requests

REFUSED = {
    "nothing": (b"", "Expecting value"),
    "a word": (b"score", "Expecting value"),
    "half": (b'{"a":', "Expecting value"),
    "two values": (b"{} {}", "Extra data"),
    "single quotes": (b"{'a':1}", "Expecting property name"),
    "a trailing comma": (b'{"a":1,}', "property name|trailing comma"),
    "a comment": (b"{} // no", "Extra data"),
    "a raw line break in a text": (b'{"a":"\n"}', "control character"),
    "not UTF-8": (b'{"a":"\xff"}', r"not UTF-8 \(byte 6\)"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "not UTF-8"),
    "a surrogate in UTF-8": (b'{"a":"\xed\xa0\x80"}', "not UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "Expecting value"),
    "NaN": (b'{"a":NaN}', "NaN is no JSON number"),
    "Infinity": (b"Infinity", "Infinity is no JSON number"),
    "-Infinity": (b"[-Infinity]", "-Infinity is no JSON number"),
    "a key twice": (b'{"a":1,"a":1}', "same key twice"),
    "a key twice, once in escapes": (b'{"a":1,"\\u0061":2}', "same key twice"),
    "a key twice, deep inside": (b'[[{"b":{"a":1,"a":2}}]]', "same key twice"),
    "a high surrogate": (b'["\\ud83d"]', "lone surrogate"),
    "a low surrogate": (b'["\\ude00"]', "lone surrogate"),
    "surrogates the wrong way round": (b'["\\ude00\\ud83d"]', "lone surrogate"),
    "a surrogate in a key": (b'{"\\udfff":1}', "lone surrogate"),
    "a very long number": (b"9" * 5000, "digits"),
    "a number that becomes Infinity": (b'{"a":1e999}', "1e999 is larger than any number"),
    "a negative one, spelled out": (b"[-" + b"9" * 400 + b".0]", "larger than any number"),
}


def nested(levels):
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(("body", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_a_lenient_reader_would_change_is_refused(body, detail):
    with pytest.raises(NotJson, match=detail):
        read(body)


def test_a_pair_of_surrogates_is_one_character():
    assert read(b'"\\ud83d\\ude00"') == "😀"


def test_64_levels_are_read():
    assert MAX_DEPTH == 64
    assert read(nested(64)) is not None
    assert read(b'{"a":' * 64 + b"1" + b"}" * 64) is not None


@pytest.mark.parametrize("levels", [65, 1000, 100_000])
@pytest.mark.parametrize("opened", [b"[", b'{"a":'])
def test_more_levels_are_refused_however_deep(opened, levels):
    closed = b"]" if opened == b"[" else b"1}"
    body = opened * levels + closed[:-1] + closed[-1:] * levels

    with pytest.raises(NotJson, match="nested deeper than 64"):
        read(body)


def test_brackets_in_a_text_are_no_levels():
    assert read(b'["' + b"[{" * 1000 + b'"]') == ["[{" * 1000]


def test_a_wide_value_is_not_deep():
    assert len(read(b"[" + b"[]," * 1000 + b"{}]")) == 1001


@pytest.mark.parametrize("key", ["__proto__", "constructor", "", " ", "键"])
def test_any_text_is_a_key(key):
    assert read(json.dumps({key: 1}).encode()) == {key: 1}


@pytest.mark.parametrize("body", [b"null", b"[]", b'"{}"', b"1", b"true"])
def test_a_request_that_must_be_an_object_is_refused_as_anything_else(body):
    of_requests.read(body)

    with pytest.raises(BadRequest, match="no object"):
        of_requests.read_object(body)


def test_an_object_is_read_as_one():
    assert of_requests.read_object(b' {"a": [1]}\r\n') == {"a": [1]}


@pytest.mark.parametrize(("body", "detail"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("taken", [of_requests.read, of_requests.read_object])
def test_a_request_is_refused_with_the_reason_and_what_to_send(taken, body, detail):
    with pytest.raises(BadRequest, match=detail) as caught:
        taken(body)

    assert caught.value.detail.startswith("The body is not JSON: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b" {\t} ",
        b'{"a":1}',
        b' { "a" : [1, {"b": 2}] ,\r\n "c":"}" } ',
        '{"键":{},"":"{"}'.encode(),
        b'{"\\u0061":1,"b":2}',
        b'{"a/b":1,"a\\/b2":2}',
    ],
)
def test_an_object_falls_into_its_members(text):
    found = members(text)

    assert {key: json.loads(bytes(member)) for key, member in found.items()} == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"b":2,"a":3}',
        b'{"a":1,"\\u0061":2}',
        b'{"a":"}","a":"}"}',
        b'{"a":[{}],"b":1,"a":[{}]}',
        b'{"":0,"":0}',
        b'{"a":1,"b":"      ","a":1234567}',  # as long as {"b":…,"a":…} would be
    ],
)
def test_a_member_that_stands_twice_is_refused(text):
    with pytest.raises(NotJson, match="same key twice"):
        members(text)


@pytest.mark.parametrize("text", [b"[]", b"1", b"null"])
def test_what_is_no_object_has_no_members(text):
    with pytest.raises(msgspec.ValidationError):
        members(text)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)


@given(value=st.dictionaries(texts, values, max_size=4), data=st.data())
def test_the_members_of_any_object_are_found_however_it_is_spaced(value, data):
    separators = data.draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", "\t:")]))
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()), separators=separators)

    found = members(text.encode())

    assert repr({key: read(bytes(member)) for key, member in found.items()}) == repr(value)


@given(
    value=values,
    escaped=st.booleans(),
    separators=st.sampled_from([(",", ":"), (", ", ": "), (" , ", "\n:")]),
)
def test_every_value_is_read_as_it_was_written(value, escaped, separators):
    text = json.dumps(value, ensure_ascii=escaped, separators=separators)

    assert repr(read(text.encode())) == repr(value)


@given(body=st.text('{}[]":,0123456789.eE+-truefalsn\\ud8a', max_size=24).map(str.encode))
@example(b'{"a":1,"a":1}')
@example(b"-0")
@example(b"1.50")
@example(b"1E2")
@example(b"1e400")
@example(b"18446744073709551616")
def test_what_is_read_is_what_the_text_says(body):
    try:
        value = read(body)
    except NotJson:
        return
    assert repr(value) == repr(json.loads(body))


@given(body=st.binary(max_size=40))
@example(b"[" * 40)
def test_whatever_comes_is_read_or_refused(body):
    try:
        read(body)
    except NotJson as refusal:
        detail = str(refusal)
    else:
        detail = ""
    assert "Traceback" not in detail


DECIMALS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)


@given(number=DECIMALS, spaced=st.booleans())
@example(number="0.1000000000000000055511151231257827", spaced=True)
@example(number="2.4703282292062327208e-324", spaced=True)
@example(number="1.7976931348623157e308", spaced=False)
@example(number="9007199254740993.0", spaced=False)
def test_every_number_is_read_as_it_is_or_refused_as_too_large(number, spaced):
    text = f'{{"n": {number}}}' if spaced else f'{{"n":{number}}}'
    value = json.loads(number)

    if value in (float("inf"), float("-inf")):
        with pytest.raises(NotJson, match="larger than any number"):
            read(text.encode())
    else:
        assert repr(read(text.encode())["n"]) == repr(value)


@given(
    keys=st.lists(st.sampled_from(["a", "\\u0061", 'a\\":', "\\u0022:", "\\\\", '":']), max_size=4),
    value=st.sampled_from(["1", '"x\\":"', '"\\u0022:"', '{"a":{"a":1}}', '[{"a":1},{"a":1}]']),
    colon=st.sampled_from([":", " : "]),
)
def test_a_key_twice_is_found_whatever_reads_like_a_key(keys, value, colon):
    text = "{" + ",".join(f'"{key}"{colon}{value}' for key in keys) + "}"
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except ValueError:
        return

    if len({key for key, _ in pairs}) < len(pairs):
        with pytest.raises(NotJson, match="same key twice"):
            read(text.encode())
    else:
        read(text.encode())

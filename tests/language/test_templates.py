import re
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.domain import reading
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.language import MAX_CHARACTERS, translate
from tt_emulator.language.templates import pairs

ANY_TEXT = st.text() | st.sampled_from(sorted(pairs())).flatmap(
    lambda known: st.tuples(st.text(), st.text()).map(lambda ends: ends[0] + known + ends[1])
)

TEXTS = [
    ("There is no world 'w'.", "没有世界 'w'。"),
    ("key 'a' is 129 bytes, the limit is 128", "键 'a' 有 129 个字节，上限是 128"),
    ("KVDataList[0].key is missing, it must be a string", "KVDataList[0].key 缺失，必须是字符串"),
    ("keyList is null, it must be a list", "keyList 是 null，必须是列表"),
    (
        "extra needs groupId, which is a number, it must be a string.",
        "extra 需要 groupId，但它是数字，必须是字符串。",
    ),
    (
        "/0/error: unknown error 'x'; did you mean bad-response or bad-parameter?",
        "/0/error：未知的错误 'x'；你是不是想写 bad-response 或 bad-parameter？",
    ),
    ("/skip: Expected int, got str.", "/skip：应为 int，而得到 str。"),
    ("the settings are no object.", "设置不是对象。"),
    (
        "The body is not JSON: Expecting value: line 1 column 1 (char 0).",
        "请求体不是 JSON：此处应为一个值：第 1 行第 1 列（字符 0）。",
    ),
    (
        "'k' is a ranking key of this world; ttgame.score: Expected int, got str",
        "'k' 是这个世界的排行榜键；ttgame.score：应为 int，而得到 str",
    ),
    (
        "The body is not JSON: -Infinity is no JSON number.",
        "请求体不是 JSON：-Infinity 不是 JSON 数字。",
    ),
    ("wanted 1 to 3, found 0", "要求 1 到 3 次，实际 0 次"),
    ("#7 login: player is a, not b", "#7 login：player 是 a，而不是 b"),
    (
        ", ".join(f"f{number} (late) struck, hit 1" for number in range(20)),
        "，".join(f"f{number}（late）触发，第 1 次" for number in range(20)),
    ),
    ("f1 (a) struck, hit 1, f2 (b) struck, hit 2", "f1（a）触发，第 1 次，f2（b）触发，第 2 次"),
    (
        "Invalid value for '--port': 'x' is not a valid integer.",
        "'--port' 的值无效：'x' 不是有效的整数。",
    ),
    (
        "Invalid value for '--port': 99999 is not a port between 0 and 65535",
        "'--port' 的值无效：99999 不是 0 到 65535 的端口",
    ),
]


@pytest.mark.parametrize(("english", "chinese"), TEXTS)
def test_a_text_made_of_several_is_translated_to_its_last_word(english: str, chinese: str) -> None:
    assert translate(english, "zh") == chinese


def test_sentences_that_are_known_one_by_one_are_translated_one_by_one() -> None:
    assert translate("Check --host. Start the server again.", "zh") == (
        "请检查 --host。请重新启动服务器。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Nobody ever said this.",
        "Check --host. Nobody ever said this.",
        "/skip: nobody ever said this.",
        "unknown error 'x'; nobody ever said this",
        "unknown field 'x'; nobody ever said this",
        "Nobody ever said this: 'x' is no snapshot name.",
        "没有世界",
    ],
)
def test_what_is_not_known_stays_as_it_is_never_half(text: str) -> None:
    assert translate(text, "zh") == text


def test_the_words_of_a_system_are_quoted_whether_they_are_known_or_not() -> None:
    english = "The ready file r cannot be written: {}."

    assert translate(english.format("Permission denied"), "zh") == "无法写入就绪文件 r：没有权限。"
    assert translate(english.format("Not now"), "zh") == "无法写入就绪文件 r：Not now。"


def test_a_value_is_kept_even_if_it_reads_like_a_text_of_ours() -> None:
    assert translate("There is no world 'is empty'.", "zh") == "没有世界 'is empty'。"


WRONG = [
    ({"skip": "1"}, "应为 int，而得到 str"),
    ({"skip": -1}, "应为不小于 0 的 int"),
    ({"status": 600}, "应为不大于 599 的 int"),
    ({"label": "x" * 2000}, "应为长度不大于 1024 的 str"),
    ({"player": ""}, "应为长度不小于 1 的 str"),
    ({"ttl_s": 0}, "应为不小于 1 的 int"),
    ({"ttl_s": 0.0}, "应为大于 0.0 的 float"),
    ({"domain": "x"}, "不能是 'x'"),
    ({"delay_ms": {}}, "对象缺少必填字段 max"),
    ({"sequence": ["ok"] * 1001}, "应为长度不大于 1000 的 array"),
    ([], "应为 object，而得到 array"),
]


@pytest.mark.parametrize(("raw", "chinese"), WRONG)
def test_what_msgspec_says_is_known(raw: object, chinese: str) -> None:
    flaw = reading.read(raw, FaultSpec)

    assert isinstance(flaw, reading.Flaw)
    assert translate(flaw.detail, "zh").startswith(chinese)


BROKEN = [
    *(b"", b"{", b"[1,]", b'{"a":1,}', b"nope", b"1 2", b"{1:2}", b'{"a"1}', b'["\\q"]', b"[1 2]"),
    *(b"-", b"01", b'["\x01"]', b'["\\u12"]', b'["\\ud800x"]', b'{"a":1 "b"}', b"1e999"),
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_msgspec_says_of_broken_json_is_known(text: bytes) -> None:
    with pytest.raises(msgspec.DecodeError) as raised:
        msgspec.json.decode(text)

    chinese = translate(f"The world is no JSON: {raised.value}.", "zh")

    assert not re.search(r"[a-z]{2,} [a-z]{2,}", chinese)


@given(ANY_TEXT)
def test_no_text_is_too_much_and_english_is_the_text_itself(text: str) -> None:
    assert isinstance(translate(text, "zh"), str)
    assert translate(text, "en") == text
    assert translate(text, "fr") == text


@pytest.mark.parametrize("text", ["a " * 2000, "a: " * 1300, "x' and 'y" * 400, "(" * 4000])
def test_a_long_text_takes_no_long_time(text: str) -> None:
    assert translate(text, "zh") == text


def test_a_text_longer_than_any_of_ours_stays_as_it_is() -> None:
    text = f"There is no world '{'w' * MAX_CHARACTERS}'."

    assert translate(text, "zh") == text


def test_nothing_is_read_before_chinese_is_asked_for() -> None:
    code = (
        "import sys; from tt_emulator.language import translate; translate('Check --host.', 'en');"
        "assert not {'tomllib', 'tt_emulator.language.templates'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", code], check=True)

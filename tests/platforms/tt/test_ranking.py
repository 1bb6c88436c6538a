import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.platforms.tt.ranking import score

OK = {"errMsg": "setUserCloudStorage:ok"}
REFUSED = {
    "errMsg": "setUserCloudStorage:fail 排行榜 key 对应的 value 值格式不对",
    "errorCode": 108002,
    "errorType": "F",
}


def value(**ttgame):
    return json.dumps({"ttgame": ttgame})


@pytest.fixture
def ranked(bench):
    bench.world.set({"ranking_keys": {"score": "desc"}})
    return bench


@pytest.mark.parametrize(
    "text",
    [
        value(score=1, update_time=1513080573),
        value(score=0, update_time=1_769_904_000_000),
        value(score=2**31 - 1, update_time=2**63 - 1),
        value(score=-(2**31), update_time=-(2**63)),
        '{"progress":36500,"ttgame":{"score":16,"update_time":1513080573},"cost_ms":[36500,null]}',
        ' {"ttgame" : {"update_time": 1, "score": 1}} ',
    ],
)
def test_a_ranking_key_takes_a_score_and_its_time(ranked, text):
    assert ranked.save({"score": text}) == OK


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON object"),
        ("17", "Expected object, got int"),
        ("[]", "Expected object, got array"),
        ('"{}"', "Expected object, got str"),
        ("{}", "missing required field ttgame"),
        ("not json", "no JSON object"),
        ('{"x":' + "[" * 1000, "no JSON object"),
        ('{"ttgame":null}', "ttgame: Expected object, got null"),
        ('{"wxgame":{"score":1,"update_time":1}}', "missing required field ttgame"),
        ('{"score":1,"update_time":1}', "missing required field ttgame"),
        (value(update_time=1), "ttgame: Object missing required field score"),
        (value(score=1), "ttgame: Object missing required field update_time"),
        (value(score="1", update_time=1), "ttgame.score: Expected int, got str"),
        (value(score=1.5, update_time=1), "ttgame.score: Expected int, got float"),
        (value(score=True, update_time=1), "ttgame.score: Expected int, got bool"),
        (value(score=None, update_time=1), "ttgame.score: Expected int, got null"),
        (value(score=2**31, update_time=1), "ttgame.score: Expected int <= 2147483647"),
        (value(score=-(2**31) - 1, update_time=1), "ttgame.score: Expected int >= -2147483648"),
        (value(score=1, update_time=2**63), "ttgame.update_time: Expected int"),
        (value(score=1, update_time="1"), "ttgame.update_time: Expected int, got str"),
        (value(score=1, update_time=1, level=3), "ttgame.level: unknown field 'level'"),
    ],
)
def test_a_ranking_key_takes_nothing_else(ranked, text, reason):
    pairs = [{"key": "plain", "value": "1"}, {"key": "score", "value": text}]

    reply = ranked.reply("setUserCloudStorage", {"KVDataList": pairs})

    assert reply.body == REFUSED
    assert reply.reason.startswith("'score' is a ranking key of this world; ")
    assert reason in reply.reason
    assert ranked.saved("plain", "score") == {}


def test_a_plain_key_takes_any_string(ranked):
    assert ranked.save({"level": "17", "Score": value(level=3)}) == OK


def test_a_key_ranks_only_while_it_is_configured(ranked):
    assert ranked.save({"score": "17"}) == REFUSED
    ranked.world.set({"ranking_keys": {"level": "asc"}})

    assert ranked.save({"score": "17"}) == OK
    assert ranked.save({"level": "17"}) == REFUSED


def test_a_key_and_value_that_are_too_long_are_told_first(ranked):
    assert "1024" in ranked.save({"score": "x" * 1024})["errMsg"]


def test_testers_may_give_a_player_a_malformed_score(ranked):
    ranked.world.players.put("alice", {"KVDataList": [{"key": "score", "value": "17"}]})

    assert ranked.saved("score", player="alice") == {"score": "17"}


@given(number=st.integers(-(2**31), 2**31 - 1), time=st.integers(-(2**63), 2**63 - 1))
def test_the_score_of_any_value_of_the_format_is_read(number, time):
    assert score(value(score=number, update_time=time)) == number


@given(text=st.text(max_size=30) | st.sampled_from(["{", "[[", '{"ttgame":']))
def test_no_text_is_taken_for_a_score_that_has_none(text):
    assert score(text) is None

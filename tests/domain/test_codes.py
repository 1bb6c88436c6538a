import pytest

from tt_emulator.domain import codes
from tt_emulator.errors import NotFound, Unprocessable


@pytest.fixture
def exchange(bench):
    return lambda **raw: bench.world.exchange_code(raw)


def test_a_code_is_worth_the_openid_once(bench, exchange):
    code = bench.call("login", player="alice")["code"]

    assert exchange(code=code) == {"openid": "alice"}
    with pytest.raises(NotFound, match="used before"):
        exchange(code=code)


def test_an_anonymous_code_is_worth_the_device_each_time_the_same(bench, exchange):
    first, second = (bench.call("login", player="alice")["anonymousCode"] for _ in range(2))
    other = bench.call("login", player="bob")["anonymousCode"]

    device = exchange(anonymous_code=first)

    assert device == exchange(anonymous_code=second) != exchange(anonymous_code=other)
    with pytest.raises(NotFound, match="used before"):
        exchange(anonymous_code=first)


def test_who_logs_in_later_is_on_the_same_device(bench, exchange):
    bench.world.players.put("alice", {"account": "out"})
    before = bench.call("login", {"force": False}, player="alice")["anonymousCode"]
    after = bench.call("login", player="alice")["anonymousCode"]

    assert exchange(anonymous_code=before) == exchange(anonymous_code=after)


def test_codes_are_good_for_three_minutes_of_the_worlds_clock(bench, exchange):
    bench.world.move_clock({"freeze": True})
    answers = [bench.call("login") for _ in range(2)]

    bench.world.move_clock({"advance_s": 180})
    assert exchange(code=answers[0]["code"]) == {"openid": "player-1"}
    bench.world.move_clock({"advance_s": 0.001})
    for kind, field in (("code", "code"), ("anonymous_code", "anonymousCode")):
        with pytest.raises(NotFound, match="180 seconds old"):
            exchange(**{kind: answers[1][field]})


@pytest.mark.parametrize("kind", ["code", "anonymous_code"])
def test_a_code_that_nobody_was_given_is_worth_nothing(exchange, kind):
    with pytest.raises(NotFound, match="No tt"):
        exchange(**{kind: "made-up"})


def test_the_two_kinds_and_two_worlds_are_not_mixed_up(bench, exchange):
    answer = bench.call("login")
    elsewhere = bench.call("login", world="other")

    for raw in (
        {"code": answer["anonymousCode"]},
        {"anonymous_code": answer["code"]},
        {"code": elsewhere["code"]},
    ):
        with pytest.raises(NotFound):
            exchange(**raw)


def test_a_reset_of_the_data_ends_all_codes(bench, exchange):
    code = bench.call("login")["code"]
    bench.world.reset(("data",))

    with pytest.raises(NotFound):
        exchange(code=code)


def test_of_very_many_codes_the_oldest_are_forgotten(bench, exchange, monkeypatch):
    monkeypatch.setattr(codes, "MOST", 4)
    answers = [bench.call("login") for _ in range(3)]

    with pytest.raises(NotFound):
        exchange(code=answers[0]["code"])
    assert exchange(code=answers[2]["code"]) == {"openid": "player-1"}


@pytest.mark.parametrize("raw", [{}, {"code": "a", "anonymous_code": "b"}, {"code": 1}, {"c": ""}])
def test_one_code_is_asked_for_at_a_time(exchange, raw):
    with pytest.raises(Unprocessable):
        exchange(**raw)

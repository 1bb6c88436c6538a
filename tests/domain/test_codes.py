import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.restored import WrittenDeed
from tt_emulator.domain import codes
from tt_emulator.domain.codes import Codes
from tt_emulator.errors import NotFound, Unprocessable
from tt_emulator.world.live import decode


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


def again(effects):
    """The codes that were written like this."""
    made = Codes()
    for effect in map(decode, effects):
        if isinstance(effect, codes.NoCodes):
            made.forget_all()
        else:
            made.restore(effect)
    return made


def by_deeds(deed, known):
    return again(effect for line in deed.lines for effect in line)


def by_the_whole(deed, known):
    return again(map(msgspec.json.encode, known.written()))


def worth(known, code, now_ms):
    try:
        return known.exchange({"code": code}, now_ms)
    except NotFound as error:
        return error.detail


CODE = st.integers(0, 6).map("c-{}".format)
DEEDS = st.one_of(
    st.tuples(st.just("issue"), CODE, st.sampled_from(["ann", "名前"]), st.integers(0, 9)),
    st.tuples(st.just("spend"), CODE, st.integers(0, 9)),
)
STEPS = st.lists(DEEDS, max_size=3) | st.just([("forget",)])


@pytest.mark.parametrize("restored", [by_deeds, by_the_whole])
@given(deeds=st.lists(STEPS, max_size=12))
def test_codes_that_are_made_again_of_what_was_written_are_worth_the_same(restored, deeds):
    deed = WrittenDeed()
    known = Codes(deed)
    for several in deeds:
        with deed:
            for name, *given_ in several:
                if name == "issue":
                    known.issue("code", *given_)
                elif name == "spend":
                    worth(known, *given_)
                else:
                    known.forget_all()
    twin = restored(deed, known)

    assert list(map(msgspec.json.encode, twin.written())) == list(
        map(msgspec.json.encode, known.written())
    )
    for code in (f"c-{number}" for number in range(7)):
        assert worth(twin, code, 10) == worth(known, code, 10)


@pytest.mark.parametrize("restored", [by_deeds, by_the_whole])
def test_of_very_many_codes_those_that_are_made_again_are_the_same(restored, monkeypatch):
    monkeypatch.setattr(codes, "MOST", 4)
    deed = WrittenDeed()
    known = Codes(deed)
    for number in range(7):
        with deed:
            known.issue("code", f"c-{number}", "ann", number)
            if number % 2:
                worth(known, f"c-{number - 1}", number)
    twin = restored(deed, known)

    assert [each.code for each in twin.written()] == ["c-3", "c-4", "c-5", "c-6"]
    assert [each.spent for each in twin.written()] == [False, True, False, False]
    twin.issue("code", "c-7", "ann", 7)
    assert [each.code for each in twin.written()] == ["c-4", "c-5", "c-6", "c-7"]


def test_codes_end_with_their_world() -> None:
    codes = Codes(ending=".w1")

    assert codes.issue("code", "c", "alice", 0) == "c.w1"
    assert codes.flaw("code", "c.w1", 0) == ""
    assert codes.spend("c.w1").openid == "alice"
    assert codes.flaw("code", "c.w1", 0) == "The code was used before: each is good for one use."
    assert codes.find("c") is None

from tt_emulator.domain.tokens import MOST, Token, Tokens

HOUR_MS = 3_600_000


def made(number: int, appid: str = "app", at_ms: int = 0) -> Token:
    return Token(f"t{number}", appid, at_ms, at_ms + HOUR_MS)


def test_a_token_is_good_until_its_moment_and_no_longer() -> None:
    tokens = Tokens()
    tokens.hand_out(made(1), leaving_ms=10)

    assert tokens.flaw("t1", HOUR_MS - 1) == ""
    assert tokens.flaw("t1", HOUR_MS + 3000) == (
        "the access_token is worth nothing since 3 seconds: its time is over"
    )
    assert tokens.flaw("t2", 0) == "this world gave out no access_token 't2'"


def test_each_token_shortens_those_before_it_and_never_makes_one_longer() -> None:
    tokens = Tokens()
    for number, at_ms in ((1, 0), (2, 100), (3, 200)):
        tokens.hand_out(made(number, at_ms=at_ms), leaving_ms=300)

    assert [each.until_ms for each in tokens.of("app", stable=False)] == [400, 500, 200 + HOUR_MS]


def test_tokens_end_with_their_world() -> None:
    tokens = Tokens(ending=".w1")

    assert tokens.hand_out(made(1), leaving_ms=0).token == "t1.w1"
    assert tokens.flaw("t1.w1", 0) == ""


def test_they_come_again_as_they_were_written() -> None:
    tokens, again = Tokens(), Tokens()
    tokens.hand_out(made(1), leaving_ms=0)
    tokens.hand_out(made(2, at_ms=50), leaving_ms=300)
    for each in tokens.written():
        again.restore(each)

    assert list(again.written()) == list(tokens.written())


def test_the_oldest_is_forgotten_where_there_are_too_many() -> None:
    tokens = Tokens()
    for number in range(MOST + 1):
        tokens.hand_out(made(number, appid=f"app-{number}"), leaving_ms=0)

    assert tokens.find("t0") is None
    assert tokens.find("t1") is not None
    assert len(list(tokens.written())) == MOST

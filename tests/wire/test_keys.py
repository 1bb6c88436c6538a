"""Whose tokens are taken, and where a request may carry one."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.wire.keys import ADMINISTRATOR, Keys, unlocked, without_key

TOKEN = "alpha.s3cret"
HASHES = {
    "alpha": sha256(TOKEN.encode()).hexdigest(),
    "beta": sha256(b"beta.other").hexdigest(),
}
KEYS = Keys("root", HASHES)


def test_a_token_tells_its_holder() -> None:
    assert KEYS.holder(f"Bearer {TOKEN}") == "alpha"
    assert KEYS.holder("Bearer beta.other") == "beta"
    assert KEYS.holder("Bearer root") == ADMINISTRATOR


@pytest.mark.parametrize(
    "sent",
    [
        *(None, "", "Bearer", "Bearer ", TOKEN, f"bearer {TOKEN}", f"Bearer  {TOKEN}"),
        *(f"Bearer {TOKEN},Bearer {TOKEN}", f"Bearer {TOKEN} ", "Bearer alpha", "Bearer alpha."),
        *("Bearer beta.s3cret", "Bearer gamma.s3cret", f"Basic {TOKEN}", "Bearer ROOT"),
        *(f"Bearer {HASHES['alpha']}", f"Bearer alpha.{HASHES['alpha']}", "Bearer \u00e9.x"),
    ],
)
def test_what_is_no_token_is_nobodys(sent: str | None) -> None:
    assert KEYS.holder(sent) is None


@given(st.text())
def test_no_text_is_taken_for_a_token_by_luck(text: str) -> None:
    assert KEYS.holder(f"Bearer {text}") in ({None} if text not in (TOKEN, "root") else {"alpha"})


def test_a_hash_under_the_name_of_another_team_opens_nothing() -> None:
    """A token begins with the name of its team, and counts for no other."""
    keys = Keys(None, {"beta": HASHES["alpha"]})

    assert keys.holder(f"Bearer {TOKEN}") is None


def test_where_nobody_is_asked_everybody_is_the_administrator() -> None:
    keys = Keys(None, {})

    assert keys.holder(None) == keys.holder("Bearer x") == ADMINISTRATOR
    assert not keys.asks


@pytest.mark.parametrize(
    ("target", "token", "rest"),
    [
        (b"/t/alpha.s3cret/tt/login", b"alpha.s3cret", b"/tt/login"),
        (b"/t/alpha.s3cret/", b"alpha.s3cret", b"/"),
        (b"/t/alpha.s3cret", b"alpha.s3cret", b"/"),
        (b"/t/a%2Eb/tt/login?x=1%20", b"a.b", b"/tt/login?x=1%20"),
        (b"/t/a/t/b/c", b"a", b"/t/b/c"),
    ],
)
def test_a_token_is_taken_out_of_a_path(target: bytes, token: bytes, rest: bytes) -> None:
    assert unlocked(target) == (b"Bearer " + token, rest)


@pytest.mark.parametrize(
    "target", [b"/tt/login", b"/t", b"/t/", b"/t//tt", b"//t/a/tt", b"/T/a/tt", b"/x/t/a/tt", b"/"]
)
def test_other_paths_stay_as_they_are(target: bytes) -> None:
    assert unlocked(target) is None


@given(st.binary())
def test_any_target_can_be_looked_at(target: bytes) -> None:
    found = unlocked(b"/t/" + target)

    assert found is None or found[1].startswith(b"/")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/t/alpha.s3cret/tt/login", "/t/.../tt/login"),
        ("//t/alpha.s3cret", "//t/..."),
        ("/t//alpha.s3cret/x", "/t//.../x"),
        ("/tt/login", "/tt/login"),
        ("/__emulator/v1/t/a", "/__emulator/v1/t/a"),
    ],
)
def test_a_log_has_a_path_without_the_token(path: str, shown: str) -> None:
    assert without_key(path) == shown

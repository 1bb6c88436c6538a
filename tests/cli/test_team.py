"""A token for a team, and what the file says of it."""

import json
import tomllib
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from tt_emulator.config import team_of

Tt = Callable[..., Any]


def test_the_token_is_shown_beside_what_the_file_has_of_it(tt: Tt) -> None:
    made = tt("team", "token", "alpha")
    first, token = made.err.splitlines()
    (team,) = tomllib.loads(made.out)["team"]

    assert made.code == 0
    assert first == "The team's token, which is kept nowhere:"
    assert token.startswith("alpha.")
    assert len(token) > 40
    assert team == {"name": "alpha", "token_sha256": sha256(token.encode()).hexdigest()}
    assert token not in made.out


def test_no_two_tokens_are_alike(tt: Tt) -> None:
    assert tt("team", "token", "alpha").out != tt("team", "token", "alpha").out


def test_programs_get_json(tt: Tt) -> None:
    made = json.loads(tt("team", "token", "alpha", "--json").out)

    assert made["name"] == "alpha"
    assert made["token_sha256"] == sha256(made["token"].encode()).hexdigest()


@pytest.mark.parametrize("name", ["", "Alpha", "a.b", "a" * 21, "a_b"])
def test_a_name_that_no_team_can_have_is_refused(tt: Tt, name: str) -> None:
    refused = tt("team", "token", name)

    assert refused.code == 2
    assert "1 to 20 lower-case letters" in refused.err


@pytest.mark.parametrize(
    ("token", "team"),
    [("alpha.x", "alpha"), ("alpha", None), (None, None), ("Alpha.x", None), (".x", None)],
)
def test_a_token_names_its_team(token: str | None, team: str | None) -> None:
    assert team_of(token) == team

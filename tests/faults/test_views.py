import pytest

from harness import as_json

ACCOUNT = ["armed_at", "expires_at", "matched", "hits", "remaining", "completed", "near_miss"]
CLAUSES = ["api", "player", "key", "domain", "skip", "times", "probability", "ttl_s"]
CLAUSES += ["moment", "delay_ms", "label"]


@pytest.mark.parametrize(
    ("spec", "special"),
    [({"delay_ms": 1}, []), ({"error": "server-error", "detail": "disk"}, ["error", "detail"])],
    ids=str,
)
def test_what_only_some_kinds_read_is_shown_where_it_was_given(arm, spec, special):
    assert list(as_json(arm(**spec))) == ["id", *special, *CLAUSES, *ACCOUNT]


def test_a_chance_that_nobody_gave_is_certainty(arm):
    assert as_json(arm(delay_ms=1))["probability"] == 1.0
    assert as_json(arm(delay_ms=1, probability=0))["probability"] == 0


def test_a_random_delay_is_shown_as_it_was_given_with_what_it_does_not_have(arm):
    fault = as_json(arm(delay_ms={"min": 1, "max": 5}))

    assert fault["delay_ms"] == {"max": 5, "min": 1, "median": None, "sigma": None}

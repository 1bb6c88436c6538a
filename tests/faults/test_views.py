import pytest

from bench import as_json

ACCOUNT = [
    "armed_at",
    "expires_at",
    "matched",
    "hits",
    "remaining",
    "completed",
    "near_miss",
]
CLAUSES = ["api", "player", "key", "domain", "skip", "times"]
REST = ["ttl_s", "moment", "delay_ms", "label"]


@pytest.mark.parametrize(
    ("spec", "order"),
    [
        ({"delay_ms": 1}, ["id", *CLAUSES, *REST, "probability", *ACCOUNT]),
        ({"delay_ms": 1, "probability": 0}, ["id", *CLAUSES, "probability", *REST, *ACCOUNT]),
        (
            {"error": "server-error", "detail": "disk"},
            ["id", "error", "detail", *CLAUSES, *REST, "probability", *ACCOUNT],
        ),
    ],
    ids=str,
)
def test_each_clause_is_shown_in_its_place_and_a_chance_that_nobody_gave_behind_them(
    arm, spec, order
):
    assert list(as_json(arm(**spec))) == order


def test_a_random_delay_is_shown_as_it_was_given_with_what_it_does_not_have(arm):
    fault = as_json(arm(delay_ms={"min": 1, "max": 5}))

    assert fault["delay_ms"] == {"max": 5, "min": 1, "median": None, "sigma": None}

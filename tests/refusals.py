"""How every refusal looks, whoever refuses."""

from typing import Any

from entry_points import Answer


def is_problem(answer: Answer, *statuses: int) -> list[dict[str, Any]]:
    """Hold the answer to a problem document with one of the statuses; gives its flaws."""
    assert answer.status in statuses
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == answer.status
    assert answer.json["detail"]
    assert answer.json["hint"]
    flaws: list[dict[str, Any]] = answer.json["errors"]
    return flaws

from pathlib import Path

import pytest

import killing_calls
from killing import kill


def test_killing_the_server_in_the_middle_of_writes_loses_none_and_tears_no_file(
    data: Path,
) -> None:
    found = kill(data, rounds=4)

    assert found.acknowledged > 0
    assert (found.lost, found.unreadable) == (0, 0)


@pytest.mark.parametrize("flags", [[], ["--sync"]], ids=["disk", "sync"])
def test_a_call_that_is_repeated_after_kills_is_answered_struck_and_counted_once(
    data: Path, flags: list[str]
) -> None:
    found = killing_calls.kill(data, 4, *flags)

    assert found.calls > killing_calls.CONNECTIONS * 5
    assert found.wrong == []

from pathlib import Path

from soak import soak


def test_killing_the_server_in_the_middle_of_writes_loses_none_and_tears_no_file(
    data: Path,
) -> None:
    found = soak(data, rounds=4)

    assert found.acknowledged > 0
    assert (found.lost, found.unreadable) == (0, 0)

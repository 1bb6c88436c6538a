from pathlib import Path

from killing import kill


def test_killing_the_server_in_the_middle_of_writes_loses_none_and_tears_no_file(
    data: Path,
) -> None:
    found = kill(data, rounds=4)

    assert found.acknowledged > 0
    assert (found.lost, found.unreadable) == (0, 0)

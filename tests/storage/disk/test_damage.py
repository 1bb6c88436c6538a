from pathlib import Path

from damage import run


def test_no_damage_of_a_stored_byte_is_taken_as_true_or_stops_a_start(tmp_path: Path) -> None:
    found = run(tmp_path, every=500)
    assert len(found.done) == 7
    assert found.bad == []

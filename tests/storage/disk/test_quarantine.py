import logging
from pathlib import Path

import pytest

from tt_emulator.domain.store import Finding
from tt_emulator.storage.disk import quarantine as module
from tt_emulator.storage.disk.damage import Damage
from tt_emulator.storage.disk.quarantine import Quarantine


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "worlds" / "a.json"
    path.parent.mkdir()
    path.write_text("as it was", encoding="utf-8")
    return path


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    return Quarantine(tmp_path)


def kept(file: Path) -> Path:
    return file.with_name("a.json.set-aside")


def test_a_file_that_is_moved_is_named_and_kept(quarantine: Quarantine, file: Path) -> None:
    quarantine.move(file, Damage(3, "half of it is missing"))
    assert quarantine.quarantined.all() == [Finding("worlds/a.json", 3, "half of it is missing")]
    assert quarantine.edited.all() == []
    assert not file.exists()
    assert kept(file).read_text(encoding="utf-8") == "as it was"


def test_a_file_that_is_copied_stays(quarantine: Quarantine, file: Path) -> None:
    quarantine.copy(file, [Damage(1, "one"), Damage(2, "two")])
    assert [finding.reason for finding in quarantine.quarantined.all()] == ["one", "two"]
    assert file.exists()
    assert kept(file).read_text(encoding="utf-8") == "as it was"


def test_a_copy_has_the_name_that_people_know(quarantine: Quarantine, file: Path) -> None:
    quarantine.copy(file, [Damage(1, "one")], file.with_name("b.json"))
    assert quarantine.quarantined.all() == [Finding("worlds/b.json", 1, "one")]
    assert file.with_name("b.json.set-aside").exists()


def test_an_edit_that_is_taken_leaves_the_file(quarantine: Quarantine, file: Path) -> None:
    quarantine.take_edit(file, "it was changed")
    assert quarantine.edited.all() == [Finding("worlds/a.json", None, "it was changed")]
    assert quarantine.quarantined.all() == []
    assert not kept(file).exists()


def test_an_edit_that_is_not_taken_is_kept_and_reported_as_both(
    quarantine: Quarantine, file: Path
) -> None:
    quarantine.keep_edit(file, b"edited")
    for findings in (quarantine.edited.all(), quarantine.quarantined.all()):
        assert [finding.file for finding in findings] == ["worlds/a.json"]
        assert "while the server ran" in findings[0].reason
    assert kept(file).read_bytes() == b"edited"


def test_of_a_file_with_many_damages_the_first_are_named_and_the_rest_counted(
    quarantine: Quarantine, file: Path
) -> None:
    quarantine.copy(file, [Damage(line, "bad") for line in range(1, 26)])
    findings = quarantine.quarantined.all()
    assert [finding.line for finding in findings] == [*range(1, 11), None]
    assert findings[-1].reason == "and 15 more of its lines"


def test_the_list_has_an_end_and_says_so(
    quarantine: Quarantine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FINDINGS", 3)
    for _ in range(5):
        quarantine.leave(file, Damage(None, "bad"))
    findings = quarantine.quarantined.all()
    assert len(findings) == 4
    assert findings[-1] == Finding("", None, "and 2 more, see the server's log")


def test_each_is_reported_in_the_log_with_its_line_and_where_it_is_kept(
    quarantine: Quarantine, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    quarantine.move(file, Damage(3, "half of it is missing"))
    assert "worlds/a.json, line 3: half of it is missing" in caplog.text
    assert "kept as worlds/a.json.set-aside" in caplog.text


def test_no_text_of_a_file_reaches_the_terminal_raw(
    quarantine: Quarantine, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quarantine.leave(file, Damage(None, "unknown field \x1b[31m\n\u202e名"))
    (finding,) = quarantine.quarantined.all()
    assert finding.reason == "unknown field \\x1b[31m\\n\\u202e名"
    assert "\x1b" not in caplog.text

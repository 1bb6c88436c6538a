"""Folders that are watched, on disks of which the system does not hear all."""

import sys
from pathlib import Path
from threading import Event

import pytest

from tt_emulator.server.watching import watch

SEEN_S = 20


class Deaf:
    """The system's observer where others make the changes: nothing comes."""

    daemon = False

    def schedule(self, *_: object, **__: object) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


if sys.platform == "linux":
    from tt_emulator.storage.disk import watch as disk

    def test_a_disk_that_others_share_is_told_from_one_of_this_machine(tmp_path: Path) -> None:
        assert disk.is_local(tmp_path)
        assert not disk.is_local(Path("/proc"))

    def test_what_others_change_on_a_disk_that_they_share_is_seen(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(disk, "_LOCAL", {})
        monkeypatch.setattr("watchdog.observers.Observer", Deaf)
        below = tmp_path / "sub" / "game.js"
        below.parent.mkdir()
        seen = Event()
        stop = watch(tmp_path, lambda names: "game.js" in names and seen.set(), recursive=True)
        below.write_text("1", encoding="utf-8")

        assert seen.wait(SEEN_S)
        stop()

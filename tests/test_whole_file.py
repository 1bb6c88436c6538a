import os
import stat
from pathlib import Path

import pytest

from tt_emulator import whole_file

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has other modes and links")


def test_it_holds_the_old_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    whole_file.write(path, b"old")

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        whole_file.write(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_link_in_its_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "file").symlink_to(tmp_path / "theirs")
    whole_file.write(tmp_path / "file", b"mine", 0o640)

    assert not (tmp_path / "theirs").exists()
    assert not (tmp_path / "file").is_symlink()
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640

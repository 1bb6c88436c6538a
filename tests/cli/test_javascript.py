from collections.abc import Callable
from pathlib import Path
from typing import Any

from tt_emulator import __version__
from tt_emulator.cli import javascript
from tt_emulator.wire.guard import PUBLIC

WEB = Path(javascript.__file__).parent.parent / "web"
NAMES = {"tt-emulator.d.mts", "tt-emulator.mjs", "tt.d.mts", "tt.d.ts", "tt.js", "tt.mjs"}


def test_the_scripts_and_their_types_are_copied_as_they_are(
    tt: Callable[..., Any], tmp_path: Path
) -> None:
    run = tt("js", str(tmp_path / "new" / "vendor"))

    copied = sorted(path.name for path in (tmp_path / "new" / "vendor").iterdir())
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith(f" of version {__version__} to {tmp_path / 'new' / 'vendor'}\n")
    assert {*copied} > NAMES
    assert {f"/{name}" for name in copied} == PUBLIC  # what every page may load, and no more
    for name in copied:
        copy = tmp_path / "new" / "vendor" / name
        assert copy.read_bytes() == (WEB / name).read_bytes()


def test_older_copies_are_replaced(tt: Callable[..., Any], tmp_path: Path) -> None:
    tt("js", str(tmp_path))
    (tmp_path / "tt.js").write_text("// tt-emulator, an older tt.js", encoding="utf-8")

    assert tt("js", str(tmp_path)).code == 0
    assert (tmp_path / "tt.js").read_bytes() == (WEB / "tt.js").read_bytes()


def test_a_file_of_somebody_elses_is_kept_and_nothing_is_copied(
    tt: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "tt.js").write_text("mine", encoding="utf-8")

    run = tt("js", str(tmp_path))

    assert run.code == 2
    assert run.err.startswith(f"error: {tmp_path / 'tt.js'} is no copy of the emulator's tt.js")
    assert [path.name for path in tmp_path.iterdir()] == ["tt.js"]

"""Files that come with the emulator, scenarios and worlds, and go by a bare name."""

from pathlib import Path
from typing import Literal

Kind = Literal["scenarios", "worlds"]

_PACKAGE = Path(__file__).parent


def files(kind: Kind) -> dict[str, Path]:
    """All of them, by name."""
    # a wheel has them inside, a checkout at its top
    for folder in (_PACKAGE / kind, _PACKAGE.parents[1] / "fixtures" / kind):
        if found := sorted(folder.glob("*.json")):
            return {path.stem: path for path in found}
    return {}


def located(kind: Kind, path: Path) -> Path:
    """The path itself; if no file is there and it is the name of a shipped one, that."""
    return files(kind).get(str(path), path) if path.is_dir() or not path.exists() else path


def offer(kind: Kind) -> str:
    """What to do about a file that there is not."""
    return f"Name a file, or one that comes with the emulator: {', '.join(files(kind))}."

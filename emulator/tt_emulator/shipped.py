"""What comes with the emulator, scenarios, worlds and games, and goes by a bare name."""

from pathlib import Path
from typing import Literal

Kind = Literal["scenarios", "worlds", "games"]

_PACKAGE = Path(__file__).parent


_MARKS = {"scenarios": "*.json", "worlds": "*.json", "games": "*/"}


def files(kind: Kind) -> dict[str, Path]:
    """All of them, by name; a game is a folder."""
    # a wheel has them inside, a checkout at its top
    for folder in (_PACKAGE / kind, _PACKAGE.parents[1] / "fixtures" / kind):
        if found := sorted(folder.glob(_MARKS[kind])):
            return {path.stem: path for path in found}
    return {}


def located(kind: Kind, path: Path) -> Path:
    """The path itself; if no file is there and it is the name of a shipped one, that."""
    return files(kind).get(str(path), path) if path.is_dir() or not path.exists() else path


def game(path: Path) -> Path:
    """The folder itself; if there is none and it is the name of a shipped game, that."""
    return path if path.is_dir() else files("games").get(str(path), path)


def offer(kind: Kind) -> str:
    """What to do about a file that there is not."""
    return f"Name a file, or one that comes with the emulator: {', '.join(files(kind))}."

"""Paths as games write them: the package's without a prefix, those of two folders with one."""

from typing import NoReturn

from tt_emulator.domain.places import filled
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError

USER = "ttfile://user"
TEMPORARY = "ttfile://temp"


def below(folder: str, path: str) -> str | None:
    """The path from the folder on, without `.`, `..` and doubled slashes; '' is the folder itself.

    `None` if it lies elsewhere.
    """
    if path != folder and not path.startswith(f"{folder}/"):
        return None
    parts: list[str] = []
    for part in path.removeprefix(folder).split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def parent(path: str) -> str:
    """The folder that it lies in, '' for the user folder."""
    return path.rpartition("/")[0]


def ending(path: str) -> str:
    """What follows the last point of its name, with the point; '' if there is none."""
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2]}" if "." in name else ""


def is_below(path: str, folder: str) -> bool:
    """Whether it lies in the folder, at whatever depth."""
    return path.startswith(f"{folder}/")


def refuse(turn: Turn, name: str, path: str, reason: str) -> NoReturn:
    """Raise the API's failure of that name, about `path` as the game wrote it."""
    row = turn.api.row(name)
    text = filled(turn.api, row, turn.options, path=path) if row else None
    raise ApiError(name, text, reason)


def user_path(turn: Turn, option: str) -> str:
    """Where in the user folder the option points. Raises `ApiError` if elsewhere, or at all."""
    path = turn.options[option]
    place = below(USER, path)
    if not place:
        refuse(turn, "permission-denied", path, f"{option} is not below {USER}")
    return place

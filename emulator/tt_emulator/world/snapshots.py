"""Named snapshots of a world: its export, kept beside it."""

import unicodedata

from tt_emulator.domain.reading import nearest
from tt_emulator.errors import BadRequest, NotFound
from tt_emulator.world.world import World

MOST_CHARACTERS = 64

# What is seen of no sign, but that scripts and pictures are joined with.
_JOINERS = "\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def save(world: World, name: str) -> str:
    """Keep the world as it is, in the place of an older snapshot of that name; its name.

    Raises `BadRequest` for a bad name, `StorageError`, `WorldDropped`.
    """
    name = checked(name)
    world.store.snapshots.put(name, b"".join(world.document.export()))
    return name


def restore(world: World, name: str) -> None:
    """Make the world what it was, but for the players' files, which no snapshot holds: they stay.

    Raises `BadRequest` for a bad name, `NotFound`, `StorageError` and `WorldDropped`.
    """
    name = checked(name)
    text = world.store.snapshots.get(name)
    if text is None:
        known = world.store.snapshots.names()
        hint = nearest(name, known) if known else "None was kept yet; PUT keeps one."
        raise NotFound(f"The world {world.name!r} has no snapshot {name!r}.", hint)
    world.document.replace(text, keeps_files=True)


def delete(world: World, name: str) -> None:
    """Forget the snapshot; no error if there is none. Raises as `save`."""
    world.store.snapshots.delete(checked(name))


def checked(name: str) -> str:
    """The name as it is kept: what looks the same is the same. Raises `BadRequest`."""
    name = unicodedata.normalize("NFC", name)
    unseen = any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in name)
    if (
        unseen
        or not 1 <= len(name) <= MOST_CHARACTERS
        or name != name.strip()
        or name.startswith((".", "-"))
        or any(sign in name for sign in "/\\")
    ):
        raise BadRequest(
            f"{name[:80]!r} is no snapshot name.",
            f"Use 1 to {MOST_CHARACTERS} signs of any script that can be seen, no '/' or '\\',"
            " no '.' or '-' at the beginning and no blank at an end.",
        )
    return name

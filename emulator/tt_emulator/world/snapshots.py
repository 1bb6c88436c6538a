"""Named snapshots of a world: its export, kept beside it."""

from tt_emulator.domain.reading import nearest
from tt_emulator.errors import BadRequest, NotFound
from tt_emulator.world.kept_name import kept_name, rule
from tt_emulator.world.world import World


def save(world: World, name: str) -> str:
    """Keep the world as it is, in the place of an older snapshot of that name; its name.

    Raises `BadRequest` for a bad name, `StorageError`, `WorldDropped`.
    """
    name = _checked(name)
    world.store.snapshots.put(name, b"".join(world.document.export()))
    return name


def restore(world: World, name: str) -> None:
    """Make the world what it was, but for the players' files, which no snapshot holds: they stay.

    Raises `BadRequest` for a bad name, `NotFound`, `StorageError` and `WorldDropped`.
    """
    name = _checked(name)
    text = world.store.snapshots.get(name)
    if text is None:
        known = world.store.snapshots.names()
        hint = nearest(name, known) if known else "None was kept yet; PUT keeps one."
        raise NotFound(f"The world {world.name!r} has no snapshot {name!r}.", hint)
    world.document.replace(text, keeps_files=True)


def delete(world: World, name: str) -> None:
    """Forget the snapshot; no error if there is none. Raises as `save`."""
    world.store.snapshots.delete(_checked(name))


def _checked(name: str) -> str:
    kept = kept_name(name)
    if kept is None:
        raise BadRequest(f"{name[:80]!r} is no snapshot name.", rule())
    return kept

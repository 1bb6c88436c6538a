"""Named snapshots of a world: its export, kept beside it."""

from emulator.domain.reading import nearest
from emulator.errors import NotFound
from emulator.world.registry import check_name
from emulator.world.world import World


def save(world: World, name: str) -> None:
    """Keep the world as it is, in the place of an older snapshot of that name.

    Raises `BadRequest` for a bad name, `StorageError`.
    """
    check_name(name, "snapshot")
    world.store.snapshots.put(name, b"".join(world.export()))


def restore(world: World, name: str) -> None:
    """Make the world what it was. Raises `BadRequest` for a bad name, `NotFound` and
    `StorageError`.
    """
    check_name(name, "snapshot")
    text = world.store.snapshots.get(name)
    if text is None:
        known = world.store.snapshots.names()
        hint = nearest(name, known) if known else "None was kept yet; PUT keeps one."
        raise NotFound(f"The world {world.name!r} has no snapshot {name!r}.", hint)
    world.replace(text)


def delete(world: World, name: str) -> None:
    """Forget the snapshot; no error if there is none. Raises `BadRequest`, `StorageError`."""
    check_name(name, "snapshot")
    world.store.snapshots.delete(name)

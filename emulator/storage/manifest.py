"""What says that a directory is ours, and in which schema: `tt-emulator.json`."""

import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, ValidationError
from msgspec.json import decode, encode

from emulator.errors import StorageError
from emulator.storage.files import TEMPORARY, free_name, replace_file
from emulator.storage.image import UNREADABLE

MANIFEST = "tt-emulator.json"
KIND = "tt-emulator-data"
SCHEMA = 1

MIGRATIONS: dict[int, Callable[[Path], None]] = {}
"""From a schema to the next one; each gets the data directory, of which a backup exists."""


class Manifest(Struct):
    """The contents of the file."""

    kind: str
    schema: int


def refuse_foreign(root: Path, ours: set[str]) -> None:
    """Raise `StorageError` if something else than our data is in the directory.

    `ours` are the names that a start cut short may have left without a manifest.
    """
    try:
        known = _read(root) is not None
    except UNREADABLE:
        known = True
    strange = {path.name for path in root.iterdir()} - ours - {MANIFEST + TEMPORARY}
    if strange and not known:
        raise _foreign(root, f"it holds {min(strange)}, but no {MANIFEST}")


def settle(root: Path, set_aside_copy: Callable[[Path], None]) -> None:
    """Bring the directory, which is ours and locked, to the present schema."""
    try:
        found = _read(root)
    except UNREADABLE:
        # There is one schema so far, so what the manifest said is known.
        set_aside_copy(root / MANIFEST)
        found = None
    if found is None:
        _write(root)
    elif found.schema > SCHEMA:
        raise StorageError(
            f"The data directory {root} has schema {found.schema}; this version knows {SCHEMA}.",
            "Use the newer tt-emulator that wrote it, or another directory.",
        )
    elif found.schema < SCHEMA:
        _migrate(root, found.schema)


def _read(root: Path) -> Manifest | None:
    try:
        manifest = decode((root / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise _foreign(root, f"its {MANIFEST} is not ours: {error}") from error
    if manifest.kind != KIND:
        raise _foreign(root, f"its {MANIFEST} says kind {manifest.kind!r}")
    return manifest


def _write(root: Path) -> None:
    replace_file(root / MANIFEST, encode(Manifest(KIND, SCHEMA)) + b"\n", sync=True)


def _migrate(root: Path, schema: int) -> None:
    if any(step not in MIGRATIONS for step in range(schema, SCHEMA)):
        raise StorageError(
            f"The data directory {root} has schema {schema}, which this version cannot read.",
            "Use another directory.",
        )
    worlds, saved = root / "worlds", root / f"migrating-from-schema-{schema}"
    if saved.exists():  # an earlier migration was cut short: begin again with what it began with
        shutil.rmtree(worlds)
        shutil.copytree(saved, worlds)
    else:
        copy = saved.with_name(saved.name + TEMPORARY)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(worlds, copy)
        copy.rename(saved)
    for step in range(schema, SCHEMA):
        MIGRATIONS[step](root)
    _write(root)
    saved.rename(free_name(root / f"backup-schema-{schema}"))


def _foreign(root: Path, why: str) -> StorageError:
    return StorageError(
        f"{root} is not a data directory of tt-emulator: {why}.",
        "Name an empty or a new directory.",
    )

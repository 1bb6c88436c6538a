"""What says that a directory is ours, and in which schema: `tt-emulator.json`."""

import shutil
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, ValidationError, convert
from msgspec.json import decode, encode

from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import migration
from tt_emulator.storage.disk.checksum import sealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, damage_of
from tt_emulator.storage.disk.files import (
    OWNER_ONLY_DIRECTORY,
    TEMPORARY,
    free_name,
    make_directory,
    replace_file,
)
from tt_emulator.storage.disk.quarantine import Quarantine

MANIFEST = "tt-emulator.json"
KIND = "tt-emulator-data"
SCHEMA = 3

MIGRATIONS: dict[int, Callable[[Path, Quarantine], None]] = {
    1: migration.from_schema_1,
    2: migration.from_schema_2,
}
"""From a schema to the next one; each gets the data directory, of which a backup exists."""

_LOOKED_AT = 20  # files that show the schema where the manifest does not


class Manifest(Struct):
    """The contents of the file."""

    kind: str
    schema: int


class _Found(NamedTuple):
    """The schema that the file has, or must have had, and what is wrong with it."""

    schema: int
    damage: Damage | None = None


def refuse_foreign(root: Path, ours: set[str]) -> None:
    """Raise `StorageError` if something else than our data is in the directory.

    `ours` are the names that a start cut short may have left without a manifest.
    """
    known = _read(root) is not None
    strange = {path.name for path in root.iterdir()} - ours - {MANIFEST + TEMPORARY}
    if strange and not known:
        raise _foreign(root, f"it holds {min(strange)}, but no {MANIFEST}")


def settle(root: Path, quarantine: Quarantine) -> None:
    """Bring the directory, which is ours and locked, to the present schema."""
    found = _read(root) or _Found(SCHEMA)
    if found.schema > SCHEMA:
        raise StorageError(
            f"The data directory {root} has schema {found.schema}; this version knows {SCHEMA}.",
            "Use the newer tt-emulator that wrote it, or another directory.",
        )
    if found.damage is not None:
        quarantine.copy(root / MANIFEST, [found.damage])
    if found.schema < SCHEMA:
        _migrate(root, found.schema, quarantine)
    elif found.damage is not None or not (root / MANIFEST).exists():
        _write(root)


def text(schema: int) -> bytes:
    """What the file of a schema says, to the last byte."""
    words = encode(Manifest(KIND, schema))
    return (words if schema == 1 else sealed(words)) + b"\n"


def _read(root: Path) -> _Found | None:
    try:
        data = (root / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    for schema in range(1, SCHEMA + 1):
        if data == text(schema):
            return _Found(schema)
        if _is_near(data, text(schema)):
            return _Found(schema, Damage(None, "it is damaged"))
    try:
        fields = decode(data)
    except UNREADABLE as error:
        return _Found(_schema_of(root / "worlds"), damage_of(error, data))
    try:
        manifest = convert(fields, Manifest)
    except ValidationError as error:
        raise _foreign(root, f"its {MANIFEST} is not ours: {error}") from error
    if manifest.kind != KIND:
        raise _foreign(root, f"its {MANIFEST} says kind {manifest.kind!r}")
    return _Found(manifest.schema, Damage(None, "it was changed outside"))


def _is_near(data: bytes, known: bytes) -> bool:
    """Whether one byte is another, missing or too many: no other program wrote that."""
    alike = _alike(data, known) + _alike(data[::-1], known[::-1])
    return alike >= max(len(data), len(known)) - 1


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes are the same before the first that is not."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _schema_of(worlds: Path) -> int:
    """In which schema the worlds' files are, as they look."""
    files = chain(
        worlds.glob("*/log*.jsonl"), worlds.glob("*/seed.jsonl"), worlds.glob("*/players/*.json")
    )
    heads = [path.read_bytes()[:200] for path in islice(files, _LOOKED_AT)]
    if any(b'"schema":2' in head for head in heads):
        return 2
    return SCHEMA if not heads or any(b'"crc32"' in head for head in heads) else 1


def _write(root: Path) -> None:
    replace_file(root / MANIFEST, text(SCHEMA), sync=True)


def _migrate(root: Path, schema: int, quarantine: Quarantine) -> None:
    if any(step not in MIGRATIONS for step in range(schema, SCHEMA)):
        raise StorageError(
            f"The data directory {root} has schema {schema}, which this version cannot read.",
            "Use another directory.",
        )
    worlds, saved = root / "worlds", root / f"migrating-from-schema-{schema}"
    if saved.exists():  # an earlier migration was cut short: begin again with what it began with
        shutil.rmtree(worlds, ignore_errors=True)
        shutil.copytree(saved, worlds)
    else:
        make_directory(worlds)
        copy = saved.with_name(saved.name + TEMPORARY)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(worlds, copy)
        copy.chmod(OWNER_ONLY_DIRECTORY)
        copy.rename(saved)
    for step in range(schema, SCHEMA):
        MIGRATIONS[step](root, quarantine)
    _write(root)
    saved.rename(free_name(root / f"backup-schema-{schema}"))


def _foreign(root: Path, why: str) -> StorageError:
    return StorageError(
        f"{root} is not a data directory of tt-emulator: {why}.",
        "Name an empty or a new directory.",
    )

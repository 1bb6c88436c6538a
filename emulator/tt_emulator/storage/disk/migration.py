"""From schema 1, whose files had no check sums, to schema 2, whose logs know players alone, and on
to schema 3.

What cannot be read is quarantined and named, here or by the start that follows.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder, decode
from msgspec.structs import replace

from tt_emulator.domain.record import Pair, Record
from tt_emulator.storage.disk import blob_file, player_file, world_name
from tt_emulator.storage.disk.checksum import unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.files import (
    OWNER_ONLY_DIRECTORY,
    TEMPORARY,
    remove_file,
    replace_file,
)
from tt_emulator.storage.disk.log_file import rendered
from tt_emulator.storage.disk.log_line import SCHEMA, Effect, Header, Line, written
from tt_emulator.storage.disk.quarantine import Quarantine
from tt_emulator.storage.disk.seed_file import SeedFile, write_draft
from tt_emulator.storage.effects import Changed, EverybodyForgotten, Forgotten

_LOGS = ("log.older.jsonl", "log.jsonl")


class _World(Struct, forbid_unknown_fields=True):
    world: str


class _Line(Struct, forbid_unknown_fields=True):
    """Without an openid it forgets everybody."""

    seq: int
    openid: str | None = None
    put: Mapping[str, Pair] = {}
    remove: tuple[str, ...] = ()
    profile: Mapping[str, Any] = {}
    forget: bool = False


class _SeedLine(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A player, or the last line, which has the `seq`."""

    openid: str | None = None
    pairs: dict[str, Pair] = {}
    profile: dict[str, Any] = {}
    seq: int = 0


_world = Decoder(_World).decode
_line = Decoder(_Line).decode
_seed_line = Decoder(_SeedLine).decode


def from_schema_1(root: Path, quarantine: Quarantine) -> None:
    """Give all files their check sums, and the log's lines their numbers' order."""
    for home in sorted((root / "worlds").iterdir()):
        if home.is_dir() and not home.name.startswith("."):
            _convert(home, quarantine)


def from_schema_2(root: Path, quarantine: Quarantine) -> None:
    """Have the logs say in their first lines that they may go on with more than players."""
    for path in sorted((root / "worlds").glob("*/log*.jsonl")):
        head, _, rest = path.read_bytes().partition(b"\n")
        with suppress(*UNREADABLE):
            header = decode(unsealed(head), type=Header)
            if header.schema == 2:
                replace_file(path, written(replace(header, schema=SCHEMA)) + rest)


def _convert(home: Path, quarantine: Quarantine) -> None:
    home.chmod(OWNER_ONLY_DIRECTORY)
    world = home.name
    named = home / world_name.FILE
    if named.exists():
        with suppress(*UNREADABLE):
            world = _world(named.read_bytes()).world
            replace_file(named, world_name.text(world))
    for number, name in enumerate(_LOGS, 1):
        _convert_log(home / name, world, number, quarantine)
    _convert_seed(home, quarantine)
    for path in sorted(home.glob("players/*.json")):
        with suppress(*UNREADABLE, OSError):
            replace_file(
                path, player_file.render(player_file.to_tables(player_file.read(path.read_bytes())))
            )
    for path in sorted(home.glob("snapshots/at-*.json")):
        _convert_snapshot(path, quarantine)


def _convert_log(path: Path, world: str, number: int, quarantine: Quarantine) -> None:
    if not path.exists():
        return
    *texts, _ = path.read_bytes().split(b"\n")  # a torn last line was never acknowledged
    lines: list[Line] = []
    damages = []
    for place, text in enumerate(texts, 1):
        try:
            line = _line(text)
            if lines and line.seq <= lines[-1].seq:
                raise Damaged(f"line {line.seq} comes after line {lines[-1].seq}")
            lines.append(Line(line.seq, (_effect(line),)))
        except UNREADABLE as error:
            damages.append(Damage(place, damage_of(error).reason))
    if damages:
        quarantine.copy(path, damages)
    replace_file(path.with_name(f"log.{number}.jsonl"), rendered(world, lines))
    remove_file(path)


def _effect(line: _Line) -> Effect:
    if line.forget:
        return EverybodyForgotten() if line.openid is None else Forgotten(line.openid)
    if line.openid is None:
        raise Damaged("it does not say whose it is")
    return Changed(line.openid, line.put, line.remove, line.profile)


def _convert_seed(home: Path, quarantine: Quarantine) -> None:
    seed = SeedFile(home, sync=False)
    if not seed.path.exists():
        return
    damages: list[Damage] = []
    draft = seed.path.with_name(seed.path.name + TEMPORARY)
    remove_file(draft)
    ends: list[int] = []
    written = write_draft(draft, _seeded(seed.path, ends, damages), sync=False)
    if len(ends) != 1:
        damages.append(Damage(None, f"{len(ends)} lines tell its seq"))
    if damages:
        quarantine.copy(seed.path, damages)
    if ends:
        seed.install(written, ends[-1])
    else:
        remove_file(draft)
        seed.remove()


def _seeded(path: Path, ends: list[int], damages: list[Damage]) -> Iterator[tuple[str, Record]]:
    """The players of the file; its `seq` goes to `ends`, what is wrong to `damages`."""
    with path.open("rb") as file:
        for number, text in enumerate(file, 1):
            try:
                line = _seed_line(text)
            except UNREADABLE as error:
                damages.append(Damage(number, damage_of(error).reason))
                continue
            if line.openid is None:
                ends.append(line.seq)
            else:
                yield line.openid, Record(line.pairs, line.profile)


def _convert_snapshot(path: Path, quarantine: Quarantine) -> None:
    marked = path.name.removeprefix("at-").removesuffix(".json")
    name = re.sub(r"=([a-z])", lambda letter: letter[1].upper(), marked)
    data = b""
    try:
        data = path.read_bytes()
        decode(data, type=dict[str, Any])
        replace_file(path, blob_file.sealed(blob_file.SNAPSHOTS, name, data))
    except (*UNREADABLE, OSError) as error:
        quarantine.move(path, damage_of(error, data))

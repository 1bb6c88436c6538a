"""All players of a world in one file, one a line: what the world was last seeded with.

An import, a restored snapshot or `--seed-world` puts a million players in place by one rename;
each gets a file of their own at their first change.

    {"seq":7,"players":1,"crc32":2309737967}
    {"openid":"alice","pairs":{"score":{"value":"1","at_ms":1700000000000}},"crc32":2309737967}
    {"seq":7,"players":1,"crc32":2309737967}

`seq` is the line of the log at which the world was exactly this; no `order` of a pair is greater.
It stands at both ends, so that a file that was cut still says it. Not thread-safe.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from msgspec import Raw, Struct
from msgspec.json import Decoder, Encoder

from tt_emulator.domain.record import Pair, Record
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.files import (
    TEMPORARY,
    new_file,
    remove_file,
    retry_on_windows,
    sync_directory,
)

END_BYTES = 80
"""Of the first line, which is written last: blanks fill it up."""


class _End(Struct, forbid_unknown_fields=True):
    seq: int
    players: int


class _Player(Struct, omit_defaults=True, forbid_unknown_fields=True):
    openid: str
    pairs: dict[str, Pair] = {}
    profile: dict[str, Any] = {}


class _Shape(Struct, forbid_unknown_fields=True, gc=False):
    """A player's line as far as a start reads it: what is in a profile costs it a third more."""

    openid: str
    pairs: dict[str, Pair] = {}
    profile: dict[str, Raw] = {}


_END = b'{"seq":'

_encode = Encoder().encode
_end = Decoder(_End).decode
_shape = Decoder(_Shape).decode
_player = Decoder(_Player).decode


class SeedFile:
    """The file of one world; `seq` 0 if it has none. Players are read from it one at a time."""

    def __init__(self, home: Path, *, sync: bool) -> None:
        self.seq = 0
        self.path = home / "seed.jsonl"
        self._sync = sync
        self._places: dict[str, int] = {}

    @property
    def openids(self) -> set[str]:
        """Who is in it."""
        return set(self._places)

    def __contains__(self, openid: str) -> bool:
        return openid in self._places

    def recover(self) -> list[Damage]:
        """Find out who is in it, and what is damaged; `mend` then makes it whole again."""
        self._places = {}
        try:
            with self.path.open("rb") as file:
                return list(self._index(file))
        except FileNotFoundError:
            return []

    def mend(self) -> None:
        """Go on with the good lines, or without a file if nothing says its `seq`."""
        if not self.seq:
            self.remove()
            return
        found = self.read(self.openids)
        good = ((openid, record) for openid, record in found if record is not None)
        temporary = self.path.with_name(self.path.name + TEMPORARY)
        remove_file(temporary)
        self.install(write_draft(temporary, good, sync=self._sync), self.seq)

    def read(self, openids: Iterable[str]) -> Iterator[tuple[str, Record | None]]:
        """The records of these; `None` for a line that was damaged since the start, whose player is
        then not in it any more. Raises `FileNotFoundError`.
        """
        with self.path.open("rb") as file:
            for openid in sorted(openids, key=self._places.__getitem__):  # as the disk likes it
                file.seek(self._places[openid])
                try:
                    player = _player(unsealed(file.readline().removesuffix(b"\n")))
                    if player.openid != openid:
                        raise Damaged("the line is another player's")
                except UNREADABLE:
                    del self._places[openid]
                    yield openid, None
                else:
                    yield openid, Record(player.pairs, player.profile)

    def install(self, draft: "Draft", seq: int) -> None:
        """Put the draft in the place of the file, at this line of the log or a later one.

        Nothing has changed if it raises.
        """
        seq = max(seq, draft.order)
        end = _End(seq, len(draft.places))
        with draft.path.open("r+b") as file:
            file.write(_first_line(end))
            file.seek(0, os.SEEK_END)
            file.write(_last_line(end))
            _finish(file, sync=self._sync)
        retry_on_windows(lambda: draft.path.replace(self.path))
        if self._sync:
            sync_directory(self.path.parent)
        self.seq = seq
        self._places = draft.places

    def forget(self) -> None:
        """Nobody is in it any more; `remove` follows once the log may be cut."""
        self._places = {}

    def remove(self) -> None:
        """Remove the file."""
        remove_file(self.path, sync=self._sync)
        self.forget()

    def _index(self, file: BinaryIO) -> Iterator[Damage]:
        """Find the players of the file and its `seq`; what is wrong in it."""
        ends: dict[int, _End] = {}
        place = number = 0
        for number, line in enumerate(file, 1):
            try:
                self._read_line(number, place, line, ends)
            except UNREADABLE as error:
                yield Damage(number, damage_of(error).reason)
            place += len(line)
        self.seq = max((end.seq for end in ends.values()), default=0)
        if number < 2 or ends.keys() != {1, number}:
            yield Damage(None, "it does not begin and end as it should: players may be missing")
        for end in ends.values():
            if end.players != len(self._places):
                yield Damage(None, f"{len(self._places)} of its {end.players} players are there")

    def _read_line(self, number: int, place: int, line: bytes, ends: dict[int, _End]) -> None:
        data = unsealed(line.rstrip(b" \n") if number == 1 else line.removesuffix(b"\n"))
        if data.startswith(_END):
            end = ends[number] = _end(data)
            if line != (_first_line(end) if number == 1 else _last_line(end)):
                raise Damaged("the line is not as it was written")
            return
        openid = _shape(data).openid
        if openid in self._places:
            raise Damaged(f"the player {openid!r} stands twice")
        if not line.endswith(b"\n"):
            raise Damaged("the line is cut off")
        self._places[openid] = place


class Draft(NamedTuple):
    """A file that lacks its ends: the place of each player's line, and the greatest `order`."""

    path: Path
    places: dict[str, int]
    order: int


def write_draft(path: Path, players: Iterable[tuple[str, Record]], *, sync: bool) -> Draft:
    """Write the players to a new file. Raises what the iteration raises."""
    places: dict[str, int] = {}
    place, order = END_BYTES, 0
    with new_file(path) as file:
        file.write(bytes(END_BYTES))
        for openid, record in players:
            places[openid] = place
            text = _encode(_Player(openid, record.pairs, record.profile))
            place += file.write(sealed(text) + b"\n")
            order = max(order, *(pair.order for pair in record.pairs.values()), 0)
        _finish(file, sync=sync)
    return Draft(path, places, order)


def _first_line(end: _End) -> bytes:
    return sealed(_encode(end)).ljust(END_BYTES - 1) + b"\n"


def _last_line(end: _End) -> bytes:
    return sealed(_encode(end)) + b"\n"


def _finish(file: BinaryIO, *, sync: bool) -> None:
    if sync:
        file.flush()
        os.fsync(file.fileno())

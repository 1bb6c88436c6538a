"""All players of a world in one file, one a line: what the world was last seeded with.

An import, a restored snapshot or `--seed-world` puts a million players in place by one rename;
each gets a file of their own at their first change.

    {"openid":"alice","pairs":{"score":{"value":"1","at_ms":1700000000000}}}
    {"seq":7}

`seq` is the line of the log at which the world was exactly this; no `order` of a pair is greater.
Not thread-safe.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from msgspec import Struct
from msgspec.json import Decoder, Encoder

from emulator.storage.base import Pair, Record
from emulator.storage.files import TEMPORARY, patiently, remove_file, sync_directory
from emulator.storage.image import UNREADABLE


class _End(Struct):
    seq: int


class _Line(Struct):
    openid: str | None = None
    seq: int = 0


class _Player(Struct, omit_defaults=True):
    openid: str
    pairs: dict[str, Pair] = {}
    profile: dict[str, Any] = {}


_encode = Encoder().encode
_line = Decoder(_Line).decode
_player = Decoder(_Player).decode


class SeedImage:
    """The file of one world; `seq` 0 if it has none. Players are read from it one at a time."""

    def __init__(self, home: Path, *, sync: bool) -> None:
        self.seq = 0
        self._path = home / "seed.jsonl"
        self._sync = sync
        self._places: dict[str, int] = {}

    @property
    def openids(self) -> set[str]:
        """Who is in it."""
        return set(self._places)

    def __contains__(self, openid: str) -> bool:
        return openid in self._places

    def recover(self, set_aside: Callable[[Path], None]) -> None:
        """Find out who is in it. A damaged file goes to `set_aside`, which keeps a copy, and is
        mended: it goes on with its good lines, or is gone if nothing tells its `seq`.
        """
        try:
            with self._path.open("rb") as file:
                good = self._index(file)
        except FileNotFoundError:
            return
        if not good:
            set_aside(self._path)
            if self.seq:
                self._mend()
            else:
                self.remove()

    def read(
        self, openids: Iterable[str], set_aside: Callable[[Path], None]
    ) -> Iterator[tuple[str, Record]]:
        """The records of these; if a line was damaged since the start, a copy is set aside."""
        with suppress(FileNotFoundError), self._path.open("rb") as file:
            for openid in sorted(openids, key=self._places.__getitem__):  # as the disk likes it
                file.seek(self._places[openid])
                try:
                    player = _player(file.readline())
                    if player.openid != openid:
                        raise ValueError("the line is another player's")
                except UNREADABLE:
                    set_aside(self._path)
                else:
                    yield openid, Record(player.pairs, player.profile)

    def install(self, draft: "Draft", seq: int) -> None:
        """Put the draft in the place of the file, at this line of the log or a later one.

        Nothing has changed if it raises.
        """
        seq = max(seq, draft.order)
        with draft.path.open("ab") as file:
            file.write(_encode(_End(seq)) + b"\n")
            _finish(file, sync=self._sync)
        patiently(lambda: draft.path.replace(self._path))
        if self._sync:
            sync_directory(self._path.parent)
        self.seq = seq
        self._places = draft.places

    def forget(self) -> None:
        """Nobody is in it any more; `remove` follows once the log may be cut."""
        self._places = {}

    def remove(self) -> None:
        """Remove the file."""
        remove_file(self._path, sync=self._sync)
        self.forget()

    def _mend(self) -> None:
        good = self.read(self.openids, lambda _: None)
        temporary = self._path.with_name(self._path.name + TEMPORARY)
        self.install(write_draft(temporary, good, sync=self._sync), self.seq)

    def _index(self, file: BinaryIO) -> bool:
        """Whether every line is good."""
        place, good = 0, True
        for text in file:
            try:
                line = _line(text)
                if line.openid is None:
                    self.seq = line.seq
                else:
                    self._places[line.openid] = place
            except UNREADABLE:
                good = False
            place += len(text)
        return good and self.seq > 0


class Draft(NamedTuple):
    """A file that lacks its last line: the place of each player's, and the greatest `order`."""

    path: Path
    places: dict[str, int]
    order: int


def write_draft(path: Path, players: Iterable[tuple[str, Record]], *, sync: bool) -> Draft:
    """Write the players to a new file. Raises what the iteration raises."""
    places: dict[str, int] = {}
    place = order = 0
    with path.open("wb") as file:
        for openid, record in players:
            places[openid] = place
            place += file.write(_encode(_Player(openid, record.pairs, record.profile)) + b"\n")
            order = max(order, *(pair.order for pair in record.pairs.values()), 0)
        _finish(file, sync=sync)
    return Draft(path, places, order)


def _finish(file: BinaryIO, *, sync: bool) -> None:
    if sync:
        file.flush()
        os.fsync(file.fileno())

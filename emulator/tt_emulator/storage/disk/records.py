"""The players of one world in memory, as far as somebody has used them, and whose file is behind.

A player's file is an image of the record at some line of the log and says which (`seq`), and so is
the seed of all. What the files lack is played from the log; a file is read at the first use of its
player.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain

from tt_emulator.domain.record import Change, Record, apply
from tt_emulator.storage.disk.data_files import DataFiles
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.log_line import Line, of_players
from tt_emulator.storage.disk.names import META
from tt_emulator.storage.disk.seed_file import Draft
from tt_emulator.storage.effects import Changed, EverybodyForgotten, Forgotten, OnPlayers


class Records:
    """Needs the world's lock. `wake` is called when the first file falls behind.

    `behind` has, of each player whose file lacks something, the last line that it lacks.
    """

    def __init__(
        self, files: DataFiles, data_directory: DataDirectory, wake: Callable[[], None]
    ) -> None:
        self.behind: dict[str, int] = {}
        self.were_there = False
        self._files = files
        self._data_directory = data_directory
        self._wake = wake
        self.read: dict[str, Record] = {}
        self._unread: set[str] = set()

    def recover(self, lines: Sequence[Line]) -> int:
        """Find out who is there; the last number that a line or a file has."""
        behind, self.behind = self.behind, {}
        self.read.clear()
        seen, self._unread = self._files.recover(lines[-1].seq if lines else 0)
        last = max(self._files.seed_seq, *seen.values(), 0)
        self.were_there = last > 0
        for line in lines:
            last = max(last, line.seq)
            if line.seq > self._files.seed_seq:
                self._replay(line, seen)
        self.mark(behind.keys() - self.behind.keys(), last)
        return last

    def __contains__(self, openid: str) -> bool:
        return openid in self.read or openid in self._unread

    def __len__(self) -> int:
        return len(self.read) + len(self._unread)

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None`."""
        record = self.read.get(openid)
        if record is None and openid in self._unread:
            record = self._load(openid)
            if record is not None:
                self.read[openid] = record
            self._unread.discard(openid)
        return record

    def openids(self) -> list[str]:
        """Every player, sorted."""
        return sorted(name for name in chain(self.read, self._unread) if name != META)

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every player with their record; one that was not in memory is not kept there."""
        yield from (item for item in self.read.items() if item[0] != META)
        with self._data_directory.storage_errors():
            yield from self._files.load_many(self._unread - {META})

    def apply(self, openid: str, change: Change) -> None:
        """Change the record, which is made if need be."""
        record = self.get(openid)
        if record is None:
            record = self.read[openid] = Record()
        apply(change, record)

    def mark(self, openids: Iterable[str], seq: int) -> None:
        """Their files lack that line."""
        behind = self.behind
        for openid in openids:
            if not behind:
                self._wake()
            behind[openid] = seq
            self.were_there = True

    def forget(self, openid: str) -> None:
        """Forget a player."""
        self.read.pop(openid, None)
        self._unread.discard(openid)

    def forget_all(self, but: Set[str] = frozenset()) -> set[str]:
        """Forget every player, if not `but` those whose files are newer; whose files lack that."""
        gone = (self._files.forget_all() | self.read.keys()) - but
        for openid in gone:
            self.read.pop(openid, None)
        self._unread &= but
        return gone

    def replace(self, seq: int, draft: Draft) -> int:
        """Seed the world with the draft, at that line or later; at which. Raises `OSError`."""
        self._unread = self._files.replace(seq, draft)
        self.read.clear()
        self.behind.clear()
        self.were_there = True
        return self._files.seed_seq

    def images(self) -> Iterator[Sequence[OnPlayers]]:
        """What a log says that begins anew: each player whose file is behind, whole."""
        for openid in self.behind:
            record = self.get(openid)
            changed = record and Changed(openid, record.pairs, (), record.profile)
            yield (Forgotten(openid), changed) if changed else (Forgotten(openid),)

    def reload(self, openids: Iterable[str], lines: Sequence[Line]) -> None:
        """Have these players as files and log say. Raises `StorageError`; then they are unread."""
        for openid in openids:
            self.read.pop(openid, None)
            self._unread.add(openid)
        for openid in openids:
            record = self._load(openid)
            for effect in of_players(lines, self._files.seed_seq):
                record = _after(effect, openid, record)
            self._unread.discard(openid)
            if record is not None:
                self.read[openid] = record

    def drop(self) -> None:
        """Hold nothing any more."""
        self.read.clear()
        self._unread.clear()
        self.behind.clear()

    def _load(self, openid: str) -> Record | None:
        with self._data_directory.storage_errors():
            return self._data_directory.open_logs.making_room(lambda: self._files.load(openid))

    def _replay(self, line: Line, seen: dict[str, int]) -> None:
        """Do again what the files lack; `seen` has the line at which each player stands."""
        before: dict[str, int] = {}
        for effect in of_players([line]):
            if isinstance(effect, EverybodyForgotten):
                newer = {known for known, seq in seen.items() if seq > line.seq}
                self.mark(self.forget_all(newer), line.seq)
            elif line.seq > before.setdefault(effect.openid, seen.get(effect.openid, 0)):
                seen[effect.openid] = line.seq
                if isinstance(effect, Changed):
                    self.apply(effect.openid, effect.change())
                else:
                    self.forget(effect.openid)
                self.mark([effect.openid], line.seq)


def _after(effect: OnPlayers, openid: str, record: Record | None) -> Record | None:
    """What is stored of the player after the effect."""
    if isinstance(effect, EverybodyForgotten):
        return None
    if effect.openid != openid:
        return record
    if not isinstance(effect, Changed):
        return None
    record = record or Record()
    apply(effect.change(), record)
    return record

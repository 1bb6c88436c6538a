"""A world on disk: records in memory, each write in the log, the players' files behind it.

A player's file is an image of the record at some line of the log and says which (`seq`), and so is
the seed of all. At the start the files are indexed and the lines that they lack are applied; from
then on every `get` is answered from memory, and a file is read at the first use of its player.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain
from threading import Lock, RLock
from typing import Any

from tt_emulator.domain.record import Change, Record, apply
from tt_emulator.domain.store import EMPTY, Blobs, closed, dropped, nothing
from tt_emulator.domain.user_files import UserFiles
from tt_emulator.errors import EmulatorError
from tt_emulator.storage.disk.blobs import DirectoryBlobs
from tt_emulator.storage.disk.data_files import DataFiles
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.directory_files import DirectoryFiles
from tt_emulator.storage.disk.log import Log
from tt_emulator.storage.disk.log_line import Changed, Effect, EverybodyForgotten, Forgotten, Line
from tt_emulator.storage.disk.names import META
from tt_emulator.storage.disk.player_files import Format
from tt_emulator.storage.disk.seed_file import Draft, write_draft
from tt_emulator.storage.disk.warn_once import WarnOnce

ROTATE_AT_BYTES = 4_000_000


class DiskWorld:
    """The `WorldStore` of `TinyDBStorage`. `wake` is called when there is something to flush."""

    def __init__(
        self, world: str, data_directory: DataDirectory, form: Format, wake: Callable[[], None]
    ) -> None:
        self.lock = RLock()
        self._world = world
        self._data_directory = data_directory
        self._wake = wake
        # Held while files are written, never while waiting for `lock`.
        self._writing = Lock()
        with data_directory.storage_errors():
            self._home = data_directory.open_logs.making_room(
                lambda: data_directory.make_world(world)
            )
        blobs = DirectoryBlobs(
            self._home.path / "snapshots", data_directory, self._check, self._writing
        )
        self.snapshots: Blobs = blobs
        self._files = DirectoryFiles(
            self._home.path / "files", data_directory, self._check, self._writing
        )
        self.files: UserFiles = self._files
        self._data_files = DataFiles(self._home, data_directory, form)
        self._log = Log(world, self._home, data_directory, self.lock)
        self._records: dict[str, Record] = {}
        self._unread: set[str] = set()
        self._dirty: dict[str, int] = {}  # openid → the line that the file lacks
        self._seq = 0
        self._refuse: Callable[[], EmulatorError] | None = None
        self._warn_once = WarnOnce(world, data_directory.open_logs, self._log.is_whole)
        self._try = self._warn_once.succeeds
        with data_directory.storage_errors():
            data_directory.open_logs.making_room(blobs.recover)
            data_directory.open_logs.making_room(self._recover)

    @property
    def writes(self) -> int:
        """The number of the last line."""
        return self._seq

    @property
    def has_long_log(self) -> bool:
        """Whether the log is to be cut once no file is behind."""
        return self._log.total_bytes > ROTATE_AT_BYTES

    def meta(self) -> Mapping[str, Any]:
        """What is stored of the world itself."""
        record = self.get(META)
        return EMPTY if record is None else record.profile

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        """As a commit, to the record that stands under a name of its own in files and log."""
        self.commit(META, Change(profile=fields))

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None`."""
        record = self._records.get(openid)
        if record is None:
            with self.lock:
                record = self._records.get(openid) or self._read(openid)
        return record

    def openids(self) -> list[str]:
        """Every stored player, sorted."""
        with self.lock:
            return sorted(name for name in chain(self._records, self._unread) if name != META)

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every stored player with their record; one that was not in memory is not kept there."""
        yield from (item for item in self._records.items() if item[0] != META)
        with self._data_directory.storage_errors():
            yield from self._data_files.load_many(self._unread - {META})

    def commit(self, openid: str, change: Change) -> None:
        """Append the change to the log, then apply it."""
        with self.lock:
            record = self._records.get(openid)
            if record is None:
                record = self._read(openid)
            self._append(Changed(openid, change.put, change.remove, change.profile))
            if record is None:
                record = self._records[openid] = Record()
            apply(change, record)
            self._mark(openid)

    def delete(self, openid: str) -> None:
        """Forget one player."""
        with self.lock:
            if openid in self._records or openid in self._unread:
                self._append(Forgotten(openid))
                self._forget(openid)
            self.files.forget(openid)

    def clear(self) -> None:
        """Forget every player, and what is stored of the world itself."""
        with self.lock:
            if self._records or self._unread:
                self._append(EverybodyForgotten())
                self._forget_all()
            self.files.clear()

    def replace(
        self,
        players: Iterable[tuple[str, Record]],
        then: Callable[[], None] = nothing,
        *,
        meta: Mapping[str, Any] = EMPTY,
        keeps_files: bool = False,
    ) -> None:
        """Seed the world: one file holds all of it until it changes."""
        own = [(META, Record(profile=dict(meta)))] if meta else []
        with self._data_directory.draft() as path:
            with self._data_directory.storage_errors():
                draft = write_draft(path, chain(own, players), sync=self._data_directory.sync)
            with self.lock:
                self._take(draft, nullcontext() if keeps_files else self._files.clearing())
                then()

    def flush(self, late: Callable[[], bool]) -> bool:
        """Bring the files up to date as far as there is time; returns whether none is behind.

        Only one thread at a time may call it, and without `lock`.
        """
        with self.lock:
            behind = list(self._dirty)
            if self.has_long_log and not self._log.older.files:
                self._try(self._log.rotate)
            older = list(self._log.older.files)
        done = [not late() and self._flush_player(openid) for openid in behind]
        with self._writing:
            done.append(self._refuse is not None or self._try(self._data_files.sweep))
        with self.lock:
            if all(done) and self._refuse is None:
                self._warn_once.reset()
                served = self.has_long_log and not self._dirty
                self._try(self._log.clear if served else partial(self._log.older.drop, older))
            if not self._dirty:
                self._log.rest()
            return all(done) and not self._dirty

    def drop(self) -> None:
        """Make the world vanish from the disk; raises `StorageError` if it has to stay."""
        with self.lock, self._writing:
            self._log.rest()
            with self._data_directory.storage_errors():
                self._data_directory.drop_world(self._home)
            self._refuse = lambda: dropped(self._world)
            self._files.drop()
            self._records.clear()
            self._unread.clear()
            self._dirty.clear()

    def close(self) -> None:
        """Take no more writes. If no file is behind, the log has served."""
        with self.lock:
            self._refuse = closed
            if self._data_files.tidy and not self._dirty:
                self._try(self._log.clear)
            else:
                self._log.rest()

    def _take(self, draft: Draft, clearing: AbstractContextManager[None]) -> None:
        with self._writing, self._data_directory.storage_errors():
            self._check()
            with clearing:
                self._unread = self._data_files.replace(self._seq + 1, draft)
            self._seq = self._data_files.seed_seq
            self._records.clear()
            self._dirty.clear()
            self._wake()

    def _check(self) -> None:
        """Raise if the world takes no more writes, or its directory is not ours any more."""
        if self._refuse is not None:
            raise self._refuse()
        self._home.check()

    def _append(self, effect: Effect) -> None:
        if self._refuse is not None:
            raise self._refuse()
        self._log.append(self._seq + 1, effect)
        self._seq += 1

    def _mark(self, openid: str) -> None:
        if not self._dirty:
            self._wake()
        self._dirty[openid] = self._seq

    def _forget(self, openid: str) -> None:
        self._records.pop(openid, None)
        self._unread.discard(openid)
        self._mark(openid)

    def _forget_all(self, but: Set[str] = frozenset()) -> None:
        """Forget every player, if not `but` those whose files are newer."""
        for openid in (self._data_files.forget_all() | self._records.keys()) - but:
            self._records.pop(openid, None)
            self._mark(openid)
        self._unread &= but

    def _read(self, openid: str) -> Record | None:
        if openid not in self._unread:
            return None
        with self._data_directory.storage_errors():
            record = self._data_directory.open_logs.making_room(
                lambda: self._data_files.load(openid)
            )
        if record is not None:
            self._records[openid] = record
        self._unread.discard(openid)
        return record

    def _flush_player(self, openid: str) -> bool:
        with self.lock:
            seq = self._dirty.pop(openid, 0)
            record = self._records.get(openid)
            copy = record and Record(dict(record.pairs), dict(record.profile))
            save = partial(self._data_files.save, openid, seq, copy)
        done = False
        try:
            with self._writing:
                done = self._refuse is None and self._try(save)
        finally:
            if not done:
                with self.lock:
                    self._dirty.setdefault(openid, seq)
        return done

    def _recover(self) -> None:
        lines = self._log.recover()
        seen, self._unread = self._data_files.recover(lines[-1].seq if lines else 0)
        self._seq = max(self._data_files.seed_seq, *seen.values(), 0)
        for line in lines:
            self._seq = max(self._seq, line.seq)
            if line.seq > self._data_files.seed_seq:
                self._replay(line, seen)
        self._log.last = self._seq

    def _replay(self, line: Line, seen: dict[str, int]) -> None:
        """Do again what the files lack; `seen` has the line at which each player stands."""
        before: dict[str, int] = {}
        for effect in line.effects:
            if isinstance(effect, EverybodyForgotten):
                self._forget_all({known for known, seq in seen.items() if seq > line.seq})
            elif line.seq > before.setdefault(effect.openid, seen.get(effect.openid, 0)):
                seen[effect.openid] = line.seq
                if isinstance(effect, Forgotten):
                    self._forget(effect.openid)
                else:
                    self._redo(effect)

    def _redo(self, effect: Changed) -> None:
        record = self._records.get(effect.openid) or self._read(effect.openid) or Record()
        self._records[effect.openid] = record
        apply(effect.change(), record)
        self._mark(effect.openid)

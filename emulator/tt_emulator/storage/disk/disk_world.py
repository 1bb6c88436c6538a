"""A world on disk: records in memory, each write in the log, the players' files behind it.

A player's file is an image of the record at some line of the log and says which (`seq`), and so is
the seed of all. At the start the files are indexed and the lines that they lack are applied; from
then on every `get` is answered from memory, and a file is read at the first use of its player.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain
from threading import Lock, RLock
from typing import Any

from tt_emulator.domain.clock import Clock
from tt_emulator.domain.deed import Deed, Life
from tt_emulator.domain.model import Settle
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.store import EMPTY, Blobs, closed, dropped, nothing
from tt_emulator.domain.user_files import UserFiles
from tt_emulator.language.logs import logger
from tt_emulator.storage.disk.blob_file import SCENARIOS, SNAPSHOTS
from tt_emulator.storage.disk.blobs import DirectoryBlobs
from tt_emulator.storage.disk.data_files import DataFiles
from tt_emulator.storage.disk.deeds import EVERYBODY, Deeds
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.directory_files import DirectoryFiles
from tt_emulator.storage.disk.files import QUARANTINE_SUFFIX
from tt_emulator.storage.disk.log import Log
from tt_emulator.storage.disk.log_line import life_in
from tt_emulator.storage.disk.names import META
from tt_emulator.storage.disk.player_files import Format
from tt_emulator.storage.disk.records import Records
from tt_emulator.storage.disk.seed_file import Draft, write_draft
from tt_emulator.storage.disk.warn_once import WarnOnce
from tt_emulator.storage.effects import Changed, EverybodyForgotten, Forgotten

log = logger(__name__)


class DiskWorld:
    """The `WorldStore` of `TinyDBStorage`, made for that platform if it is not there. `wake` is
    called when there is something to flush.
    """

    def __init__(
        self,
        world: str,
        platform: str,
        data_directory: DataDirectory,
        form: Format,
        wake: Callable[[], None],
    ) -> None:
        self.lock = RLock()
        self._world = world
        self._data_directory = data_directory
        self._wake = wake
        # Held while files are written, never while waiting for `lock`.
        self._writing = Lock()
        with data_directory.storage_errors():
            self._home = data_directory.open_logs.making_room(
                lambda: data_directory.make_world(world, platform)
            )
        self.platform = self._home.platform
        snapshots, scenarios = (
            DirectoryBlobs(self._home.path, kind, data_directory, self._check, self._writing)
            for kind in (SNAPSHOTS, SCENARIOS)
        )
        self.snapshots: Blobs = snapshots
        self.scenarios: Blobs = scenarios
        self._files = DirectoryFiles(
            self._home.path / "files", data_directory, self._check, self._writing
        )
        self.files: UserFiles = self._files
        self._data_files = DataFiles(self._home, data_directory, form)
        self._records = Records(self._data_files, data_directory, wake)
        self._log = Log(world, self._home, data_directory, self.lock)
        self._deeds = Deeds(
            self.lock, self._log, self._undo, self._records.mark, wake, sync=data_directory.sync
        )
        self.deed: Deed = self._deeds
        self.begin, self.go_on, self.end = self._deeds.begin, self._deeds.go_on, self._deeds.end
        self._found: list[bytes] | None = None  # of the world's life, as long as that is all
        self._rotates = True  # in this flush, as far as it was tried
        self._warn_once = WarnOnce(world, data_directory.open_logs, self._log.is_whole)
        self._try = self._warn_once.succeeds
        with data_directory.storage_errors():
            data_directory.open_logs.making_room(snapshots.recover)
            data_directory.open_logs.making_room(scenarios.recover)
            data_directory.open_logs.making_room(self._recover)

    @property
    def unsettled(self) -> Settle | None:
        """What waits to be durable."""
        return self._deeds.unsettled

    @property
    def writes(self) -> int:
        """The number of the last line."""
        return self._log.seq

    @property
    def used_at_ms(self) -> None:
        """Unknown: it is not stored."""

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever stored of players and the world, as far as log and files say."""
        return not self._records.were_there

    @property
    def has_set_aside(self) -> bool:
        """Whether files of it are kept aside."""
        return any(self._home.path.rglob(f"*{QUARANTINE_SUFFIX}*"))

    def meta(self) -> Mapping[str, Any]:
        """What is stored of the world itself."""
        record = self.get(META)
        return EMPTY if record is None else record.profile

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        """As a commit, to the record that stands under a name of its own in files and log."""
        self.commit(META, Change(profile=fields))

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None`."""
        record = self._records.read.get(openid)
        if record is None and openid in self._records:
            with self.lock:
                self._deeds.require_whole()
                record = self._records.get(openid)
        return record

    def openids(self) -> list[str]:
        """Every stored player, sorted."""
        with self.lock:
            self._deeds.require_whole()
            return self._records.openids()

    def player_count(self) -> int:
        """How many they are."""
        return len(self.openids())

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every stored player with their record; one that was not in memory is not kept there."""
        self._deeds.require_whole()
        yield from self._records.items()

    def clock_over(self, clock: Clock) -> Clock:
        """The computer's."""
        return clock

    def attach(self, life: Life) -> None:
        """Have the log say what moves there as well, once it has said what did before."""
        with self.lock, self._data_directory.storage_errors():
            found, self._found = self._found, None
            life.restore(self._log.life() if found is None else found)
            self._deeds.attach(life)
            if self._log.is_very_long:
                self._try(self._begin_log_anew)

    def commit(self, openid: str, change: Change) -> None:
        """Apply the change, and append it to the log at the end of the step."""
        with self.lock:
            if not self._deeds.depth:
                with self._deeds:
                    self.commit(openid, change)
                return
            changed = Changed(openid, change.put, change.remove, change.profile)
            self._deeds.add(changed, (openid,))
            self._records.apply(openid, change)

    def delete(self, openid: str) -> None:
        """Forget one player."""
        with self._deeds:
            self._deeds.then(lambda: self.files.forget(openid))
            if openid in self._records:
                self._deeds.add(Forgotten(openid), (openid,))
                self._records.forget(openid)

    def clear(self) -> None:
        """Forget every player, and what is stored of the world itself."""
        with self._deeds:
            self._deeds.then(self.files.clear)
            if self._records:
                self._deeds.add(EverybodyForgotten(), self._records.forget_all())

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
            with self._deeds.of_call:  # once the seed is there, the rest can wait
                self._deeds.settle()
                self._take(draft, nullcontext() if keeps_files else self._files.clearing())
                then()

    def flush(self, late: Callable[[], bool]) -> bool:
        """Bring the files up to date as far as there is time; returns whether none is behind.

        Only one thread at a time may call it, and without `lock`.
        """
        self._found = None
        with self._writing:
            swept = self._deeds.refuse is not None or self._try(self._data_files.sweep)
        with self.lock:
            swept = swept and self._sweep_seed()
            self._rotates = self._keep_log_short(also_older=swept)
            behind = list(self._records.behind)
        done = [swept, *(not late() and self._flush_player(openid) for openid in behind)]
        with self.lock:
            if all(done):
                self._warn_once.reset()
            if not self._records.behind:
                self._log.rest()
            return all(done) and not self._records.behind

    def drop(self) -> None:
        """Make the world vanish from the disk; raises `StorageError` if it has to stay."""
        with self.lock, self._writing:
            self._deeds.settle()
            self._log.rest()
            with self._data_directory.storage_errors():
                self._data_directory.drop_world(self._home)
            self._deeds.refuse = lambda: dropped(self._world)
            self._files.drop()
            self._records.drop()

    def close(self) -> None:
        """Take no more writes. If no file is behind, the log has served, as far as players go."""
        with self.lock:
            self._deeds.settle()
            self._deeds.refuse = closed
            if self._deeds.is_whole() and not self._records.behind:
                self._try(self._log.forget_players if self._is_unopened else self._begin_log_anew)
            self._log.rest()
            if self._deeds.waiting:
                log.warning("What the last calls of world %r did is not on the disk", self._world)

    def _take(self, draft: Draft, clearing: AbstractContextManager[None]) -> None:
        with self._writing, self._data_directory.storage_errors():
            self._check()
            with clearing:
                self._log.seq = self._records.replace(self._log.seq + 1, draft)
            self._wake()

    def _check(self) -> None:
        """Raise if the world takes no more writes, or its directory is not ours any more."""
        if self._deeds.refuse is not None:
            raise self._deeds.refuse()
        self._home.check()

    def _sweep_seed(self) -> bool:
        """Remove a seed that is over, between two steps; whether none is left."""
        self._deeds.settle()
        if self._deeds.refuse is not None or not self._is_whole():
            return self._deeds.refuse is not None
        with self._writing:
            return self._try(self._data_files.sweep_seed)

    def _is_whole(self) -> bool:
        """Whether nothing is left to be undone; why there is, is told."""
        whole = self._deeds.is_whole()
        if not whole:
            self._try(self._log.check)
        return whole

    def _keep_log_short(self, *, also_older: bool = False) -> bool:
        """Have the log begin anew if it is long; whether it could, if it had to."""
        self._deeds.settle()
        due = self._log.is_long or (also_older and self._log.older.files)
        if not due or self._is_unopened or self._deeds.refuse is not None:
            return True
        return self._deeds.is_whole() and self._try(self._begin_log_anew)

    @property
    def _is_unopened(self) -> bool:
        """Whether nobody knows what the log says of anything but players."""
        return self._deeds.life is None and self._log.says_more

    def _begin_log_anew(self) -> None:
        """Have the log say only what files do not."""
        life = self._deeds.life
        if not self._data_files.tidy:
            return
        said = self._log.total_bytes or self._deeds.waiting
        whole = () if life is None or not said else life.whole()
        self._log.begin_anew(chain(self._records.images(), ((effect,) for effect in whole)))
        self._records.behind = dict.fromkeys(self._records.behind, self._log.seq)
        self._deeds.waiting = []

    def _flush_player(self, openid: str) -> bool:
        with self.lock:
            self._rotates = self._rotates and self._keep_log_short()
            self._deeds.settle()
            if not self._is_whole():
                return False
            seq = self._records.behind.get(openid, 0)
            record = self._records.get(openid)
            copy = record and Record(dict(record.pairs), dict(record.profile))
            save = partial(self._data_files.save, openid, seq, copy)
        with self._writing:
            done = self._deeds.refuse is None and self._try(save)
        with self.lock:
            if done and self._records.behind.get(openid) == seq:
                del self._records.behind[openid]
        return done

    def _recover(self) -> None:
        lines = self._log.recover()
        self._log.begin_at(self._records.recover(lines))
        self._found = life_in(lines)

    def _undo(self, openids: set[str], waiting: list[bytes]) -> None:
        """Be what files and log say of these players, and of all else the log and what waits."""
        effects = self._log.life()
        lines = self._log.lines() if openids else []
        with self._writing, self._data_directory.storage_errors():
            if EVERYBODY in openids:
                self._records.recover(lines)
            else:
                self._records.reload(openids, lines)
        if self._deeds.life is not None:
            self._deeds.life.restore(chain(effects, waiting))

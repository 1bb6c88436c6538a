"""What the files of one world say, its log apart: the seed, and a file for each player since."""

from collections.abc import Iterable, Iterator

from tt_emulator.domain.record import Record
from tt_emulator.storage.disk.damage import Damage
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.names import META
from tt_emulator.storage.disk.ownership import DirectoryLost, Home
from tt_emulator.storage.disk.player_file import PlayerFile
from tt_emulator.storage.disk.player_files import Format, PlayerFiles
from tt_emulator.storage.disk.seed_file import Draft, SeedFile


class DataFiles:
    """The files below `home`.

    `recover` comes first. `load` and `forget_all` need the world's lock, `save` and `sweep` must
    not run in two threads at once, and `replace` needs both. All of them may raise `DirectoryLost`.
    """

    def __init__(self, home: Home, data_directory: DataDirectory, form: Format) -> None:
        self._home = home
        self._judge = home.judge
        self._quarantine = data_directory.quarantine
        self._seed = SeedFile(home.path, sync=data_directory.sync)
        self._files = PlayerFiles(home, data_directory, form)
        self._stale: set[str] = set()  # whose file is older than the seed
        self._seed_is_over = False
        self._named: set[tuple[str, str]] = set()  # the flaws of the seed that were reported

    @property
    def seed_seq(self) -> int:
        """The line of the log at which the world was seeded, 0 if it never was."""
        return self._seed.seq

    @property
    def tidy(self) -> bool:
        """Whether no file is left over; while one is, the log must not be cut."""
        return not self._stale and not self._seed_is_over

    def recover(self, last_line: int) -> tuple[dict[str, int], set[str]]:
        """The line of the log at which each known player stands, and who of them is there.

        `last_line` is the number of the log's last, 0 if it has none.
        """
        self._seed_is_over = False
        if damages := self._seed.recover():
            self._quarantine.copy(self._seed.path, damages)
            self._seed.mend()
        marks = self._files.recover(max(last_line, self._seed.seq) if last_line else None)
        self._stale = {mark.openid for mark in marks.values() if mark.seq <= self._seed.seq}
        self.load(META)  # so that what is wrong with it is reported now
        there = self._seed.openids
        seen = dict.fromkeys(there, self._seed.seq)
        for mark in marks.values():
            if mark.seq > self._seed.seq:
                seen[mark.openid] = mark.seq
                (there.discard if mark.forgotten else there.add)(mark.openid)
        return seen, there

    def load(self, openid: str) -> Record | None:
        """The record of a player who is there; `None` if their file went away or is damaged."""
        return next((record for _, record in self.load_many([openid])), None)

    def load_many(self, openids: Iterable[str]) -> Iterator[tuple[str, Record]]:
        """The records of those whose file is there and whole."""
        seeded = []
        for openid in openids:
            record = None
            # In this order, as the flusher removes a stale file and then forgets that it was stale.
            if openid not in self._stale and openid in self._files:
                record = self._files.load(openid)
            if record is not None:
                yield openid, record
            elif openid in self._seed:
                seeded.append(openid)
        if seeded:
            yield from self._load_seeded(seeded)

    def replace(self, seq: int, draft: Draft) -> set[str]:
        """Seed the world with the draft, at this line of the log or later; who is there now.

        Nothing has changed if it raises.
        """
        self._home.check()
        self._seed.install(draft, seq)
        self._seed_is_over = False
        self._stale = self._files.openids()
        return self._seed.openids

    def forget_all(self) -> set[str]:
        """Nobody is there any more; who has a file that is to be saved as `None`."""
        self._seed.forget()
        self._seed_is_over = self._seed.seq > 0
        return self._files.openids()

    def save(self, openid: str, seq: int, record: Record | None) -> None:
        """Bring the player's file to the record; `None` forgets them."""
        if seq <= self._seed.seq:  # seeded meanwhile
            return
        if record is None and openid not in self._seed:
            self._files.remove(openid)
        else:
            self._files.save(PlayerFile(openid, seq, record or Record(), record is None))
        self._stale.discard(openid)

    def sweep(self) -> None:
        """Remove the players' files that are left over."""
        for openid in list(self._stale):
            self._files.remove(openid)
            self._stale.discard(openid)

    def sweep_seed(self) -> None:
        """Remove the seed, if it is over. Needs the world's lock, as well."""
        if self._seed_is_over:
            self._home.check()
            self._seed.remove()
            self._seed_is_over = False

    def _load_seeded(self, openids: list[str]) -> Iterator[tuple[str, Record]]:
        try:
            for openid, record in self._seed.read(openids):
                if record is None:
                    self._report(openid, "the line was damaged while the server ran")
                elif self._is_allowed(openid, record):
                    yield openid, record
        except FileNotFoundError:
            self._home.check()
            raise DirectoryLost(self._seed.path, "the file was removed or replaced") from None

    def _is_allowed(self, openid: str, record: Record) -> bool:
        """Leave out of the record what the rules do not allow; whether anything may stay."""
        try:
            flaws = self._judge.record(openid, record)
        except ValueError as error:
            self._report(openid, str(error))
            return False
        for flaw in flaws:
            self._report(openid, flaw)
        return True

    def _report(self, openid: str, flaw: str) -> None:
        """Report it once, though the line may be read again and again; the file stays."""
        if (openid, flaw) not in self._named:
            self._named.add((openid, flaw))
            self._quarantine.leave(self._seed.path, Damage(None, f"{openid!r}: {flaw}"))

"""What the files of one world say, its log apart: the seed, and a file for each player since."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from emulator.storage.base import Record
from emulator.storage.directory import DataDirectory
from emulator.storage.files import remove_file
from emulator.storage.image import UNREADABLE, Image
from emulator.storage.names import player_file
from emulator.storage.seed_image import Draft, SeedImage


class PlayerFiles(Protocol):
    """Reads and writes the file of one player."""

    def load(self, path: Path) -> Image:
        """What the file holds; raises one of `UNREADABLE` if it is damaged."""

    def save(self, path: Path, image: Image) -> None:
        """Replace the file whole."""


class Images:
    """The files below `home`.

    `recover` comes first. `load` and `forget_all` need the world's lock, `save` and `sweep` must
    not run in two threads at once, and `replace` needs both.
    """

    def __init__(self, home: Path, ground: DataDirectory, files: PlayerFiles) -> None:
        self._home = home
        self._players = home / "players"
        self._ground = ground
        self._files = files
        self._seed = SeedImage(home, sync=ground.sync)
        self._own: set[str] = set()  # who has a file, also one that only tells that they are gone
        self._stale: set[str] = set()  # whose file is older than the seed
        self._seed_is_over = False

    @property
    def seed_seq(self) -> int:
        """The line of the log at which the world was seeded, 0 if it never was."""
        return self._seed.seq

    @property
    def tidy(self) -> bool:
        """Whether no file is left over; while one is, the log must not be cut."""
        return not self._stale and not self._seed_is_over

    def recover(self) -> tuple[dict[str, int], set[str]]:
        """The line of the log at which each known player stands, and who of them is there."""
        self._seed.recover(self._ground.set_aside_copy)
        marks = self._ground.players(self._home)
        self._own = set(marks)
        self._stale = {mark.openid for mark in marks.values() if mark.seq <= self._seed.seq}
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
            if openid not in self._own or openid in self._stale:
                seeded.append(openid)
            elif (record := self._load_own(self._path(openid))) is not None:
                yield openid, record
        if seeded:
            yield from self._seed.read(seeded, self._ground.set_aside_copy)

    def replace(self, seq: int, draft: Draft) -> set[str]:
        """Seed the world with the draft, at this line of the log or later; who is there now.

        Nothing has changed if it raises.
        """
        self._seed.install(draft, seq)
        self._seed_is_over = False
        self._stale = set(self._own)
        return self._seed.openids

    def forget_all(self) -> set[str]:
        """Nobody is there any more; who has a file that is to be saved as `None`."""
        self._seed.forget()
        self._seed_is_over = self._seed.seq > 0
        return set(self._own)

    def save(self, openid: str, seq: int, record: Record | None) -> None:
        """Bring the player's file to the record; `None` forgets them."""
        if seq <= self._seed.seq:  # seeded meanwhile
            return
        if record is None and openid not in self._seed:
            self._remove(openid)
            return
        self._own.add(openid)
        forgotten = record is None
        self._files.save(self._path(openid), Image(openid, seq, record or Record(), forgotten))
        self._stale.discard(openid)

    def sweep(self) -> None:
        """Remove the files that are left over."""
        for openid in list(self._stale):
            self._remove(openid)
        if self._seed_is_over:
            self._seed.remove()
            self._seed_is_over = False

    def _load_own(self, path: Path) -> Record | None:
        try:
            return self._files.load(path).record
        except FileNotFoundError:
            pass
        except UNREADABLE:
            self._ground.set_aside(path)
        return None

    def _remove(self, openid: str) -> None:
        remove_file(self._path(openid), sync=self._ground.sync)
        self._own.discard(openid)
        self._stale.discard(openid)

    def _path(self, openid: str) -> Path:
        return self._players / player_file(openid)

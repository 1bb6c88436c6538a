"""What of the stored data was not taken as true, or was changed outside: kept, named, counted."""

from collections.abc import Sequence
from pathlib import Path

from tt_emulator.domain.store import Finding
from tt_emulator.language.logs import logger
from tt_emulator.storage.disk.damage import Damage
from tt_emulator.storage.disk.files import new_file, quarantine_path, retry_on_windows
from tt_emulator.terminal import escaped

log = logger(__name__)

CHANGED = "it was changed while the server ran"
REMOVED = "it was removed while the server ran"
OVERRULED = "it was changed while the server ran, whose own data stand"

MOST_FINDINGS = 1000
MOST_OF_A_FILE = 10


class Findings:
    """A list with a bound. Its last entry then says how many more there were."""

    def __init__(self) -> None:
        self._first: list[Finding] = []
        self._more = 0

    def add(self, finding: Finding) -> None:
        """Put it at the end."""
        if len(self._first) < MOST_FINDINGS:
            self._first.append(finding)
        else:
            self._more += 1

    def all(self) -> list[Finding]:
        """Oldest first."""
        if not self._more:
            return list(self._first)
        return [*self._first, Finding("", None, f"and {self._more} more, see the server's log")]


class Quarantine:
    """Of one data directory. What goes here stays beside its place, under another name."""

    def __init__(self, root: Path) -> None:
        self.quarantined = Findings()
        self.edited = Findings()
        self._root = root

    def move(self, path: Path, damage: Damage) -> None:
        """Move a damaged file out of the way."""
        kept = quarantine_path(path)
        retry_on_windows(lambda: path.rename(kept))
        self._name(path, [damage], kept)

    def copy(self, path: Path, damages: Sequence[Damage], known_as: Path | None = None) -> None:
        """Keep a copy of a damaged file that goes on without what is wrong in it.

        `known_as` is where it lay before this start, if that was elsewhere.
        """
        known_as = known_as or path
        self._name(known_as, damages, self._kept(known_as, path.read_bytes()))

    def leave(self, path: Path, damage: Damage) -> None:
        """Name what is damaged and stays where it is."""
        self._name(path, [damage], None)

    def take_edit(self, path: Path, reason: str) -> None:
        """A file that was changed outside is taken as it is."""
        finding = Finding(self._place(path), None, escaped(reason))
        self.edited.add(finding)
        log.warning("Edited: %s: %s", finding.file, finding.reason)

    def keep_edit(self, path: Path, data: bytes) -> None:
        """Keep what somebody made of a file that the server is about to replace."""
        kept = self._kept(path, data)
        self.edited.add(Finding(self._place(path), None, OVERRULED))
        self._name(path, [Damage(None, OVERRULED)], kept)

    def _kept(self, path: Path, data: bytes) -> Path:
        kept = quarantine_path(path)
        with new_file(kept) as file:
            file.write(data)
        return kept

    def _name(self, path: Path, damages: Sequence[Damage], kept: Path | None) -> None:
        named = list(damages[:MOST_OF_A_FILE])
        more = len(damages) - len(named)
        if more:
            named.append(Damage(None, f"and {more} more of its lines"))
        place = self._place(path)
        for line, reason in named:
            finding = Finding(place, line, escaped(reason))
            self.quarantined.add(finding)
            where = place if line is None else f"{place}, line {line}"
            log.warning("Set aside: %s: %s", where, finding.reason)
        if kept is not None:
            log.warning("  as it was, it is kept as %s", self._place(kept))

    def _place(self, path: Path) -> str:
        return escaped(path.relative_to(self._root).as_posix())

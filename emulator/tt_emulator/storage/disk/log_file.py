"""One file of a world's log: its text, and what can be believed of one that comes from the disk.

The file ends in an end mark, a blank after its last line, which the next line overwrites; tabs may
follow, room for more lines. So a file that was cut anywhere shows it, and a line that was left out,
doubled or moved shows by its number.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Raw
from msgspec.structs import replace

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.record import Record
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, damage_of
from tt_emulator.storage.disk.files import replace_file
from tt_emulator.storage.disk.judging import Judge
from tt_emulator.storage.disk.log_line import (
    SCHEMA,
    Effect,
    Header,
    Line,
    read_header,
    read_line,
    written,
)
from tt_emulator.storage.disk.ownership import Home
from tt_emulator.storage.disk.quarantine import Quarantine
from tt_emulator.storage.effects import Changed

END_MARK = b" "
ROOM = b"\t"


def header_line(world: str, seq: int, platform: str = DEFAULT_PLATFORM) -> bytes:
    """The first line of a file whose lines follow this number."""
    return written(Header(world, SCHEMA, seq, platform))


def rendered(world: str, lines: Sequence[Line], platform: str = DEFAULT_PLATFORM) -> bytes:
    """A whole file with these lines."""
    header = header_line(world, lines[0].follows if lines else 0, platform)
    return header + b"".join(_chained(lines)) + END_MARK


def recovered(
    path: Path, known_as: Path, world: str, home: Home, quarantine: Quarantine
) -> list[Line]:
    """The good lines of the file, which people know under another name perhaps.

    A damaged one is kept aside and goes on with its good lines.
    """
    reader = Reader(world, home.judge)
    reader.read(path.read_bytes())
    if reader.another is not None:
        quarantine.take_edit(known_as, f"it is the log of the world {reader.another!r}")
    if reader.damages:
        quarantine.copy(path, reader.damages, known_as)
        replace_file(path, rendered(world, reader.lines, home.platform), sync=True)
    return reader.lines


def good_lines(files: Iterable[bytes], world: str, judge: Judge) -> list[Line]:
    """Those of these files, the oldest first, each number once."""
    lines: list[Line] = []
    for data in files:
        reader = Reader(world, judge)
        reader.read(data)
        last = lines[-1].seq if lines else 0
        lines += (line for line in reader.lines if line.seq > last)
    return lines


class Reader:
    """Finds the good lines of a file, and what is wrong with it.

    `another` is the world whose log it says it is, if that is not this one.
    """

    def __init__(self, world: str, judge: Judge) -> None:
        self.lines: list[Line] = []
        self.damages: list[Damage] = []
        self.another: str | None = None
        self._world = world
        self._judge = judge
        self._before: int | None = None  # the number of the line before, if it is known
        self._greatest = 0

    def read(self, data: bytes) -> None:
        """Go through a file with these bytes."""
        *texts, end = data.split(b"\n")
        for number, text in enumerate(texts, 1):
            try:
                if number == 1:
                    self._read_header(text)
                else:
                    self._read_line(number, text)
            except UNREADABLE as error:
                self._report(number, damage_of(error).reason)
                self._before = None
        if end.rstrip(ROOM) != END_MARK:
            self._report(len(texts) + 1, _flaw_of_the_end(end))

    def _read_header(self, text: bytes) -> None:
        try:
            header = read_header(text)
        except UNREADABLE as error:
            self._report(1, f"the header: {damage_of(error).reason}")
            with suppress(*UNREADABLE):
                self._read_line(1, text)  # if what stood before it was cut off
            return
        self._before = self._greatest = header.seq
        if header.log != self._world:
            self.another = header.log

    def _read_line(self, number: int, text: bytes) -> None:
        line, left_out = read_line(text)
        if line.seq <= self._greatest:
            self._report(number, f"line {line.seq} comes after line {self._greatest}")
            return
        if self._before is not None and line.follows != self._before:
            self._report(
                number, f"line {line.seq} does not follow line {self._before}: some are missing"
            )
        self._before = self._greatest = line.seq
        for flaw in left_out:
            self._report(number, flaw)
        effects = tuple(self._allowed(number, line.effects))
        self.lines.append(line if effects == line.effects else replace(line, effects=effects))

    def _allowed(self, number: int, effects: Sequence[Effect]) -> Iterator[Effect]:
        for effect in effects:
            if isinstance(effect, Raw):
                yield from self._allowed_of_life(number, effect)
                continue
            if not isinstance(effect, Changed):
                yield effect
                continue
            unset = {name: None for name, value in effect.profile.items() if value is None}
            profile = {name: value for name, value in effect.profile.items() if value is not None}
            record = Record(dict(effect.put), profile)
            try:
                flaws = self._judge.record(effect.openid, record)
            except ValueError as error:
                self._report(number, str(error))
                continue
            for flaw in flaws:
                self._report(number, flaw)
            yield (
                replace(effect, put=record.pairs, profile=unset | record.profile)
                if flaws
                else effect
            )

    def _allowed_of_life(self, number: int, effect: Raw) -> Iterator[Effect]:
        try:
            self._judge.life(bytes(effect))
        except ValueError as error:
            self._report(number, str(error))
        else:
            yield effect

    def _report(self, number: int, reason: str) -> None:
        self.damages.append(Damage(number, reason))


def _chained(lines: Sequence[Line]) -> Iterator[bytes]:
    """The lines as they are written when those between them are missing for good."""
    before = lines[0].follows if lines else 0
    for line in lines:
        yield written(line if line.follows == before else replace(line, after=before))
        before = line.seq


def _flaw_of_the_end(end: bytes) -> str:
    if not end:
        return "the end mark is missing: lines may have been cut off"
    return "the last line is cut off: a write that was never answered, or damage"

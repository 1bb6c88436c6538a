"""A line of a world's log: what one step changed, written out, with its number and check sum.

    {"log":"default","schema":3,"seq":6,"crc32":2309737967}
    {"seq":7,"effects":[{"kind":"change","openid":"alice","put":{…}}],"crc32":2309737967}
    {"seq":8,"effects":[{"kind":"forget","openid":"alice"}],"crc32":2309737967}
    {"seq":9,"effects":[{"kind":"forget-everybody"}],"crc32":2309737967}

The first line of each file is its header, whose `seq` is the number before its lines. A line has
the next number; where numbers were left out, by a seed or by damage that was mended, it names with
`after` the line that it follows. An effect says what became of something and never asks a rule, so
that any version can do it again; later versions may add kinds. Those on players are known here, the
others to whom they belong: a file begins with all that is needed to go on from there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.json import Decoder

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.deed import Beginning
from tt_emulator.storage.disk.checksum import CHECK_SUM, sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damaged, damage_of
from tt_emulator.storage.effects import OnPlayers, encode, is_on_players, on_players

SCHEMA = 3

Effect = OnPlayers | Raw
"""What a line says: of players, or the JSON text of what it says of anything else."""


class Header(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The first line of a file: whose log it is, after which line it begins, and the platform."""

    log: str
    schema: int
    seq: int
    platform: str = DEFAULT_PLATFORM


class Line(Struct, frozen=True, omit_defaults=True):
    """One acknowledged step, as a whole or not at all."""

    seq: int
    effects: Sequence[Any]
    after: int | UnsetType = UNSET

    @property
    def follows(self) -> int:
        """The number of the line before it."""
        return self.seq - 1 if self.after is UNSET else self.after


class _Envelope(Struct, forbid_unknown_fields=True):
    seq: int
    effects: tuple[Raw, ...]
    after: int | UnsetType = UNSET


_header = Decoder(Header).decode
_envelope = Decoder(_Envelope).decode
_BEGINNING = encode(Beginning())
# No line holds a line's end, and what a game sent comes later in it.
_ANEW = re.compile(rb'^\{"seq":\d+,"effects":\[%b\]' % re.escape(_BEGINNING), re.MULTILINE)


def written(line: Line | Header) -> bytes:
    """The text of a line. Raises `UnicodeEncodeError` if that is no UTF-8."""
    return sealed(encode(line)) + b"\n"


def read_header(text: bytes) -> Header:
    """The header, without its end of line. Raises one of `UNREADABLE`."""
    header = _header(unsealed(text))
    if header.schema != SCHEMA:
        raise Damaged(f"its schema is {header.schema}, this version knows {SCHEMA}")
    return header


def read_line(text: bytes) -> tuple[Line, list[str]]:
    """The line, without its end, and what of its effects is not known here and was left out.

    Raises one of `UNREADABLE`.
    """
    envelope = _envelope(unsealed(text))
    effects: list[Effect] = []
    left_out = []
    for raw in envelope.effects:
        try:
            effects.append(on_players(raw) if is_on_players(raw) else raw)
        except UNREADABLE as error:
            left_out.append(damage_of(error).reason)
    return Line(envelope.seq, tuple(effects), envelope.after), left_out


def of_players(lines: Iterable[Line], after: int = 0) -> Iterator[OnPlayers]:
    """What the lines after that number say of players."""
    for line in lines:
        if line.seq > after:
            yield from (effect for effect in line.effects if not isinstance(effect, Raw))


def life_of(files: Sequence[bytes]) -> list[bytes]:
    """What the lines of these files, the oldest first, say of anything else, as JSON: from where it
    was last said anew. They are known to be good.
    """
    begins = [[found.start() for found in _ANEW.finditer(file)] for file in files]
    last = max((number for number, places in enumerate(begins) if places), default=0)
    places = begins[last] if begins else []
    parts = [files[last][places[-1] if places else 0 :], *files[last + 1 :]] if files else []
    return [effect for part in parts for effect in _life_of(part)]


def _life_of(part: bytes) -> Iterator[bytes]:
    for text in part.split(b"\n")[:-1]:
        if not text.startswith(b'{"log":'):
            effects = _envelope(text[: text.rindex(CHECK_SUM)] + b"}").effects
            yield from (bytes(raw) for raw in effects if not is_on_players(raw))


def life_in(lines: Iterable[Line]) -> list[bytes]:
    """As `life_of`, of lines that were read."""
    life: list[bytes] = []
    for line in lines:
        for effect in map(bytes, on_life(line)):
            if effect == _BEGINNING:
                life.clear()
            life.append(effect)
    return life


def on_life(line: Line) -> Iterator[Raw]:
    """Its effects on anything else."""
    return (effect for effect in line.effects if isinstance(effect, Raw))

"""Players in the place of all others, in lines of the log that keep Redis from nobody for long: in
parts, which do nothing yet, and a last one with which all of them count.
"""

from collections.abc import Iterable, Iterator

from msgspec import Raw, Struct
from msgspec.json import Decoder

from tt_emulator.storage.effects import (
    Changed,
    EverybodyForgotten,
    OnPlayers,
    encode,
    on_players,
)

PART_BYTES = 1_000_000
PARTS_SINCE = 1
"""The schema of worlds since which they are read; before, they were left out."""


class Part(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="import-part"):
    """Effect: none, before there is an `Imported` of that number."""

    number: int
    effects: Raw


class Imported(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="imported"):
    """Effect: those are stored, and nobody else, whom the parts of that number name, and this."""

    number: int
    effects: Raw


def in_parts(players: Iterable[Changed]) -> Iterator[Raw]:
    """The players as JSON lists of `PART_BYTES` or a little more, one at least."""
    held: list[bytes] = []
    size = 0
    for text in map(encode, players):
        if size >= PART_BYTES:
            yield _listed(held)
            held, size = [], 0
        held.append(text)
        size += len(text)
    yield _listed(held)


def _listed(texts: list[bytes]) -> Raw:
    return Raw(b"[" + b",".join(texts) + b"]")


_decode = Decoder(Part | Imported).decode
_effects = Decoder(list[Raw]).decode
_OPENINGS = (b'{"kind":"import-part"', b'{"kind":"imported"')


def is_part(line: bytes) -> bool:
    """Whether the line does nothing but bring a part."""
    return line.startswith(b"[" + _OPENINGS[0])


class Imports:
    """The parts that a log has, as it is read from its beginning."""

    def __init__(self) -> None:
        self._parts: dict[int, list[Raw]] = {}

    def concern(self, raw: Raw) -> bool:
        """Whether the JSON text is of an import."""
        return bytes(raw).startswith(_OPENINGS)

    def effects(self, raw: Raw) -> Iterator[OnPlayers]:
        """What it does to players."""
        found = _decode(raw)
        parts = self._parts.setdefault(found.number, [])
        parts.append(found.effects)
        if isinstance(found, Imported):
            yield EverybodyForgotten()
            for part in self._parts.pop(found.number):
                yield from map(on_players, _effects(part))

"""A line of a world's log: what one step changed, written out, with its number and check sum.

    {"log":"default","schema":2,"seq":6,"crc32":2309737967}
    {"seq":7,"effects":[{"kind":"change","openid":"alice","put":{…}}],"crc32":2309737967}
    {"seq":8,"effects":[{"kind":"forget","openid":"alice"}],"crc32":2309737967}
    {"seq":9,"effects":[{"kind":"forget-everybody"}],"crc32":2309737967}

The first line of each file is its header, whose `seq` is the number before its lines. A line has
the next number; where numbers were left out, by a seed or by damage that was mended, it names with
`after` the line that it follows. An effect says what became of the data and never asks a rule, so
that any version can do it again; later versions may add kinds.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from tt_emulator.domain.record import Change, Pair
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damaged, damage_of

SCHEMA = 2


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of a file: whose log it is, and after which line it begins."""

    log: str
    schema: int
    seq: int


class Changed(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="change",
):
    """Effect: a change to one player, who is made if need be."""

    openid: str
    put: Mapping[str, Pair] = {}
    remove: tuple[str, ...] = ()
    profile: Mapping[str, Any] = {}

    def change(self) -> Change:
        """The change to the player's record."""
        return Change(put=self.put, remove=self.remove, profile=self.profile)


class Forgotten(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="forget"):
    """Effect: of one player nothing is stored any more."""

    openid: str


class EverybodyForgotten(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="forget-everybody"
):
    """Effect: nobody is stored any more."""


Effect = Changed | Forgotten | EverybodyForgotten


class Line(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One acknowledged step, as a whole or not at all."""

    seq: int
    effects: tuple[Effect, ...]
    after: int | UnsetType = UNSET

    @property
    def follows(self) -> int:
        """The number of the line before it."""
        return self.seq - 1 if self.after is UNSET else self.after


class _Envelope(Struct, forbid_unknown_fields=True):
    seq: int
    effects: tuple[Raw, ...]
    after: int | UnsetType = UNSET


# dict: a change may hold any mapping.
encode = Encoder(enc_hook=dict).encode
_line = Decoder(Line).decode
_header = Decoder(Header).decode
_envelope = Decoder(_Envelope).decode
_effect = Decoder(Effect).decode


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
    text = unsealed(text)
    try:
        return _line(text), []
    except msgspec.ValidationError:
        envelope = _envelope(text)
    effects, left_out = [], []
    for raw in envelope.effects:
        try:
            effects.append(_effect(raw))
        except UNREADABLE as error:
            left_out.append(damage_of(error).reason)
    return Line(envelope.seq, tuple(effects), envelope.after), left_out

"""What a step did, as it is written: effects on players, which a storage knows; others are JSON.

An effect says what became of something and never asks a rule, so that any version can do it again.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Raw, Struct
from msgspec.json import Decoder, Encoder

from tt_emulator.domain.record import Change, Pair


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


OnPlayers = Changed | Forgotten | EverybodyForgotten


class _Tag(Struct):
    kind: str


# dict: a change may hold any mapping.
encode = Encoder(enc_hook=dict).encode
on_players = Decoder(OnPlayers).decode
"""Of JSON that `is_on_players`. Raises what `msgspec` raises."""
_tag = Decoder(_Tag).decode
_KINDS = {kind.__struct_config__.tag for kind in (Changed, Forgotten, EverybodyForgotten)}
_OPENINGS = tuple(f'{{"kind":"{kind}"'.encode() for kind in _KINDS)


def is_on_players(raw: Raw) -> bool:
    """Whether the JSON text is an effect on players."""
    text = bytes(raw)
    if text.startswith(b'{"kind":"'):  # as it is written here
        return text.startswith(_OPENINGS)
    return _tag(raw).kind in _KINDS

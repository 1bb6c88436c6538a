"""What JSON looks like where no type of the rules says it.

A shape is a type, {field: shape}, [shape], a tuple of alternatives, or the name of one that the
platform has (`of_platform`).
"""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import fields

from tt_emulator.platforms.platform import Platform
from tt_emulator.world import SCOPES

Json = dict[str, Any]
Scope = Annotated[str, Meta(extra_json_schema={"enum": SCOPES})]


def of_platform(platform: Platform) -> dict[str, type[Struct]]:
    """The shapes that are the platform's, by the names that stand for them."""
    players, document = platform.players, platform.document
    return {
        "Player": players.Player,
        "PlayerPatch": players.PlayerPatch,
        "WorldDocument": document.WorldDocument,
        "WorldSettings": platform.settings,
    }


class Reset(Struct, forbid_unknown_fields=True):
    """What to bring back to its beginning; everything, if nothing is said."""

    scope: list[Scope] | UnsetType = UNSET


def unnamed(shape: type[Struct]) -> Json:
    """The same shape, to be described where it is used and not under a name."""
    return {field.encode_name: field.type for field in fields(shape)}

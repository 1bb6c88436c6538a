"""Who players are to each other, and their pairs as testers write them."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from tt_emulator.catalog import Api
from tt_emulator.domain import reading
from tt_emulator.domain.avatars import avatar_url
from tt_emulator.domain.model import MAX_ID_BYTES, NO_CALL_NAMES_IT, Openid, is_id
from tt_emulator.errors import Flaw
from tt_emulator.platforms import pairs

Name = Annotated[str, Meta(max_length=128)]
AvatarUrl = Annotated[str, Meta(min_length=1, max_length=65_536)]


class KVData(Struct, frozen=True):
    """One pair as the platform writes it."""

    key: Annotated[str, Meta(min_length=1)]
    value: str


class GivenPair(KVData, frozen=True, forbid_unknown_fields=True):
    """One pair as testers set it."""


class _Named(Struct):
    openid: Openid


def public_profile(openid: str, profile: dict[str, Any], base_url: str) -> dict[str, Any]:
    """What other players see who reach the emulator by `base_url`: the same bytes wherever the
    player appears.
    """
    return {
        "openid": openid,
        "nickname": profile.get("nickname", openid),
        "avatarUrl": profile.get("avatarUrl") or avatar_url(openid, base_url),
    }


def friends_of(openid: str, profile: dict[str, Any]) -> list[str]:
    """The player's friends, each once, in the order in which they were set."""
    friends: list[str] = profile.get("friends", [])
    return [friend for friend in dict.fromkeys(friends) if friend != openid]


def check_openids(openids: Sequence[str], pointer: str) -> None:
    """Raise `Unprocessable` if one is an openid that no call could name."""
    for index, openid in enumerate(openids):
        if not is_id(openid):
            raise reading.refusal([Flaw(f"{pointer}/{index}", NO_CALL_NAMES_IT)])


def check_keys(keys: list[str], pointer: str) -> None:
    """Raise `Unprocessable` if one stands twice: which of the two values is meant?"""
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            raise reading.refusal([Flaw(f"{pointer}/{index}/key", "stands twice")])
        seen.add(key)


def check_limits(held: dict[str, str], api: Api, pointer: str) -> None:
    """Raise `Unprocessable` if a player cannot have these pairs, which the API writes."""
    if (breach := pairs.breach(api, held)) is not None:
        raise reading.refusal([Flaw(pointer, breach.reason)])


def check_stored(openid: str) -> None:
    """Raise `ValueError` if no player has such an openid."""
    if is_id(openid):
        return
    named = reading.read({"openid": openid}, _Named)
    if isinstance(named, Flaw):
        raise ValueError(f"openid: {named.detail}")
    if len(openid.encode()) > MAX_ID_BYTES:
        raise ValueError(f"the openid is longer than {MAX_ID_BYTES} bytes")

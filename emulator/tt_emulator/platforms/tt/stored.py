"""What a stored player may hold, by the rules of the wire."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, convert, field

from tt_emulator.domain.model import MAX_ID_BYTES, Openid, is_id
from tt_emulator.domain.pruning import pruned, taken_out
from tt_emulator.domain.reading import read
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.world_clock import LATEST_MS
from tt_emulator.errors import ApiError, Flaw
from tt_emulator.platforms.tt.cloud_storage import check_pairs
from tt_emulator.platforms.tt.im_rank import Result, flaw
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.players import Profile

GREATEST_ORDER = 10**15


class _Named(Struct):
    openid: Openid


class _Player(Profile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    im_rank: list[Result] = field(default_factory=list)


def judge(openid: str, record: Record) -> list[str]:
    """Take out of the record what it may not hold, and tell of each. Raises `ValueError` for a
    player who cannot be, or whose pairs no game could have written.
    """
    _check_openid(openid)
    _check_pairs(record.pairs)
    return list(_pruned_player(record.profile)) if record.profile else []


def _check_openid(openid: str) -> None:
    if is_id(openid):
        return
    named = read({"openid": openid}, _Named)
    if isinstance(named, Flaw):
        raise ValueError(f"openid: {named.detail}")
    if len(openid.encode()) > MAX_ID_BYTES:
        raise ValueError(f"the openid is longer than {MAX_ID_BYTES} bytes")


def _check_pairs(pairs: dict[str, Pair]) -> None:
    try:
        check_pairs(
            load().apis["setUserCloudStorage"], {key: pair.value for key, pair in pairs.items()}
        )
    except ApiError as error:
        raise ValueError(error.reason) from error
    for key, pair in pairs.items():
        if not key:
            raise ValueError("a key is empty")
        if not (0 <= pair.at_ms <= LATEST_MS and 0 <= pair.order <= GREATEST_ORDER):
            raise ValueError(f"key {key!r}: at_ms or order cannot be")


def _pruned_player(profile: dict[str, Any]) -> Iterator[str]:
    yield from pruned(profile, _Player)
    results = profile.get("im_rank", [])
    seen = set()
    for index in reversed(range(len(results))):
        result = convert(results[index], Result)
        place = (result.zone, result.data_type)
        detail = flaw(result) or ("stands twice" if place in seen else "")
        seen.add(place)
        if detail:
            yield taken_out(profile, Flaw(f"/im_rank/{index}", detail))
    account = profile.get("account", "in")
    if account != "in" and profile.setdefault("session", "none") != "none":
        detail = f"a player whose account is {account!r} has no session"
        yield taken_out(profile, Flaw("/session", detail))
        profile["session"] = "none"

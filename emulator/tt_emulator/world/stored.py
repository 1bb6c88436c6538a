"""What a stored record may hold, by the rules of the wire: asked of all that comes from a disk.

A field that no rule knows, or whose value breaks one, is taken out and the rest stays: so a world
whose record a newer version wrote loses only what this one does not know.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, convert, field

from tt_emulator.catalog import Api, Catalog
from tt_emulator.domain.cloud_storage import check_pairs
from tt_emulator.domain.im_rank import Result, flaw
from tt_emulator.domain.model import MAX_ID_BYTES
from tt_emulator.domain.players import Openid, Profile
from tt_emulator.domain.reading import read
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.settings import WorldSettings, flaws_of
from tt_emulator.domain.store import Rules
from tt_emulator.domain.world_clock import LATEST_MS, ClockSetting, unix_ms
from tt_emulator.errors import ApiError, Flaw, Unprocessable

GREATEST_ORDER = 10**15


class _Named(Struct):
    openid: Openid


class _Player(Profile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    im_rank: list[Result] = field(default_factory=list)


class _Meta(WorldSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    clock: ClockSetting = field(default_factory=ClockSetting)


def rules(catalog: Catalog) -> Rules:
    """The rules by this catalog."""
    api = catalog.apis["setUserCloudStorage"]

    def player(openid: str, record: Record) -> list[str]:
        _check_openid(openid)
        _check_pairs(api, record.pairs)
        return list(_pruned_player(record.profile)) if record.profile else []

    def meta(fields: dict[str, Any]) -> list[str]:
        return list(_pruned_meta(fields, catalog))

    return Rules(player, meta)


def _check_openid(openid: str) -> None:
    named = read({"openid": openid}, _Named)
    if isinstance(named, Flaw):
        raise ValueError(f"openid: {named.detail}")
    if len(openid.encode()) > MAX_ID_BYTES:
        raise ValueError(f"the openid is longer than {MAX_ID_BYTES} bytes")


def _check_pairs(api: Api, pairs: dict[str, Pair]) -> None:
    try:
        check_pairs(api, {key: pair.value for key, pair in pairs.items()})
    except ApiError as error:
        raise ValueError(error.reason) from error
    for key, pair in pairs.items():
        if not key:
            raise ValueError("a key is empty")
        if not (0 <= pair.at_ms <= LATEST_MS and 0 <= pair.order <= GREATEST_ORDER):
            raise ValueError(f"key {key!r}: at_ms or order cannot be")


def _pruned_meta(fields: dict[str, Any], catalog: Catalog) -> Iterator[str]:
    yield from _pruned(fields, _Meta)
    stored = convert(fields, _Meta)
    for unknown in reversed(flaws_of(stored, catalog)):  # from the end of the list
        yield _taken_out(fields, unknown)
    moment = stored.clock.frozen_at
    try:
        unix_ms(0 if moment is None else moment)
    except Unprocessable as error:
        yield _taken_out(fields, Flaw("/clock", error.detail))


def _pruned_player(profile: dict[str, Any]) -> Iterator[str]:
    yield from _pruned(profile, _Player)
    results = profile.get("im_rank", [])
    seen = set()
    for index in reversed(range(len(results))):
        result = convert(results[index], Result)
        place = (result.zone, result.data_type)
        told = flaw(result) or ("stands twice" if place in seen else "")
        seen.add(place)
        if told:
            yield _taken_out(profile, Flaw(f"/im_rank/{index}", told))
    account = profile.get("account", "in")
    if account != "in" and profile.setdefault("session", "none") != "none":
        told = f"a player whose account is {account!r} has no session"
        yield _taken_out(profile, Flaw("/session", told))
        profile["session"] = "none"


def _pruned(fields: dict[str, Any], shape: type[Struct]) -> Iterator[str]:
    """Take out of the fields what does not have the shape, and say what."""
    while isinstance(wrong := read(fields, shape), Flaw):
        yield _taken_out(fields, wrong)


def _taken_out(fields: dict[str, Any], wrong: Flaw) -> str:
    """Take out what the flaw points at, as exactly as it can be found, and say what it was."""
    *above, last = [_unescaped(name) for name in wrong.pointer.split("/")[1:]] or [""]
    holder: Any = fields
    try:
        for name in above:
            holder = holder[int(name) if isinstance(holder, list) else name]
        del holder[int(last) if isinstance(holder, list) else last]
    except (LookupError, TypeError, ValueError):  # it points at no place of its own
        if fields.pop((above or [last])[0], fields) is fields:
            fields.clear()
    return f"{wrong.pointer}: {wrong.detail}"


def _unescaped(name: str) -> str:
    """Of a JSON pointer (RFC 6901)."""
    return name.replace("~1", "/").replace("~0", "~")

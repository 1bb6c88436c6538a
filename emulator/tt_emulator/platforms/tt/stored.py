"""What a stored player may hold, by the rules of the wire."""

from collections.abc import Iterator
from typing import Any

from msgspec import convert, field

from tt_emulator.domain.pruning import pruned, taken_out
from tt_emulator.domain.record import Record
from tt_emulator.errors import Flaw
from tt_emulator.platforms import pairs, profiles
from tt_emulator.platforms.tt.im_rank import Result, flaw
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.players import SAVE, Profile


class _Player(Profile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    im_rank: list[Result] = field(default_factory=list)


def judge(openid: str, record: Record) -> list[str]:
    """Take out of the record what it may not hold, and tell of each. Raises `ValueError` for a
    player who cannot be, or whose pairs no game could have written.
    """
    profiles.check_stored(openid)
    pairs.check_stored(load().apis[SAVE], record.pairs)
    return list(_pruned_player(record.profile)) if record.profile else []


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

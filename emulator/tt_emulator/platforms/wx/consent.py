"""What a player says to a window of the platform's, as a page tells it."""

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from tt_emulator.domain import reading
from tt_emulator.domain.record import Change, Record
from tt_emulator.errors import Flaw
from tt_emulator.platforms.wx import privacy, scopes


class Consent(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The answer to the question of a `scope`, or of `privacy` (true): one of the two."""

    scope: str | UnsetType = UNSET
    privacy: bool | UnsetType = UNSET
    answer: Literal["granted", "denied"]


EXAMPLE = {"scope": scopes.SCOPES[0], "answer": "denied"}


def consent(record: Record, raw: Any, now_ms: int) -> Change:
    """The write that stores the answer, `raw` being a `Consent`. Raises `Unprocessable`."""
    given = reading.demand(raw, Consent)
    if given.privacy is False:
        raise reading.refusal([Flaw("/privacy", "it must be true, or left out")])
    if (given.scope is UNSET) == (given.privacy is not True):
        raise reading.refusal([Flaw("", "it must be about either a scope or privacy")])
    if given.scope is UNSET:
        said = "agreed" if given.answer == "granted" else "refused"
        return privacy.answered(said, now_ms)
    if given.scope not in scopes.SCOPES:
        known = reading.nearest(given.scope, scopes.SCOPES)
        raise reading.refusal([Flaw("/scope", f"no such scope; {known}")])
    return scopes.answered(record, given.scope, given.answer)

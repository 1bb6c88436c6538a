"""How the answers of a platform's endpoints look, which the catalog tells of each."""

from hashlib import blake2b
from typing import Any

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.catalog.model import Endpoint
from tt_emulator.domain.model import Reply, is_id
from tt_emulator.domain.options import flaw_of
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import cut
from tt_emulator.platforms.pairs import Breach
from tt_emulator.platforms.signature import session_key, why_wrong

_ROWS = {"key": "key", "key_and_value": "key-and-value", "pairs_per_player": "pairs_per_player"}
"""By the limit that is broken."""


class Told(dict[str, Any]):
    """What a success carries, of which the developer is to hear `reason`."""

    def __init__(self, payload: dict[str, Any], reason: str) -> None:
        super().__init__(payload)
        self.reason = reason


def success(api: Api, endpoint: Endpoint, payload: dict[str, Any]) -> Reply:
    """The answer with this payload."""
    body: dict[str, Any] = endpoint.success | _traced(api, endpoint, "ok")
    body |= payload if endpoint.payload is None else {endpoint.payload: dict(payload)}
    return Reply(body, None, payload.reason if isinstance(payload, Told) else "")


def failure(api: Api, endpoint: Endpoint, row: ErrorRow, text: str | None, reason: str) -> Reply:
    """The row as the backend receives it; where no text is known that is empty."""
    message = text if row.detail and text is not None else row.message
    body: dict[str, Any] = dict(endpoint.failure)
    if (field := api.code_field_of(row)) is not None:
        body[field] = row.code
    body |= dict.fromkeys(endpoint.texts, message or "")
    return Reply(body | row.also | _traced(api, endpoint, row.name), row.name, reason)


def flaw_in(turn: Turn, *names: str) -> str:
    """What is wrong with the first of these options that is missing, empty where it is required, or
    not what it may be; empty if none is.
    """
    for param in turn.api.params:
        if param.name not in names:
            continue
        _, flaw = flaw_of(param, turn.options)
        if flaw:
            return flaw
        if param.required and turn.options[param.name] == "":
            return f"{param.name} is an empty text"
    return ""


def player_of(turn: Turn, openid: Any) -> Record | None:
    """What is stored of the player, `None` if the world knows none."""
    return turn.store.get(openid) if isinstance(openid, str) and is_id(openid) else None


def flaw_of_signature(turn: Turn, body: bytes) -> str:
    """Why the option `signature` is not that of the body by the player of `openid`, empty if it
    is.
    """
    openid = turn.options["openid"]
    record = player_of(turn, openid)
    if record is None:
        return f"this world knows no player {cut(openid)!r}, so nobody has a key of their session"
    session = record.profile.get("session", turn.settings.new_player_session)
    if session != "valid":
        login = turn.codes.login
        return f"the player's session is {session}: {login} makes a valid one, with another key"
    return why_wrong(turn.options["signature"], session_key(openid, record.profile), body)


def flaw_of_app(turn: Turn) -> tuple[str, str]:
    """Which of `appid` and `secret` is not that of the setting `backend`, and why; two empty texts
    if both are, or nothing is set.
    """
    backend = turn.settings.backend
    for name in ("appid", "secret") if backend is not None else ():
        if turn.options[name] != getattr(backend, name):
            return name, f"{name} is not the one of the setting backend"
    return "", ""


def refuse(breach: Breach | None) -> None:
    """Raise `ApiError` by the row of the limit that something is beyond, if it is."""
    if breach is not None:
        raise ApiError(_ROWS[breach.limit.name], reason=breach.reason)


def forget_pairs(turn: Turn, openid: str, record: Record) -> None:
    """Forget those of the player's pairs whose keys the option `key` has; a key that is not stored
    is no error.
    """
    doomed = tuple(key for key in turn.options["key"] if key in record.pairs)
    if doomed:
        turn.commit_to(openid, Change(remove=doomed))


def _traced(api: Api, endpoint: Endpoint, outcome: str) -> dict[str, str]:
    """The log_id, of the outcome alone: so a story told again has the same."""
    if not endpoint.traced:
        return {}
    return {"log_id": blake2b(f"{api.name} {outcome}".encode(), digest_size=16).hexdigest()}

"""The secrets of a game's own backend: a story tells none of them, and is played again without."""

from collections.abc import Mapping
from typing import Any

import msgspec

from tt_emulator.catalog import Api
from tt_emulator.domain.record import Record
from tt_emulator.domain.tokens import Token
from tt_emulator.errors import NotArmed
from tt_emulator.journal.redaction import REDACTED
from tt_emulator.platforms.platform import Wrong
from tt_emulator.platforms.signature import session_key, signature
from tt_emulator.story.bundle import CallDeed, StableToken
from tt_emulator.world import World

_WRONG = "[wrong]"

_TOKEN_TTL_MS = 7_200_000
"""Longer than any fault holds a call."""


class Restored:
    """The options and the body of the call, with secrets that are good in that world in the place
    of those that were: all but the one for which it was refused.
    """

    def __init__(self, world: World, call: CallDeed) -> None:
        self._world = world
        self._call = call
        self._api: Api = world.catalog.apis[call.api]
        self._wrong = _wrong(world, self._api, call)
        self.options = dict(call.options)
        with world.store.deed, world.store.lock:
            for name, value in call.options.items():
                if value == REDACTED and name != "signature":
                    self.options[name] = self._restored(name)
        places = {param.name: param.where for param in self._api.params}
        sent = {name: each for name, each in self.options.items() if places.get(name) == "body"}
        self.body = msgspec.json.encode(sent) if sent else b""
        if self.options.get("signature") == REDACTED and not self._is_wrong("signature"):
            self.options["signature"] = self._signature(places["signature"] == "query")

    def _is_wrong(self, name: str) -> bool:
        return self._wrong is not None and self._wrong.option == name

    def _restored(self, name: str) -> str:
        used = self._wrong is not None and self._wrong.used
        if self._is_wrong(name) and not used:
            return _WRONG
        if name == "secret":
            backend = self._world.settings.backend
            return REDACTED if backend is None else backend.secret
        made = f"story-{self._call.id}-{name}"
        now_ms = self._world.clock.now_ms()
        if name == "access_token":
            token = Token(made, made, now_ms, now_ms + _TOKEN_TTL_MS)
            return self._world.tokens.hand_out(token, leaving_ms=0).token
        kind: Any = "anonymous_code" if name == "anonymous_code" else "code"
        code = self._world.codes.issue(kind, made, self._call.player, now_ms)
        if self._is_wrong(name):
            self._world.codes.spend(code)
        return code

    def _signature(self, of_body: bool) -> str:
        openid = self._call.player
        record = self._world.store.get(openid) or Record()
        return signature(session_key(openid, record.profile), self.body if of_body else b"")


def without_secret(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a world itself, with the setting that has a secret told without it."""
    backend = fields.get("backend")
    return {**fields, "backend": backend | {"secret": REDACTED}} if backend else dict(fields)


def act_without_secret(text: bytes) -> bytes:
    """What a tester did, as JSON, in the same way."""
    if b'"backend"' not in text:
        return text
    act = msgspec.json.decode(text)
    if isinstance(act.get("fields"), dict):
        act["fields"] = without_secret(act["fields"])
    return msgspec.json.encode(act)


def stable_token(number: int, token: StableToken) -> Token:
    """One that is as that of the story was, under a name that nobody else has."""
    made, until_ms = f"story-stable-{number}", token.until_ms
    return Token(made, token.appid, token.at_ms, until_ms, stable=True, forced=token.forced)


def _wrong(world: World, api: Api, call: CallDeed) -> Wrong | None:
    """The option for which the call was refused, `None` if for none of its secrets."""
    if call.fault is not None and _says_another(world, call.fault):
        return None
    failure = world.platform.replies.failure
    rows = (row.name for row in api.errors if failure(api, row).body == call.reply)
    return world.platform.wrong.get(next(rows, ""))


def _says_another(world: World, fault_id: str) -> bool:
    """Whether the fault let the service act, and then said something else of it: what the service
    said no story tells, and most are right.
    """
    try:
        fault = world.faults.get(fault_id)
    except NotArmed:
        return False
    return fault.moment == "after" and any((fault.error, fault.sequence, fault.reply))

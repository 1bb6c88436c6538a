"""The codes that a login hands out, which a game's own server exchanges for an openid."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from tt_emulator.domain import reading
from tt_emulator.domain.deed import UNWRITTEN, Deed
from tt_emulator.errors import Flaw, NotFound
from tt_emulator.language.quoting import hinted

TTL_MS = 180_000
"""How long a code is good for whose platform says nothing else."""

MOST = 10_000  # kept in a world; the oldest is forgotten first

Kind = Literal["code", "anonymous_code"]


class LoginCode(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a game's server has from its game: one of the two."""

    code: str | UnsetType = UNSET
    anonymous_code: str | UnsetType = UNSET


class Issued(Struct, omit_defaults=True, forbid_unknown_fields=True, tag_field="kind", tag="code"):
    """Effect: a code as it is now, and what it is worth: a `session_key` too, if it is not ''."""

    code: str
    of: Kind
    openid: str
    at_ms: int
    spent: bool = False
    ttl_ms: int = TTL_MS
    session_key: str = ""


class NoCodes(Struct, frozen=True, tag_field="kind", tag="no-codes"):
    """Effect: no code is worth anything any more."""


class Codes:
    """The codes of one world, which its game has from the function `login`, as people read it. What
    a `deed` does to them is written with it. With the `ending` of each it tells of which world it
    is.

    Needs the store's lock.
    """

    def __init__(self, deed: Deed = UNWRITTEN, login: str = "login", ending: str = "") -> None:
        self._issued: dict[str, Issued] = {}
        self.login = login
        self._ending = ending
        self._moved = deed.moved

    def issue(self, kind: Kind, code: str, openid: str, now_ms: int) -> str:
        """The code, from now on worth the openid."""
        return self.hand_out(Issued(code, kind, openid, now_ms))

    def hand_out(self, issued: Issued) -> str:
        """The code, from now on worth what is issued; it is that of `issued` and the ending."""
        issued.code += self._ending
        self.restore(issued)
        self._move(issued)
        return issued.code

    def forget_all(self) -> None:
        """No code is worth anything any more."""
        self._issued.clear()
        if self._moved is not None:
            self._moved[Codes] = NoCodes

    def written(self) -> Iterator[Issued]:
        """Effects from which they come again."""
        yield from self._issued.values()

    def restore(self, issued: Issued) -> None:
        """Have the code as it was written."""
        if issued.code not in self._issued and len(self._issued) >= MOST:
            del self._issued[next(iter(self._issued))]
        self._issued[issued.code] = issued

    def exchange(self, raw: Any, now_ms: int) -> dict[str, str]:
        """What a code is worth, `raw` being a `LoginCode`; spends it.

        Raises `Unprocessable`, and `NotFound` that tells why it is worth nothing.
        """
        login_code = reading.demand(raw, LoginCode)
        if login_code.code is not UNSET and login_code.anonymous_code is UNSET:
            issued = self._spend("code", login_code.code, now_ms)
            key = {"session_key": issued.session_key} if issued.session_key else {}
            return {"openid": issued.openid, **key}
        if login_code.anonymous_code is not UNSET and login_code.code is UNSET:
            issued = self._spend("anonymous_code", login_code.anonymous_code, now_ms)
            return {"anonymous_openid": anonymous_openid(issued.openid)}
        raise reading.refusal([Flaw("", "it must be either a code or an anonymous_code")])

    def find(self, code: str) -> Issued | None:
        """What was handed out as that code, be it worth something or not."""
        return self._issued.get(code)

    def flaw(self, kind: Kind, code: str, now_ms: int) -> str:
        """Why the code is worth nothing, empty if it is worth something."""
        issued = self._issued.get(code)
        if issued is None or issued.of != kind:
            return f"No {self.login} of this world gave the {kind} {hinted(code)!r}."
        if issued.spent:
            return f"The {kind} was used before: each is good for one use."
        age_s, ttl_s = (now_ms - issued.at_ms) // 1000, issued.ttl_ms // 1000
        if now_ms - issued.at_ms > issued.ttl_ms:
            return f"The {kind} is {age_s} seconds old: each is good for {ttl_s}."
        return ""

    def spend(self, code: str) -> Issued:
        """What a code is worth that has no flaw; from now on it is worth nothing."""
        issued = self._issued[code]
        issued.spent = True
        self._move(issued)
        return issued

    def _spend(self, kind: Kind, code: str, now_ms: int) -> Issued:
        if flaw := self.flaw(kind, code, now_ms):
            hint = f"Let the game call {self.login}, and take the code from there."
            raise NotFound(flaw, hint)
        return self.spend(code)

    def _move(self, issued: Issued) -> None:
        if self._moved is not None:
            self._moved["code", issued.code] = lambda: issued


def anonymous_openid(openid: str) -> str:
    """Who the player's device is, which anonymous codes are worth; each player has their own."""
    return "anonymous-" + blake2b(openid.encode(), digest_size=16).hexdigest()

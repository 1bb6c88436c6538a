"""The access tokens of a world, by which a game's own server calls the platform's."""

from collections.abc import Iterator

from msgspec import Struct

from tt_emulator.domain.deed import UNWRITTEN, Deed
from tt_emulator.language.quoting import hinted

MOST = 1_000  # kept in a world; the oldest is forgotten first


class Token(Struct, omit_defaults=True, forbid_unknown_fields=True, tag_field="kind", tag="token"):
    """Effect: a token as it is now, good until `until_ms`. A `stable` one is given again while it
    is good, unless a call has `forced` another.
    """

    token: str
    appid: str
    at_ms: int
    until_ms: int
    stable: bool = False
    forced: bool = False


class Tokens:
    """The tokens of one world. What a `deed` does to them is written with it. With the `ending` of
    each it tells of which world it is.

    Needs the store's lock.
    """

    def __init__(self, deed: Deed = UNWRITTEN, ending: str = "") -> None:
        self._known: dict[str, Token] = {}
        self._ending = ending
        self._moved = deed.moved

    def hand_out(self, token: Token, *, leaving_ms: int) -> Token:
        """The token, good from now on; those of the app before it, of its kind, for `leaving_ms`
        more at most.
        """
        for other in self.of(token.appid, stable=token.stable):
            until_ms = min(other.until_ms, token.at_ms + leaving_ms)
            if until_ms < other.until_ms:
                other.until_ms = until_ms
                self._move(other)
        return self.adopt(token)

    def adopt(self, token: Token) -> Token:
        """Have the token as one of this world's, whose ending it gets; no other changes."""
        token.token += self._ending
        self.restore(token)
        self._move(token)
        return token

    def of(self, appid: str, *, stable: bool) -> list[Token]:
        """Those of the app that are of that kind, the oldest first."""
        return [
            each for each in self._known.values() if (each.appid, each.stable) == (appid, stable)
        ]

    def find(self, text: str) -> Token | None:
        """What was handed out as that text, be it good or not."""
        return self._known.get(text)

    def flaw(self, text: str, now_ms: int) -> str:
        """Why the token is worth nothing, empty if it is good."""
        known = self._known.get(text)
        if known is None:
            return f"this world gave out no access_token {hinted(text)!r}"
        if now_ms < known.until_ms:
            return ""
        ago_s = (now_ms - known.until_ms) // 1000
        newer = self.of(known.appid, stable=known.stable)[-1] is not known
        why = "another was fetched after it" if newer else "its time is over"
        return f"the access_token is worth nothing since {ago_s} seconds: {why}"

    def forget_forced(self) -> None:
        """Of none it is known any more that a call has forced it."""
        for token in self._known.values():
            if token.forced:
                token.forced = False
                self._move(token)

    def forget_all(self) -> None:
        """No token is known any more."""
        self._known.clear()

    def written(self) -> Iterator[Token]:
        """Effects from which they come again."""
        yield from self._known.values()

    def restore(self, token: Token) -> None:
        """Have the token as it was written."""
        if token.token not in self._known and len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        self._known[token.token] = token

    def _move(self, token: Token) -> None:
        if self._moved is not None:
            self._moved["token", token.token] = lambda: token

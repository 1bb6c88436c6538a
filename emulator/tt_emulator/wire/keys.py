"""Whose tokens a server takes, and where a request may carry one."""

import re
from collections.abc import Mapping
from hmac import compare_digest
from urllib.parse import unquote

ADMINISTRATOR = ""
"""Holds the server's own token, and sees all worlds; a team has a name."""

_BEARER = "Bearer "
_TARGET = re.compile(rb"/t/([^/?#]+)(?:/([^#]*))?")
_SHOWN = re.compile(r"(/+t/+)[^/]+")


class Keys:
    """`token` is the administrator's, `None` if nobody is asked; `hashes` are the SHA-256 of the
    teams' tokens in hexadecimal, by the teams' names. A team's token begins with its name and a
    dot.
    """

    def __init__(self, token: str | None, hashes: Mapping[str, str]) -> None:
        self._token = None if token is None else token.encode()
        self._hashes = dict(hashes)
        self.has_teams = bool(hashes)
        self.asks = token is not None or self.has_teams

    def holder(self, authorization: str | None) -> str | None:
        """The team whose token this header has, `ADMINISTRATOR`, or `None` for nobody.

        Where nobody is asked everybody is the administrator.
        """
        if not self.asks:
            return ADMINISTRATOR
        sent = authorization or ""
        if not sent.startswith(_BEARER):
            return None
        shown = sent.removeprefix(_BEARER)
        if self._token is not None and compare_digest(shown.encode(), self._token):
            return ADMINISTRATOR
        team = shown.partition(".")[0]
        wanted = self._hashes.get(team)
        if wanted is None:
            return None
        from hashlib import sha256  # for those who have teams

        made = sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
        return team if compare_digest(made, wanted) else None


def unlocked(target: bytes) -> tuple[bytes, bytes] | None:
    """The token that is the first part of a target's path, `/t/<token>/…`, as the value of an
    `Authorization` header, and the target without it; `None` if there is none.
    """
    found = _TARGET.fullmatch(target)
    if found is None:
        return None
    token = unquote(found[1].decode("latin-1"))
    return f"{_BEARER}{token}".encode("utf-8", "surrogatepass"), b"/" + (found[2] or b"")


def without_key(path: str) -> str:
    """The path as a log may have it."""
    return _SHOWN.sub(r"\1...", path, count=1) if _SHOWN.match(path) else path

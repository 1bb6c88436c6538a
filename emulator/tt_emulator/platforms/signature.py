"""The signature by which a game's own backend shows that it has the key of a player's session."""

import base64
import binascii
import hmac
import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import Any

from tt_emulator.journal.redaction import redacted_json
from tt_emulator.language.quoting import cut

METHOD = "hmac_sha256"

_SHOWN = 200  # characters of what was signed
_COMPARED = 8  # characters of a signature


def session_key(openid: str, profile: dict[str, Any]) -> str:
    """The key of the player's last session, of a player without one that of a first.

    Of its player alone and of the one before it: so a story told again has the same.
    """
    stored: str | None = profile.get("session_key")
    return stored or next_key(openid, "")


def next_key(openid: str, before: str) -> str:
    """The key that follows the one before it: 16 bytes in base64."""
    digest = blake2b(f"{before} {openid}".encode(), digest_size=16)
    return base64.b64encode(digest.digest()).decode()


def signature(key: str | bytes, body: bytes) -> str:
    """HMAC-SHA256 of the body in hexadecimal; a key that is a text is taken as it stands."""
    secret = key.encode() if isinstance(key, str) else key
    return hmac.new(secret, body, "sha256").hexdigest()


def why_wrong(sent: str, key: str, body: bytes) -> str:
    """Why that is not the signature of the body, empty if it is.

    It shows what was to be signed, and only the beginning of that signature: enough to compare, and
    nothing that could be sent in its place.
    """
    wanted = signature(key, body)
    if hmac.compare_digest(sent.encode(), wanted.encode()):
        return ""
    shown = cut(_without_secrets(body).decode("utf-8", "backslashreplace"), _SHOWN)
    told = (
        f"the signature of these {len(body)} bytes begins with {wanted[:_COMPARED]}, what was sent"
        f" with {sent[:_COMPARED]!r}: {shown!r}"
    )
    guess = _guess(sent, key, body, wanted)
    return f"{told}; {guess}" if guess else told


def _without_secrets(body: bytes) -> bytes:
    with suppress(ValueError, RecursionError):
        return redacted_json(body)
    return body


def _guess(sent: str, key: str, body: bytes, wanted: str) -> str:
    """What was done in place of signing it, if that is one of the things that people do."""
    if len(sent) != len(wanted):
        return f"what was sent has {len(sent)} characters, a signature has {len(wanted)}"
    if sent.lower() == wanted:
        return "what was sent has capital letters"
    signed = _others(key, body)
    return next((told for told, by, text in signed if signature(by, text) == sent.lower()), "")


def _others(key: str, body: bytes) -> Iterator[tuple[str, str | bytes, bytes]]:
    """What people sign in place of a body, in words, with which key, and as bytes."""
    text = body.decode("utf-8", "replace")
    yield "what was sent is that of no body at all", key, b""
    yield "what was sent is that of the body made JSON twice", key, json.dumps(text).encode()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    again = (
        json.dumps(value),
        json.dumps(value, separators=(",", ":")),
        json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    )
    for written in again:
        yield "what was sent is that of the same JSON written in another way", key, written.encode()
    try:
        decoded = base64.b64decode(key, validate=True)
    except binascii.Error:
        return
    yield "what was sent has the key decoded from base64", decoded, body

"""What only the game's own backend can read: encrypted with the key of the player's session.

As the platform's page on open data at the server has it: AES-128-CBC with PKCS#7, the key is the
session key decoded from base64, a watermark names the game and the time, and the signature is
sha1(text + session key).
"""

import base64
import hashlib
import json
from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.signature import session_key

APP = "tt-emulator"
"""The appid of the game."""

_BLOCK_BYTES = 16


def sealed(turn: Turn, data: dict[str, Any]) -> dict[str, str]:
    """The data as `encryptedData` and `iv`, both in base64, with their `signature`.

    The iv follows from all that it is for, so that a story told again has the same.
    """
    key = session_key(turn.player, turn.record.profile)
    watermark = {"timestamp": turn.now_ms // 1000, "appid": APP}
    text = json.dumps({**data, "watermark": watermark}, ensure_ascii=False, separators=(",", ":"))
    iv = hashlib.blake2b(f"{key}{text}".encode(), digest_size=_BLOCK_BYTES).digest()
    cipher = _encrypted(text.encode(), base64.b64decode(key), iv)
    return {
        "encryptedData": base64.b64encode(cipher).decode(),
        "iv": base64.b64encode(iv).decode(),
        # the algorithm is the platform's
        "signature": hashlib.sha1(f"{text}{key}".encode(), usedforsecurity=False).hexdigest(),
    }


def _encrypted(text: bytes, key: bytes, iv: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC
    from cryptography.hazmat.primitives.padding import PKCS7

    padder = PKCS7(8 * _BLOCK_BYTES).padder()
    encryptor = Cipher(AES(key), CBC(iv)).encryptor()
    padded = padder.update(text) + padder.finalize()
    return encryptor.update(padded) + encryptor.finalize()

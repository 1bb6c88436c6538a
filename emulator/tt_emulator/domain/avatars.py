"""A player's picture, made of the openid alone: a PNG that the emulator serves; it loads offline.

Games take its address apart and add to it: a query or an `&…` for loaders that go by a file's
ending, a size as a last part or in the place of the last one, and caches go by the last part. So
the last two parts both name the picture, and what follows the first of them is not read.
"""

import re
import struct
import zlib
from functools import lru_cache
from hashlib import blake2b

from tt_emulator.config import DEFAULT_URL

PREFIX = "/avatars/"
CELLS = 8
SCALE = 10

_DIGEST_BYTES = 7
_NAME = re.compile(rf"([0-9a-f]{{{2 * _DIGEST_BYTES}}})(?![0-9A-Za-z])")


def avatar_url(openid: str, base_url: str = DEFAULT_URL) -> str:
    """The picture's address on the emulator that is reached as `base_url`."""
    return base_url + _path(openid)


def png_at(rest: str) -> bytes | None:
    """The picture at `PREFIX` + `rest`, `None` if there is none."""
    found = _NAME.match(rest)
    return _png(found[1]) if found else None


@lru_cache(maxsize=4096)
def _path(openid: str) -> str:
    """No other openid shares it: of a million players two are alike with a chance of 10⁻⁵."""
    name = blake2b(openid.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
    return f"{PREFIX}{name}/{name}.png"


@lru_cache(maxsize=1024)
def _png(name: str) -> bytes:
    """A symmetric pattern of two colours, 80 pixels wide, that the 56 bits of the name choose."""
    digest = bytes.fromhex(name)
    bits, colour = int.from_bytes(digest[:4], "big"), digest[4:]
    rows = b"".join(_row(bits >> (row * CELLS // 2)) * SCALE for row in range(CELLS))
    size = CELLS * SCALE
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 1, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"\xf4\xf4\xf6" + colour),
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        )
    )


def _row(half: int) -> bytes:
    """One line of pixels, a bit each, after PNG's filter byte."""
    cells = [half >> cell & 1 for cell in range(CELLS // 2)]
    line = "".join(str(cell) * SCALE for cell in [*cells, *reversed(cells)])
    return b"\0" + int(line, 2).to_bytes(CELLS * SCALE // 8, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

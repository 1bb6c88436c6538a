"""The file of a snapshot: a world's document that anybody can import, and at its end its name and
its check sum.
"""

from zlib import crc32

from msgspec import Struct
from msgspec.json import decode, encode

from tt_emulator.storage.disk.damage import Damaged
from tt_emulator.storage.disk.names import snapshot_filename

_END = b"\n}\n"
_FIELD = b',\n  "snapshot": '


class _Kept(Struct, forbid_unknown_fields=True):
    name: str
    crc32: int


def sealed(name: str, text: bytes) -> bytes:
    """The file with this text, a JSON object whose end stands on a line of its own."""
    kept = _Kept(name, crc32(text))
    return text.removesuffix(_END) + _FIELD + encode(kept) + _END


def unsealed(file: str, data: bytes) -> tuple[str, bytes]:
    """The name and the text in the file of that name. Raises one of `UNREADABLE`."""
    text, field, kept = data.rpartition(_FIELD)
    if not field:
        raise Damaged("there is no check sum")
    name = decode(kept.removesuffix(_END), type=_Kept).name
    text += _END
    if sealed(name, text) != data:
        raise Damaged("the check sum is another's")
    if snapshot_filename(name) != file:
        raise Damaged("its name is not that of the snapshot in it")
    return name, text

"""The file of a snapshot or a scenario: the text that is kept, and at its end its name and its
check sum. Where the text is read again, as a world or a scenario, that end is passed over.
"""

from typing import NamedTuple
from zlib import crc32

from msgspec import Struct
from msgspec.json import decode, encode

from tt_emulator.storage.disk.damage import Damaged
from tt_emulator.storage.disk.names import blob_filename

_END = b"\n}\n"


class Kind(NamedTuple):
    """What is kept: its directory in that of the world, its noun, and how its files begin."""

    directory: str
    noun: str
    prefix: str

    def filename(self, name: str) -> str:
        """The name of the file with the text of that name."""
        return blob_filename(self.prefix, self.noun, name)


SNAPSHOTS = Kind("snapshots", "snapshot", "at")
SCENARIOS = Kind("scenarios", "scenario", "as")


class _Kept(Struct, forbid_unknown_fields=True):
    name: str
    crc32: int


def sealed(kind: Kind, name: str, text: bytes) -> bytes:
    """The file with this text, a JSON object whose end stands on a line of its own."""
    kept = _Kept(name, crc32(text))
    return text.removesuffix(_END) + _field(kind) + encode(kept) + _END


def unsealed(kind: Kind, file: str, data: bytes) -> tuple[str, bytes]:
    """The name and the text in the file of that name. Raises one of `UNREADABLE`."""
    text, field, kept = data.rpartition(_field(kind))
    if not field:
        raise Damaged("there is no check sum")
    name = decode(kept.removesuffix(_END), type=_Kept).name
    text += _END
    if sealed(kind, name, text) != data:
        raise Damaged("the check sum is another's")
    if kind.filename(name) != file:
        raise Damaged("its name is not that of the text in it")
    return name, text


def _field(kind: Kind) -> bytes:
    return f',\n  "{kind.noun}": '.encode()

"""What is kept under names: in one field, or in parts where it is large, so that Redis is kept from
nobody for long. Parts are nothing before a last command names them, and go when nothing does.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tt_emulator.errors import StorageError
from tt_emulator.fleet import keys
from tt_emulator.fleet.checkpointing import PIECE_BYTES, Writes
from tt_emulator.fleet.packing import Command
from tt_emulator.fleet.scripts import CLEAR, JOIN, KEEP, LOOK_UP, SWEEP

PARTS_SINCE = 1
"""The schema of worlds since which they are found; before, only what is whole was."""
TRIES = 3

Ask = Callable[[Command], Any]
"""Gives the reply of Redis to a command, or raises `StorageError`."""


def is_large(text: bytes) -> bool:
    """Whether it is to come in parts."""
    return len(text) > PIECE_BYTES


def whole(writes: Writes, field: bytes, text: bytes | None) -> Command:
    """Keep a text that is not large; `None` forgets what is there."""
    given = () if text is None else (text,)
    return writes.command(KEEP, keys.all_kept(writes.world), field, *given)


def parts(writes: Writes, text: bytes) -> Iterator[Command]:
    """Bring the parts of a large text, which are nothing yet."""
    for number, offset in enumerate(range(0, len(text), PIECE_BYTES)):
        part: dict[bytes, bytes | None] = {
            b"%s:%d" % (writes.name.encode(), number): text[offset : offset + PIECE_BYTES]
        }
        yield from writes.fields(keys.parts(writes.world), part)


def join(writes: Writes, field: bytes, text: bytes) -> Command:
    """Keep the text whose parts are there. Sent when Redis has all of them, as a seal is."""
    count = -(-len(text) // PIECE_BYTES)
    return writes.command(JOIN, keys.all_kept(writes.world), field, writes.name, count)


def sweep(writes: Writes) -> Command:
    """Forget parts that are nothing."""
    return writes.command(SWEEP, keys.all_kept(writes.world)[1:])


def clear(writes: Writes, kind: str) -> Command:
    """Forget all of the kind."""
    return writes.command(CLEAR, keys.all_kept(writes.world), keys.kept_prefix(kind))


def get(ask: Ask, world: str, field: bytes) -> bytes | None:
    """The text, `None` if nothing is kept there. Raises `StorageError`."""
    for _ in range(TRIES):
        text, manifest = ask(LOOK_UP.command((keys.kept(world), keys.large(world)), field))
        if text is not None:  # a server that knows no parts has kept it since, if there are some
            return bytes(text)
        if manifest is None:
            return None
        name, _, count = manifest.partition(b" ")
        found = _found(ask, world, [b"%s:%d" % (name, number) for number in range(int(count))])
        if found is not None:
            return b"".join(found)
    raise StorageError(  # another text has come each time, or
        "Something that is kept in Redis has lost a part.",
        "Keep it again, or restore Redis from its backup.",
    )


def _found(ask: Ask, world: str, fields: Sequence[bytes]) -> list[bytes] | None:
    found = []
    for field in fields:
        part = ask(("HGET", keys.parts(world), field))
        if part is None:  # another text has taken its place meanwhile
            return None
        found.append(part)
    return found

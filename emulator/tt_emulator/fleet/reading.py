"""Reading a world whole, in parts that do not keep Redis from others for long."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tt_emulator.errors import StorageError
from tt_emulator.fleet import keys
from tt_emulator.fleet.packing import Command
from tt_emulator.fleet.scripts import LINES
from tt_emulator.fleet.values import Stored

PART = 1_000
"""So many players, lines or worlds are asked for at once, unless they are long."""
PART_BYTES = 1_000_000
FIRST = 10
"""As many players are surely not too long, whatever they have."""

Run = Callable[[Sequence[Command]], list[Any]]


def read(run: Run, world: str) -> Stored:
    """All there is of a world that nobody else writes. Raises `StorageError`."""
    numbers, length = asked(
        run, ("HMGET", keys.own(world), "checkpoint", "last"), ("STRLEN", keys.life(world))
    )
    life = b"".join(_life(run, world, length)) if length else None
    checkpoint, last = (int(number or 0) for number in numbers)
    lines = list(_lines(run, world, checkpoint))
    if [number for number, _ in lines] != list(range(checkpoint + 1, last + 1)):
        raise StorageError(
            f"Lines are missing in the log of the world {world!r}: Redis has lost some, or "
            "somebody has changed it.",
            "Drop the world, or restore Redis from its backup.",
        )
    return Stored(checkpoint, dict(_players(run, world)), life, lines)


def _life(run: Run, world: str, length: int) -> Iterator[bytes]:
    for begin in range(0, length, PART_BYTES):
        end = begin + PART_BYTES - 1
        (part,) = asked(run, ("GETRANGE", keys.life(world), begin, end))
        yield part


def _players(run: Run, world: str) -> Iterator[tuple[bytes, bytes]]:
    cursor, count = b"0", FIRST
    while True:
        ((cursor, found),) = asked(run, ("HSCAN", keys.players(world), cursor, "COUNT", count))
        yield from zip(found[::2], found[1::2], strict=True)
        if cursor == b"0":
            return
        if found:
            fit = PART_BYTES * (len(found) // 2) // sum(map(len, found))
            count = max(1, min(fit, PART))


def _lines(run: Run, world: str, number: int) -> Iterator[tuple[int, bytes]]:
    while True:
        (found,) = asked(run, LINES.command((keys.log(world),), number, PART, PART_BYTES))
        if not found:
            return
        for entry, line in zip(found[::2], found[1::2], strict=True):
            number = int(entry)
            yield number, line


def asked(run: Run, *commands: Command) -> list[Any]:
    """The replies to these commands. Raises `StorageError` for one that is refused."""
    replies = run(commands)
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
    return replies

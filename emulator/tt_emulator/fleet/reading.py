"""Reading a world whole, in parts that do not keep Redis from others for long."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tt_emulator.errors import StorageError
from tt_emulator.fleet import keys
from tt_emulator.fleet.packing import Command
from tt_emulator.fleet.values import Stored

PART = 1_000
"""Players, lines or worlds that are asked for at once."""

Run = Callable[[Sequence[Command]], list[Any]]


def read(run: Run, world: str) -> Stored:
    """All there is of a world that nobody else writes. Raises `StorageError`."""
    numbers, life = asked(
        run, ("HMGET", keys.own(world), "checkpoint", "last"), ("GET", keys.life(world))
    )
    checkpoint, last = (int(number or 0) for number in numbers)
    lines = list(_lines(run, world, checkpoint))
    if [number for number, _ in lines] != list(range(checkpoint + 1, last + 1)):
        raise StorageError(
            f"Lines are missing in the log of the world {world!r}: Redis has lost some, or "
            "somebody has changed it.",
            "Drop the world, or restore Redis from its backup.",
        )
    return Stored(checkpoint, dict(_players(run, world)), life, lines)


def _players(run: Run, world: str) -> Iterator[tuple[bytes, bytes]]:
    cursor = b"0"
    while True:
        ((cursor, found),) = asked(run, ("HSCAN", keys.players(world), cursor, "COUNT", PART))
        yield from zip(found[::2], found[1::2], strict=True)
        if cursor == b"0":
            return


def _lines(run: Run, world: str, number: int) -> Iterator[tuple[int, bytes]]:
    while True:
        first = f"{number + 1}-0"
        (found,) = asked(run, ("XRANGE", keys.log(world), first, "+", "COUNT", PART))
        for entry, (_, line) in found:
            number = int(entry.partition(b"-")[0])
            yield number, line
        if len(found) < PART:
            return


def asked(run: Run, *commands: Command) -> list[Any]:
    """The replies to these commands. Raises `StorageError` for one that is refused."""
    replies = run(commands)
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
    return replies

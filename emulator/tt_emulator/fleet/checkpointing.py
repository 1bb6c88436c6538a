"""A world as commands of at most 1 MB, in groups that are sent at once."""

from collections.abc import Iterable, Iterator, Mapping

from tt_emulator.fleet import keys
from tt_emulator.fleet.packing import Argument, Command
from tt_emulator.fleet.scripts import LIFE_PIECE, PIECE, SEAL, Script

PIECE_BYTES = 1_000_000
PIECE_FIELDS = 2_000


class Writes:
    """What makes the commands of one world's owner: each has the epoch and the step, and `name` is
    that of no others.
    """

    def __init__(self, world: str, epoch: int, step: int) -> None:
        self.world = world
        self.name = f"{epoch}-{step}"
        self._fence = (epoch, step)

    def command(self, script: Script, where: tuple[str, ...], *arguments: Argument) -> Command:
        """The call of a script that is fenced; its first key is `own`."""
        return script.command((keys.own(self.world), *where), *self._fence, *arguments)

    def fields(self, key: str, changed: Mapping[bytes, bytes | None]) -> Iterator[Command]:
        """Set fields of a hash, or delete those with `None`."""
        for piece in _pieces(changed):
            deleted = [field for field, value in piece.items() if value is None]
            pairs = [
                part
                for field, value in piece.items()
                if value is not None
                for part in (field, value)
            ]
            yield self.command(PIECE, (key,), len(deleted), *deleted, *pairs)

    def life(self, life: bytes) -> Iterator[Command]:
        """Bring the life that is coming."""
        where = (keys.coming_life(self.world),)
        for offset in range(0, len(life), PIECE_BYTES):
            yield self.command(LIFE_PIECE, where, offset, life[offset : offset + PIECE_BYTES])


def _pieces(changed: Mapping[bytes, bytes | None]) -> Iterator[dict[bytes, bytes | None]]:
    piece: dict[bytes, bytes | None] = {}
    size = 0
    for field, value in changed.items():
        added = len(field) + len(value or b"")
        if piece and (size + added > PIECE_BYTES or len(piece) == PIECE_FIELDS):
            yield piece
            piece, size = {}, 0
        piece[field] = value
        size += added
    if piece:
        yield piece


def groups(commands: Iterable[Command]) -> Iterator[list[Command]]:
    """The commands by as many as have some 1 MB in all."""
    group: list[Command] = []
    size = 0
    for command in commands:
        added = sum(len(part) for part in command if isinstance(part, bytes))
        if group and size + added > PIECE_BYTES:
            yield group
            group, size = [], 0
        group.append(command)
        size += added
    if group:
        yield group


def image(
    writes: Writes, players: Mapping[bytes, bytes | None], life: bytes | None
) -> Iterator[Command]:
    """What has changed of a world's players, and its life."""
    yield from writes.fields(keys.players(writes.world), players)
    yield from writes.life(life or b"")


def seal(
    writes: Writes, seq: int, life: bytes | None, keep: int, *, all_of_it: bool = False
) -> Command:
    """The image is as of line `seq`: sent when Redis has all of it, since of commands that are sent
    at once it does the later ones even if it refuses the first.
    """
    world = writes.world
    logged = (keys.coming_life(world), keys.life(world), keys.log(world))
    where = (*logged, keys.large(world), keys.parts(world))
    return writes.command(SEAL, where, seq, len(life or b""), keep, int(all_of_it))

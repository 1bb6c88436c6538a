"""What a fleet answers with, and what it is given."""

from msgspec import Struct

from tt_emulator.fleet.keys import SCHEMA


class Owner(Struct, frozen=True):
    """The server on which a world is alive: its id, and the URL by which others reach it."""

    id: str
    url: str


class Server(Struct, frozen=True):
    """A server of the team, whether it was heard of within the last seconds, and up to which schema
    it reads worlds: 0 is before there were any.
    """

    url: str
    version: str
    alive: bool
    schema: int = SCHEMA


class Claim(Struct, frozen=True):
    """A world that is ours: all that is written in it from now on carries `epoch`.

    `last` is the number of the last line of its log, 0 in a new world, and no time in the lines is
    later than `clock_ms`. It was used last at `used_at_ms`. Both are Unix time.
    """

    epoch: int
    last: int
    platform: str
    is_new: bool
    clock_ms: int = 0
    used_at_ms: int = 0


class News(Struct, frozen=True):
    """What the owner of a world tells of it: when it was used last, Unix time, and in `brief`,
    which is opaque here, how it is after line `seq`; nothing if that is empty.
    """

    epoch: int
    used_at_ms: int
    seq: int = 0
    brief: bytes = b""


class Found(Struct, frozen=True):
    """A world as it lies: its last epoch, when it was used last, Unix time, the `owner`, if that
    lives, and what was told of it after its last line, `None` if nothing was.
    """

    world: str
    platform: str
    epoch: int
    used_at_ms: int
    owner: Owner | None
    brief: bytes | None


class Stored(Struct, frozen=True):
    """What there is of a world.

    Lines up to `checkpoint` are in `players` and `life`; a player may be ahead of it, and its
    record, which is opaque here, says how far. `lines` are those after the checkpoint with their
    numbers, which have no gap.
    """

    checkpoint: int
    players: dict[bytes, bytes]
    life: bytes | None
    lines: list[tuple[int, bytes]]

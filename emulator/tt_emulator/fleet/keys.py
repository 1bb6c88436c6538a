"""The names of what lies in Redis. All of a world has its name as hash tag, thus one slot."""

PREFIX = "tt:1:"

SCHEMA = 1
"""Of what is written in worlds. Who knows a lower one takes no world over that was written in a
higher one: raise it with whatever a version before would misread.
"""

WORLDS = PREFIX + "worlds"
"""Sorted set: the worlds by their last use, in Unix milliseconds."""

SERVERS = PREFIX + "replicas"
"""Hash: the id of a server, and its entry as JSON."""

BEATS = PREFIX + "beat:"
"""Before the id of a server: there as long as that lives."""

MARKER = PREFIX + "marker"
"""Made once: where it is not, Redis has forgotten everything."""

RECOVERING = PREFIX + "recovering"
"""There as long as owners write again what Redis has forgotten."""


def own(world: str) -> str:
    """Hash: epoch, owner, url, platform, schema, last, clock, checkpoint, step, and the world in
    `brief` as of the line `briefed`. Of a dropped world for a day as that of an empty one, with the
    epoch under which it was `dropped`, and that is over with the next one.
    """
    return f"{PREFIX}{{{world}}}:own"


def log(world: str) -> str:
    """Stream: the lines, `number-0`, field d."""
    return f"{PREFIX}{{{world}}}:log"


def players(world: str) -> str:
    """Hash: the records as of the checkpoint or later."""
    return f"{PREFIX}{{{world}}}:players"


def life(world: str) -> str:
    """String: what the world has beside its players, as of the checkpoint."""
    return f"{PREFIX}{{{world}}}:life"


def coming_life(world: str) -> str:
    """String: the life of a checkpoint that is being written, in pieces."""
    return f"{PREFIX}{{{world}}}:life-coming"


def kept(world: str) -> str:
    """Hash: what is kept under names, by `kept_field`, unless it is large."""
    return f"{PREFIX}{{{world}}}:kept"


def large(world: str) -> str:
    """Hash: of what is kept in parts, by `kept_field`, their id and how many they are."""
    return f"{PREFIX}{{{world}}}:large"


def parts(world: str) -> str:
    """Hash: the parts, by `id:number`. Those of an id that `large` does not have are nothing."""
    return f"{PREFIX}{{{world}}}:parts"


def kept_field(kind: str, name: bytes) -> bytes:
    """The field of `kept` for the thing of that kind and name."""
    return kept_prefix(kind) + name


def kept_prefix(kind: str) -> bytes:
    """How the fields of that kind begin."""
    return kind.encode() + b":"


def logged(world: str) -> tuple[str, ...]:
    """What comes of the log: that itself, and the image of what it had before."""
    return (log(world), players(world), life(world), coming_life(world))


def all_kept(world: str) -> tuple[str, ...]:
    """What is kept under names."""
    return (kept(world), large(world), parts(world))


def whole(world: str) -> tuple[str, ...]:
    """All keys of a world, `own` first."""
    return (own(world), *logged(world), *all_kept(world))

"""Looking at all worlds without claiming one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tt_emulator.fleet import keys
from tt_emulator.fleet.reading import PART, Run, asked
from tt_emulator.fleet.values import Found, Owner

_FIELDS = ("epoch", "owner", "url", "platform", "last", "partial", "brief", "briefed")


def survey(run: Run) -> Iterator[Found]:
    """All worlds, those that were used least lately first. Raises `StorageError`."""
    (listed,) = asked(run, ("ZRANGE", keys.WORLDS, 0, -1, "WITHSCORES"))
    used = [(name.decode(), int(score)) for name, score in zip(*[iter(listed)] * 2, strict=True)]
    for first in range(0, len(used), PART):
        part = used[first : first + PART]
        own = asked(run, *(("HMGET", keys.own(world), *_FIELDS) for world, _ in part))
        living = _living(run, {fields[1] for fields in own if fields[1]})
        for (world, used_at_ms), fields in zip(part, own, strict=True):
            if fields[0] is not None:
                yield _found(world, used_at_ms, fields, living)


def _living(run: Run, owners: Iterable[bytes]) -> set[bytes]:
    each = list(owners)
    beats = asked(run, *(("EXISTS", keys.BEATS + owner.decode()) for owner in each))
    return {owner for owner, alive in zip(each, beats, strict=True) if alive}


def _found(world: str, used_at_ms: int, fields: Sequence[Any], living: set[bytes]) -> Found:
    epoch, owner, url, platform, last, partial, brief, briefed = fields
    return Found(
        world,
        platform.decode(),
        int(epoch),
        used_at_ms,
        Owner(owner.decode(), url.decode()) if owner in living else None,
        brief if briefed == last and not partial else None,
    )

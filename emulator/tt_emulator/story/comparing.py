"""A reply as it was and as it is when it is given again."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tt_emulator.domain.reading import escaped
from tt_emulator.journal import views
from tt_emulator.story.bundle import CallDeed


class Part(Struct, frozen=True, omit_defaults=True):
    """One place at which they differ; what is not there is left out."""

    pointer: str
    was: Any = None
    now: Any = None


class Given(Struct, frozen=True):
    """What the game got, `null` if nothing, and the fault that struck."""

    reply: dict[str, Any] | None
    fault: str | None


class Difference(Struct, frozen=True):
    """A call, by its place among the deeds and its id in the story, whose reply differed at these
    `parts`, or `error` tells why there was none at all.
    """

    deed: int
    id: int
    api: str
    player: str
    was: Given
    now: Given
    parts: list[Part]
    error: str = ""


def difference(
    number: int, call: CallDeed, view: views.Exchange | None, error: str, *, left: bool
) -> Difference | None:
    """What differs, `None` if nothing does. Of a call that asked somebody outside, and of one that
    was not over, the decision alone is compared.
    """
    was = Given(call.reply, call.fault)
    now = Given(None, None) if view is None else Given(view.reply, view.fault)
    if error:
        return Difference(number, call.id, call.api, call.player, was, now, [], error)
    parts = list(_parts("/fault", was.fault, now.fault))
    if not left and call.duration_ms is not None:
        parts += _parts("/reply", was.reply, now.reply)
    if not parts:
        return None
    return Difference(number, call.id, call.api, call.player, was, now, parts)


def _parts(pointer: str, was: Any, now: Any) -> Iterator[Part]:
    if isinstance(was, dict) and isinstance(now, dict):
        for name in dict.fromkeys([*was, *now]):
            yield from _parts(f"{pointer}/{escaped(name)}", was.get(name), now.get(name))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (old, new) in enumerate(zip(was, now, strict=True)):
            yield from _parts(f"{pointer}/{index}", old, new)
    elif not (_counts_down(pointer, was, now) or (was == now and type(was) is type(now))):
        yield Part(pointer, was, now)


def _counts_down(pointer: str, was: Any, now: Any) -> bool:
    """Whether both are seconds that are left, and the same but for what the calls took."""
    if not pointer.endswith("/expires_in"):
        return False
    return isinstance(was, int) and isinstance(now, int) and abs(was - now) <= 1

"""What testers set of a player, told as data: a page shows and sets it, and knows no platform."""

from typing import Any, Literal

from msgspec import Struct

from tt_emulator.faults.words import Words


class State(Struct, frozen=True, forbid_unknown_fields=True):
    """A value of a field; by the rows of these names calls fail for a player who has it."""

    value: Any
    title: Words
    fails: tuple[str, ...] = ()


class PlayerField(Struct, frozen=True, forbid_unknown_fields=True):
    """A field of a player, at that JSON pointer of a player as the control API shows one.

    A `choice` is one of the `states`, a `text` may be null, a `list` is one of texts, `json` any
    value. The first of the states is the one in which nothing fails.
    """

    pointer: str
    title: Words
    kind: Literal["choice", "text", "list", "json"] = "choice"
    states: tuple[State, ...] = ()


def state(value: Any, en: str, zh: str, *fails: str) -> State:
    """One state in both languages."""
    return State(value, Words(en, zh), fails)

"""What testers set of a player, told as data: a page shows and sets it, and knows no platform."""

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from tt_emulator.domain.conditions import States
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


_NAMED = ("/session", "/network", "/account")
"""Whose states have names of their own, see `domain.conditions`."""


def failing_states(fields: Iterable[PlayerField]) -> States:
    """The other states by which calls fail, but for a field's first: `privacy=refused`."""
    return {
        f"{field.pointer[1:]}={state.value}": (tuple(field.pointer.split("/")[1:]), state.value)
        for field in fields
        if field.pointer not in _NAMED
        for state in field.states[1:]
        if state.fails
    }


def state(value: Any, en: str, zh: str, *fails: str) -> State:
    """One state in both languages."""
    return State(value, Words(en, zh), fails)

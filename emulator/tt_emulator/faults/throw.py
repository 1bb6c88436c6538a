"""Have an error thrown in place of the game's callbacks."""

from typing import ClassVar

from tt_emulator.faults.client import Misbehaviour


class Throw(Misbehaviour, frozen=True, kw_only=True):
    """It comes where nobody catches it."""

    name: ClassVar[str] = "throw"
    title: ClassVar[str] = "No callback, an uncaught error"
    symptom: ClassVar[str] = "as some devices do"

"""Have no callback called."""

from typing import ClassVar

from tt_emulator.faults.client import Misbehaviour


class Never(Misbehaviour, frozen=True, kw_only=True):
    """The game waits for ever."""

    name: ClassVar[str] = "never"
    title: ClassVar[str] = "No callback, ever"
    symptom: ClassVar[str] = "as some devices do"

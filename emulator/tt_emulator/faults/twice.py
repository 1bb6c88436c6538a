"""Have the game's callbacks called twice."""

from typing import ClassVar

from tt_emulator.faults.client import Misbehaviour


class Twice(Misbehaviour, frozen=True, kw_only=True):
    """They come as they should, and then once more."""

    name: ClassVar[str] = "twice"
    title: ClassVar[str] = "Callbacks come twice"
    symptom: ClassVar[str] = "as some devices do"

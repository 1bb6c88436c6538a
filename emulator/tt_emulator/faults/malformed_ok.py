"""Have `success` called with an object that has not the documented form."""

from typing import ClassVar

from tt_emulator.faults.client import Misbehaviour


class MalformedOk(Misbehaviour, frozen=True, kw_only=True):
    """A success without its data."""

    name: ClassVar[str] = "malformed_ok"
    title: ClassVar[str] = "success with a malformed object"
    symptom: ClassVar[str] = "as some devices do"

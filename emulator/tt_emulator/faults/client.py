"""Misbehaviour of the platform's runtime that real games have met; `tt.js` carries it out."""

from collections.abc import Iterable
from typing import ClassVar, Literal, Self, get_args

from msgspec.structs import replace

from tt_emulator.catalog import Catalog
from tt_emulator.domain.model import Send, Step
from tt_emulator.domain.reading import nearest
from tt_emulator.errors import Flaw
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.strike import Strike, reachable

Misbehaviour = Literal["twice", "throw", "malformed_ok", "never"]


class Client(Strike, frozen=True, kw_only=True):
    """The answer, and beside it the word for what the runtime does with it."""

    family: ClassVar[str] = "client"

    misbehaviour: str

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """The strike for `client`."""
        known = list(get_args(Misbehaviour))
        if spec.client is None or spec.client not in known:
            told = f"unknown client fault {spec.client!r}; {nearest(spec.client, known)}"
            return Flaw("/client", told)
        return cls(apis=reachable(spec, catalog), misbehaviour=spec.client)

    def deliver(self, send: Send) -> Iterable[Step]:
        """The answer with the word."""
        return (replace(send, client=self.misbehaviour),)

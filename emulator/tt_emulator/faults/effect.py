"""What a fault does to a call it strikes: the base of the kinds, which say only what is special."""

from collections.abc import Iterable
from typing import ClassVar, Self

from msgspec import Struct

from tt_emulator.catalog import Catalog
from tt_emulator.domain.model import Call, Reply, Send, Step
from tt_emulator.domain.replies import Replies
from tt_emulator.errors import Flaw
from tt_emulator.faults.spec import FaultSpec, wanted_apis

ANSWERS_ITSELF = "a proxy answers in its place, mostly with 502"
"""Of an answer that does not come."""

UNDOCUMENTED = "undocumented"
"""How a call ended that failed by no row of the catalog, since somebody wrote the reply."""


class FaultEffect(Struct, frozen=True, kw_only=True):
    """The effect of one kind of fault. `apis` are those that it can strike."""

    apis: frozenset[str]

    family: ClassVar[str]
    """The field of a fault that asks for the kind."""
    name: ClassVar[str] = ""
    """The field's value, in a family with one kind a value."""
    title: ClassVar[str]
    """What it does, for people: English, whose Chinese stands in `zh.toml`."""
    symptom: ClassVar[str]
    """What the game sees of it, for people, as the end of a line."""
    fields: ClassVar[frozenset[str]] = frozenset()
    """Fields of a fault that only some kinds read."""
    on_socket: ClassVar[bool] = False
    """Whether it needs a server that lets it act on the socket."""
    decides: ClassVar[bool] = True
    """Whether the search for a fault ends with it."""
    lossy: ClassVar[bool] = False
    """Whether the game does not get the reply as it is."""
    through_proxy: ClassVar[str] = ""
    """What a proxy on the way makes of it, where the game does not meet it as it is."""
    harmless: ClassVar[bool] = False
    """Whether it lets the call through as if nothing had struck."""
    undocumented: ClassVar[bool] = False
    """Whether the game gets what no page lists: it is marked so wherever it is shown, and is no
    part of what a world says of documented failures.
    """

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """The effect that the fault asks for, or what is wrong with it."""
        return cls(apis=reachable(spec, catalog))

    @classmethod
    def takes(cls, spec: FaultSpec) -> frozenset[str]:
        """Those of the fields that only some kinds read, for what the fault asks for."""
        return cls.fields

    def pick(self, used: int) -> "FaultEffect":
        """The effect on the call that comes after `used` others."""
        return self

    def reply(self, call: Call, honest: Reply, replies: Replies) -> Reply:
        """What the game gets instead of `honest` (a bare success where the service never acted), in
        the shape of `replies`.
        """
        return honest

    def deliver(self, send: Send) -> Iterable[Step]:
        """The steps in which the answer leaves, or does not."""
        return (send,)


def reachable(spec: FaultSpec, catalog: Catalog) -> frozenset[str]:
    """The APIs that the fault names, or else all that it can strike."""
    return frozenset(wanted_apis(spec) or catalog.struck)

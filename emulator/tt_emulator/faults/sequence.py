"""One thing after another: errors, wire faults and `ok`, one a call."""

from functools import reduce
from typing import ClassVar, Self

from msgspec.structs import replace

from tt_emulator.catalog import Catalog
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import FaultEffect, reachable
from tt_emulator.faults.error import Error
from tt_emulator.faults.spec import FaultSpec


class Pass(FaultEffect, frozen=True, kw_only=True):
    """The item `ok`: the call goes through, and no later fault strikes it."""

    family: ClassVar[str] = "sequence"
    harmless: ClassVar[bool] = True


class Sequence(FaultEffect, frozen=True, kw_only=True):
    """The effects in their order; it is over with the last, or begins again."""

    family: ClassVar[str] = "sequence"
    title: ClassVar[str] = "One thing after another"
    symptom: ClassVar[str] = "each call of the game meets the next item"
    wires: ClassVar[dict[str, type[FaultEffect]]] = {}
    """The wire faults by name, set by `kinds.py`."""

    items: tuple[FaultEffect, ...]
    loop: bool = False

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """The sequence; a flaw for its first item that cannot be."""
        items: list[FaultEffect] = []
        unread: Flaw | None = None
        for index, item in enumerate(spec.sequence or []):
            built = cls._item(item, spec, catalog)
            if isinstance(built, Flaw) and built.pointer == "/detail":  # of another item, perhaps
                unread = unread or built
                built = cls._item(item, replace(spec, detail=None), catalog)
            if isinstance(built, Flaw):
                return Flaw(f"/sequence/{index}", built.detail)
            items.append(built)
        if unread is not None and not any(_detail_of(item) for item in items):
            return unread
        apis = reduce(frozenset.__and__, (item.apis for item in items), reachable(spec, catalog))
        if not items:
            return Flaw("/sequence", "an empty sequence does nothing")
        if spec.times is not None and all(item.harmless for item in items):
            return Flaw("/times", "a sequence of ok alone never strikes; leave times out")
        if not apis:
            return Flaw("/sequence", "no API documents every error of the sequence")
        return cls(apis=apis, items=tuple(items), loop=bool(spec.loop))

    @classmethod
    def takes(cls, spec: FaultSpec) -> frozenset[str]:
        """Those that its items read, and its own."""
        kinds = [cls.wires.get(str(item), Error) for item in spec.sequence or [] if item != "ok"]
        return frozenset({"loop"}).union(*(kind.fields for kind in kinds))

    @classmethod
    def _item(cls, item: int | str, spec: FaultSpec, catalog: Catalog) -> FaultEffect | Flaw:
        if item == "ok":
            return Pass(apis=reachable(spec, catalog))
        if item in cls.wires:
            return cls.wires[str(item)].build(replace(spec, wire=str(item)), catalog)
        return Error.build(replace(spec, error=item), catalog)

    def pick(self, used: int) -> FaultEffect:
        """The item whose turn it is."""
        return self.items[used % len(self.items)]


def _detail_of(effect: FaultEffect) -> str | None:
    return effect.detail if isinstance(effect, Error) else None

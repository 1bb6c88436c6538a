"""A fault on duty: when it matches, and the count of what it did."""

import re
from fnmatch import translate
from typing import Any

import msgspec

from emulator.catalog import Catalog
from emulator.domain.clock import iso
from emulator.domain.model import Call
from emulator.errors import Flaw
from emulator.faults.kinds import KINDS, Strike
from emulator.faults.spec import FaultSpec, nearest, wanted_apis


class Armed:
    """One armed fault. Its counters change under the desk's lock only."""

    def __init__(self, fault_id: str, spec: FaultSpec, strike: Strike, armed_at_ms: int) -> None:
        self.id = fault_id
        self.spec = spec
        self.strike = strike
        self.matched = 0
        self.hits = 0
        self._armed_at_ms = armed_at_ms
        self._key = re.compile(translate(spec.key)).match if spec.key is not None else None

    def matches(self, call: Call) -> bool:
        """Whether every clause of the fault holds for the call."""
        spec = self.spec
        return (
            call.api.name in self.strike.apis
            and (spec.player is None or spec.player == call.player)
            and (self._key is None or any(map(self._key, call.keys())))
        )

    def strikes(self) -> bool:
        """Count one matching call; whether the fault strikes it or is skipping or spent."""
        self.matched += 1
        if self.matched <= self.spec.skip or self.remaining == 0:
            return False
        self.hits += 1
        return True

    @property
    def remaining(self) -> int | None:
        """Strikes left, `None` for no end."""
        return None if self.spec.times is None else self.spec.times - self.hits

    def view(self) -> dict[str, Any]:
        """The fault as the control API shows it."""
        return {
            "id": self.id,
            **msgspec.to_builtins(self.spec),
            "armed_at": iso(self._armed_at_ms),
            "hits": self.hits,
            "remaining": self.remaining,
            "completed": self.remaining == 0,
        }


def prepare(spec: FaultSpec, catalog: Catalog) -> Strike | Flaw:
    """What the fault will do, or why it could never do it."""
    callable_apis = [api.name for api in catalog.apis.values() if api.kind == "async"]
    for name in wanted_apis(spec):
        if name not in catalog.apis:
            return Flaw("/api", f"unknown API {name!r}; {nearest(name, callable_apis)}")
        if name not in callable_apis:
            return Flaw("/api", f"{name} is answered in the page, no fault can reach it")
    built = _build(spec, catalog)
    if not isinstance(built, Flaw) and spec.key is not None and not built.apis & _keyed(catalog):
        return Flaw("/key", "no API that the fault can strike names keys")
    return built


def _build(spec: FaultSpec, catalog: Catalog) -> Strike | Flaw:
    for kind in KINDS:
        built: Strike | Flaw | None = kind.build(spec, catalog)
        if built is not None:
            return built
    raise AssertionError("the last kind takes every fault")


def _keyed(catalog: Catalog) -> set[str]:
    types = {"array<KVData>", "array<string>"}
    return {api.name for api in catalog.apis.values() if any(p.type in types for p in api.params)}

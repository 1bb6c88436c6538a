"""From what people write to a fault that can strike, or why it never could."""

from typing import Any

from tt_emulator.catalog import Api, Catalog
from tt_emulator.domain.reading import unknown_api
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.kinds import build
from tt_emulator.faults.spec import FaultSpec, read, wanted_apis

Prepared = tuple[FaultSpec, FaultEffect]


def prepared(item: Any, catalog: Catalog, *, on_socket: bool) -> Prepared | Flaw:
    """The fault that the JSON value describes, or what is wrong with it and where."""
    spec = read(item)
    if isinstance(spec, Flaw):
        return spec
    effect = prepare(spec, catalog, on_socket=on_socket)
    return effect if isinstance(effect, Flaw) else (spec, effect)


def all_prepared(
    raw: Any, catalog: Catalog, *, on_socket: bool
) -> tuple[list[Prepared], list[Flaw]]:
    """As `prepared`, of one fault or a list of them: those that can be armed, and all flaws."""
    good: list[Prepared] = []
    flaws: list[Flaw] = []
    for index, item in enumerate(raw if isinstance(raw, list) else [raw]):
        found = prepared(item, catalog, on_socket=on_socket)
        if isinstance(found, Flaw):
            prefix = f"/{index}" if isinstance(raw, list) else ""
            flaws.append(Flaw(prefix + found.pointer, found.detail))
        else:
            good.append(found)
    return good, flaws


def prepare(spec: FaultSpec, catalog: Catalog, *, on_socket: bool) -> FaultEffect | Flaw:
    """What the fault will do, or why it could never do it."""
    for name in wanted_apis(spec):
        if name in catalog.apis and name not in catalog.struck:
            return Flaw("/api", f"{name} is answered in the page, no fault can reach it")
        if unknown := unknown_api(name, catalog.struck):
            return Flaw("/api", unknown)
    effect = build(spec, catalog, on_socket=on_socket)
    if isinstance(effect, Flaw):
        return effect
    return _unmet(spec, [catalog.apis[name] for name in effect.apis]) or effect


def _unmet(spec: FaultSpec, apis: list[Api]) -> Flaw | None:
    """A clause that holds for no call of the APIs that the fault can strike."""
    keyed = [api for api in apis if spec.key is None or _names_keys(api)]
    if not keyed:
        return Flaw("/key", "no API that the fault can strike names keys")
    if spec.domain is None or any(spec.domain in api.domains for api in keyed):
        return None
    names_keys = "names keys and " if any(spec.domain in api.domains for api in apis) else ""
    return Flaw("/domain", f"no API it can strike {names_keys}exists in the {spec.domain} domain")


def _names_keys(api: Api) -> bool:
    return any(
        param.type in {"array<KVData>", "array<string>"} or param.name == "key"
        for param in api.params
    )

"""Scenarios as a world has them: those that come with the emulator, and what was armed in it, saved
under names.
"""

from typing import Any

from msgspec import UNSET
from msgspec.json import decode

from tt_emulator import shipped
from tt_emulator.domain.reading import nearest, refusal
from tt_emulator.errors import BadRequest, Flaw, NotFound, Unprocessable
from tt_emulator.faults import scenario
from tt_emulator.faults.registry import MAX_FAULTS
from tt_emulator.faults.scenario import ListedScenario, Scenario
from tt_emulator.world.kept_name import kept_name, rule
from tt_emulator.world.world import World


def listed(world: World | None, platform: str) -> list[ListedScenario]:
    """The scenarios of the platform that come with the emulator, and then the own ones of the
    world, which is of it, each sorted by name.
    """
    own = _own(world) if world is not None else {}
    come = scenario.all_shipped().items()
    return [
        *(scenario.listed(name, found) for name, found in come if found.platform == platform),
        *(scenario.listed(name, found, saved=True) for name, found in own.items()),
    ]


def find(world: World, name: str) -> Scenario:
    """The scenario of that name. Raises `BadRequest` for a bad one, `NotFound`, `StorageError`."""
    name = _checked(name)
    come = scenario.all_shipped()
    if name in come:
        return come[name]
    text = world.store.scenarios.get(name)
    if text is None:
        known = [*come, *world.store.scenarios.names()]
        raise NotFound(f"The world {world.name!r} has no scenario {name!r}.", nearest(name, known))
    return decode(text, type=Scenario)


def save(world: World, name: str, raw: Any = UNSET) -> Scenario:
    """Keep what is armed, or the scenario that the JSON value `raw` describes, in the place of an
    older one of that name; what is kept.

    Raises `BadRequest` for a bad name, `Unprocessable` for a shipped one's and for what cannot be
    armed here, `StorageError`, `WorldDropped`.
    """
    name = _own_name(name)
    if raw is UNSET:
        wanted = Scenario(platform=world.platform_name, name=name, faults=world.faults.specs())
    else:
        wanted = _armable(world, raw)
    if not wanted.faults:
        raise Unprocessable(
            "There is no fault to save.",
            "Arm what the scenario is to have, or send a scenario with faults.",
        )
    world.store.scenarios.put(name, scenario.text(wanted))
    return wanted


def delete(world: World, name: str) -> None:
    """Forget the saved scenario; no error if there is none. Raises as `save`."""
    world.store.scenarios.delete(_own_name(name))


def _own(world: World) -> dict[str, Scenario]:
    kept = world.store.scenarios
    texts = {name: kept.get(name) for name in kept.names()}
    return {name: decode(text, type=Scenario) for name, text in texts.items() if text is not None}


def _own_name(name: str) -> str:
    name = _checked(name)
    if name in shipped.files("scenarios"):
        raise Unprocessable(
            f"The scenario {name!r} comes with the emulator and stays as it is.",
            "Take another name.",
        )
    return name


def _checked(name: str) -> str:
    kept = kept_name(name)
    if kept is None:
        raise BadRequest(f"{name[:80]!r} is no scenario name.", rule())
    return kept


def _armable(world: World, raw: Any) -> Scenario:
    found = scenario.read(raw, world.platform_name)
    if isinstance(found, Flaw):
        raise refusal([found], _UNSAVED)
    if flaw := scenario.foreign(found, world.platform_name):
        raise refusal([flaw], _UNSAVED)
    if len(found.faults) > MAX_FAULTS:
        raise Unprocessable(f"A world holds at most {MAX_FAULTS} faults.", _UNSAVED)
    flaws = [
        Flaw(f"/faults/{index}{flaw.pointer}", flaw.detail)
        for index, fault in enumerate(found.faults)
        if (flaw := world.faults.flaw_of(fault)) is not None
    ]
    if flaws:
        raise refusal(flaws, _UNSAVED)
    return found


_UNSAVED = "Nothing was saved; docs/faults.md tells what a scenario holds."

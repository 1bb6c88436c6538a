"""Scenario files: a list of faults under a name that people say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, json
from msgspec.structs import replace

from tt_emulator import shipped, strict_json
from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain import reading
from tt_emulator.errors import Flaw, SettingsError, Unprocessable
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.views import Fault
from tt_emulator.faults.words import Words
from tt_emulator.language.quoting import cut

_KIND: Final = "scenarios"
_FORM = 'It holds {"name": …, "description": …, "faults": […]}; see docs/faults.md.'


_ACCOUNT = frozenset(Fault.__struct_fields__) - frozenset(FaultSpec.__struct_fields__)


class Scenario(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What a scenario file says. What each fault says is checked where it is armed.

    Its faults are those of worlds of the `platform`.
    """

    platform: str = DEFAULT_PLATFORM
    name: Words | str = ""
    description: Words | str = ""
    faults: list[dict[str, Any]]


class ListedScenario(Struct, frozen=True, forbid_unknown_fields=True):
    """A scenario as the control API lists it. `file` is its name in addresses and on the command
    line; `saved` tells that it is the world's own, and did not come with the emulator.
    """

    file: str
    platform: str
    name: Words
    description: Words
    faults: list[dict[str, Any]]
    saved: bool


def load(path: Path, platform: str = DEFAULT_PLATFORM) -> Scenario:
    """The scenario in the file, or the shipped one of that name. Raises `SettingsError`.

    A bare list of faults will do, which is of that platform, and armed ones as they are shown.
    """
    try:
        text = shipped.located(_KIND, path).read_bytes()
        raw = strict_json.read(text.removeprefix(strict_json.BOM))
    except FileNotFoundError as error:
        raise _flawed(path, error.strerror or str(error), shipped.offer(_KIND)) from error
    except OSError as error:
        raise _flawed(path, error.strerror or str(error)) from error
    except strict_json.NotJson as error:
        raise _flawed(path, f"it is not JSON in UTF-8: {error}") from error
    scenario = read(_without_mark(raw), platform)
    if isinstance(scenario, Flaw):
        raise _flawed(path, f"{scenario.pointer}: {scenario.detail}".removeprefix(": "))
    return scenario


def fitting(path: Path, platform: str) -> Scenario:
    """As `load`. Raises `SettingsError` also for a scenario of another platform."""
    scenario = load(path, platform)
    if flaw := foreign(scenario, platform):
        raise _flawed(path, f"{flaw.pointer} {flaw.detail}")
    return scenario


def read(raw: Any, platform: str = DEFAULT_PLATFORM) -> Scenario | Flaw:
    """The scenario that the JSON value describes, or what is wrong with it and where.

    A bare list of faults will do, which is of that platform, and armed ones as they are shown.
    """
    if isinstance(raw, list):
        raw = {"platform": platform, "faults": raw}
    scenario = reading.read(raw, Scenario)
    if isinstance(scenario, Flaw):
        return scenario
    return replace(scenario, faults=[_as_asked_for(fault) for fault in scenario.faults])


def text(scenario: Scenario) -> bytes:
    """The scenario as a file, made for reading."""
    return json.format(json.encode(scenario), indent=2) + b"\n"


def _without_mark(raw: Any) -> Any:
    """What a file says without that by which a server knows its own."""
    if not isinstance(raw, dict):
        return raw
    return {name: value for name, value in raw.items() if name != "scenario"}


def _as_asked_for(fault: dict[str, Any]) -> dict[str, Any]:
    """A fault without its account, and without the certainty that is shown of each, a sequence
    included; what has no id is as somebody wrote it, and stays so.
    """
    if "id" not in fault:
        return fault
    certain = {"probability"} if fault.get("probability") == 1 else set()
    return {name: value for name, value in fault.items() if name not in _ACCOUNT | certain}


def words(text: Words | str) -> Words:
    """The text in both languages; a plain one is the same in both."""
    return Words(text, text) if isinstance(text, str) else text


def all_shipped() -> dict[str, Scenario]:
    """The scenarios that come with the emulator, by the names of their files."""
    return {path.stem: load(path) for path in shipped.files(_KIND).values()}


def listed(file: str, scenario: Scenario, *, saved: bool = False) -> ListedScenario:
    """The scenario as it is listed; one without a name has that of its file."""
    name, description = words(scenario.name or file), words(scenario.description)
    return ListedScenario(file, scenario.platform, name, description, scenario.faults, saved)


def foreign(scenario: Scenario, platform: str) -> Flaw | None:
    """What is wrong with arming the scenario in a world of that platform."""
    if scenario.platform == platform:
        return None
    return Flaw("/platform", f"is {cut(scenario.platform)!r}, the world is of {platform!r}")


def arm(path: Path, platform: str, ensure: Callable[[list[dict[str, Any]]], object]) -> int:
    """Hand the file's faults to `ensure`, which arms them in a world of that platform; how many
    they are. Raises `SettingsError`, also for what that refuses.
    """
    try:
        faults = fitting(path, platform).faults
        ensure(faults)
        return len(faults)
    except Unprocessable as error:
        raise _flawed(path, error.detail.rstrip(".")) from error


def _flawed(path: Path, flaw: str, hint: str = _FORM) -> SettingsError:
    return SettingsError(f"The scenario file {path} cannot be used: {flaw}.", hint)

"""Whether a call's API exists for who calls it: a game could not have called one that does not."""

from tt_emulator.domain.model import Call
from tt_emulator.errors import EmulatorError, NotOffered, WrongDomain
from tt_emulator.world.world import World


def require_presence(world: World, call: Call) -> None:
    """Raise `WrongDomain` or `NotOffered` for a call of what does not exist there."""
    if call.domain not in call.api.domains or call.api.name in world.platform.where_set:
        _require_domain(world, call)
    settings = world.settings
    if settings.unsupported_are_absent and call.api.name in settings.host.unsupported:
        error = NotOffered(
            f"{world.platform.global_name}.{call.api.name} does not exist: the host is set not to"
            " offer it.",
            "Take it out of host.unsupported of the settings.",
        )
        raise _recorded(world, call, error)


def _require_domain(world: World, call: Call) -> None:
    setting = None
    if by_domain := world.platform.where_set.get(call.api.name):
        name = by_domain.get(call.domain)
        setting = None if name is None or getattr(world.settings, name) else name
    if setting is not None or call.domain not in call.api.domains:
        error = WrongDomain(
            f"{world.platform.global_name}.{call.api.name} does not exist in the"
            f" {call.domain} domain.",
            _where("open" if call.domain == "main" else "main", call.domain, setting),
        )
        raise _recorded(world, call, error)


def _recorded(world: World, call: Call, error: EmulatorError) -> EmulatorError:
    world.faults.record_failed(call.api.name, call.player, call.domain, error.code)
    return error


def _where(other: str, domain: str, setting: str | None) -> str:
    hint = f"Call it from the {other} domain, over HTTP with X-Emulator-Domain: {other}"
    return f"{hint}; or let {domain} have it, by the setting {setting}." if setting else hint

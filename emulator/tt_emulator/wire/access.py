"""As whom a request comes: what of the worlds its token reaches, and whose limits it counts for."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tt_emulator.config import DEFAULT_WORLD
from tt_emulator.domain.model import Call
from tt_emulator.engine import Engine
from tt_emulator.errors import EmulatorError, TooManyCalls
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.keys import ADMINISTRATOR
from tt_emulator.world import NoWorlds, TeamWorlds, Worlds
from tt_emulator.world.teams import NOBODY, Tenant

ReadCall = Callable[[Any, str | None, bytes], Call]
"""From a target, the id in a header, and the body."""


class Access(Struct, frozen=True, eq=False):
    """The engine of one holder of a token, of a team or, where `tenant` is `None`, of who counts
    for none.
    """

    engine: Engine
    tenant: Tenant | None = None

    def reading(self, read: ReadCall) -> ReadCall:
        """`read`, of a team such that it counts as a request, and raises `TooManyCalls` as well."""
        return read if self.tenant is None else partial(_counted, self.tenant, read)

    def refusal(self, error: EmulatorError) -> EmulatorError:
        """With what to refuse a request that is refused for `error`: it counts all the same."""
        try:
            self.take_call()
        except TooManyCalls as over:
            return over
        return error

    def take_call(self) -> None:
        """Count a request. Raises `TooManyCalls`."""
        if self.tenant is not None:
            self.tenant.quota.take_call()


def _counted(tenant: Tenant, read: ReadCall, target: Any, call_id: str | None, body: bytes) -> Call:
    tenant.quota.take_call()
    call = read(target, call_id, body)
    if call.world != DEFAULT_WORLD:
        return call
    return replace(call, world=tenant.team.default_world)  # as who lists all calls must know it


class Accesses:
    """The accesses to one server. Those of `teams` are by their names; `nobody` is that of who
    shows no token where one is asked for.
    """

    def __init__(
        self,
        guard: Guard,
        administrator: Access,
        teams: Mapping[str, Access] | None = None,
        nobody: Access | None = None,
    ) -> None:
        self._keys = guard.keys
        self._by_name = {ADMINISTRATOR: administrator, **(teams or {})}
        self._nobody = nobody or administrator
        self.has_teams = self._keys.has_teams
        self.administrator = administrator

    def of(self, authorization: str | None) -> Access:
        """That of a request with this header."""
        if not self.has_teams:
            return self.administrator
        holder = self._keys.holder(authorization)
        return self._nobody if holder is None else self._by_name[holder]


def alone(engine: Engine, guard: Guard) -> Accesses:
    """Those to a server that is no team's: everybody has the same engine."""
    return Accesses(guard, Access(engine))


def shared(engine: Engine, worlds: Worlds, guard: Guard) -> Accesses:
    """Those to a server of teams: each has an engine that reaches its own worlds, and no other."""
    teams = {
        tenant.team.name: Access(engine.over(TeamWorlds(worlds, tenant)), tenant)
        for tenant in worlds.tenants()
    }
    return Accesses(
        guard, Access(engine), teams, Access(engine.over(NoWorlds(worlds, Tenant(NOBODY))))
    )

"""As whom a request comes: what of the worlds its token reaches, and whose limits it counts for."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from tt_emulator.domain.model import Call
from tt_emulator.engine import Engine
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.keys import ADMINISTRATOR
from tt_emulator.world import NoWorlds, TeamWorlds, Worlds
from tt_emulator.world.quota import Quota

ReadCall = Callable[[Any, str | None, bytes], Call]
"""From a target, the id in a header, and the body."""


class Access(Struct, frozen=True, eq=False):
    """The engine of one holder of a token; `quota` counts requests, `None` where nobody does."""

    engine: Engine
    quota: Quota | None = None

    def reading(self, read: ReadCall) -> ReadCall:
        """`read`, which counts as a request. It raises `TooManyCalls` as well then."""
        quota = self.quota
        if quota is None:
            return read

        def counted(target: Any, call_id: str | None, body: bytes) -> Call:
            quota.take_call()
            return read(target, call_id, body)

        return counted


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
        tenant.team.name: Access(engine.over(TeamWorlds(worlds, tenant)), tenant.quota)
        for tenant in worlds.tenants()
    }
    return Accesses(guard, Access(engine), teams, Access(engine.over(NoWorlds(worlds))))

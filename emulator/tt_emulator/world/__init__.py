"""Worlds: everything that one test, tester or branch sees, and no other."""

from tt_emulator.world.reachable import Reachable
from tt_emulator.world.registry import MAX_WORLDS, Worlds
from tt_emulator.world.team_worlds import NoWorlds, TeamWorlds
from tt_emulator.world.world import SCOPES, World

__all__ = ["MAX_WORLDS", "SCOPES", "NoWorlds", "Reachable", "TeamWorlds", "World", "Worlds"]

"""Worlds: everything that one test, tester or branch sees, and no other."""

from emulator.world.registry import MAX_WORLDS, Worlds
from emulator.world.world import SCOPES, World

__all__ = ["MAX_WORLDS", "SCOPES", "World", "Worlds"]

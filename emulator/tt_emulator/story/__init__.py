"""A story: what happened in a world, as one document that another server can play again."""

from tt_emulator.story.met import state_of
from tt_emulator.story.replay import replay
from tt_emulator.story.told import told

__all__ = ["replay", "state_of", "told"]

"""All boards of a world."""

from tt_emulator.domain import conditions
from tt_emulator.domain.boards import Boards
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.store import WorldStore
from tt_emulator.platforms.platform import Platform


def boards(store: WorldStore, settings: WorldSettings, platform: Platform) -> Boards:
    """The boards of the players in `store`, nobody on them until somebody asks."""
    states = conditions.player_states(settings.new_player_session, platform.failing_states)
    return Boards(store, {**platform.boards(settings), conditions.FAMILY: states})

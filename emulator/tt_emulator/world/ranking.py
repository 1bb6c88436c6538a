"""All boards of a world."""

from tt_emulator.domain import conditions, im_rank, relations
from tt_emulator.domain.boards import Boards
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.store import WorldStore


def boards(store: WorldStore, settings: WorldSettings) -> Boards:
    """The boards of the players in `store`, nobody on them until somebody asks."""
    rules = {
        "group": relations.group_boards(settings.ranking_keys),
        "im": im_rank.BOARDS,
        "everybody": relations.EVERYBODYS_BOARD,
        conditions.FAMILY: conditions.player_states(settings.new_player_session),
    }
    return Boards(store, rules)

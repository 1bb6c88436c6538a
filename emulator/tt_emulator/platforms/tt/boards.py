"""The families of boards on which players stand by what they wrote."""

from collections.abc import Mapping

from tt_emulator.domain.boards import Rule
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.platforms.tt import im_rank, relations


def families(settings: WorldSettings) -> Mapping[str, Rule]:
    """The families in a world of these settings, nobody on their boards until somebody asks."""
    return {
        "group": relations.group_boards(settings.ranking_keys),
        "im": im_rank.BOARDS,
        "everybody": relations.EVERYBODYS_BOARD,
    }

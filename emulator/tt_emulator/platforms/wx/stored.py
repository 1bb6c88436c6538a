"""What a stored player may hold, by the rules of the wire."""

from tt_emulator.domain.pruning import pruned, taken_out
from tt_emulator.domain.record import Record
from tt_emulator.platforms import pairs, profiles
from tt_emulator.platforms.wx.pages import load
from tt_emulator.platforms.wx.players import SAVE
from tt_emulator.platforms.wx.profile import Profile, flaws


def judge(openid: str, record: Record) -> list[str]:
    """Take out of the record what it may not hold, and tell of each. Raises `ValueError` for a
    player who cannot be, or whose pairs no game could have written.
    """
    profiles.check_stored(openid)
    pairs.check_stored(load().apis[SAVE], record.pairs)
    if not record.profile:
        return []
    shaped = list(pruned(record.profile, Profile))
    return shaped + [taken_out(record.profile, flaw) for flaw in list(flaws(record.profile))]

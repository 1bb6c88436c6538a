"""What the runtime needs to know of a player's phone: as any, and what of the player it asks."""

from tt_emulator.domain.clock import Timestamp
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.platforms.device import phone
from tt_emulator.platforms.wx.groups import share_ticket
from tt_emulator.platforms.wx.players import Player
from tt_emulator.platforms.wx.privacy import Privacy
from tt_emulator.platforms.wx.scopes import Answer


class State(phone.State, frozen=True):
    """Host, device and network, the settings that the runtime goes by, what the player has let the
    game know, and how the game was launched. After a refusal of privacy its window comes again at
    `asks_again_at`, in the world's time.
    """

    scopes: dict[str, Answer]
    privacy: Privacy
    asks_again_at: Timestamp | None
    launched_from: str | None
    share_ticket: str | None
    shared_by: str | None


def state(settings: WorldSettings, player: Player) -> State:
    """The state now."""
    group = player.launched_from
    return State(
        **phone.fields(settings, online=player.network == "online"),
        scopes=player.scopes,
        privacy=player.privacy,
        asks_again_at=player.privacy_asks_again_at,
        launched_from=group,
        share_ticket=None if group is None else share_ticket(group),
        shared_by=player.shared_by,
    )

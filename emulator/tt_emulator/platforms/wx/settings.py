"""What a world of the platform is set to, where nobody has set anything."""

from typing import ClassVar

from msgspec import field

from tt_emulator.domain import settings
from tt_emulator.domain.settings import Line, Version


class Host(settings.Host, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The app round the game. The library is the one of the family's newest member, so that
    `canIUse` knows them all. `unsupported` are APIs that the host does not offer: they are
    undefined.
    """

    appName: Line = "WeChat"  # noqa: N815  # the platform's spelling
    SDKVersion: Version = "3.16.2"


class WorldSettings(settings.WorldSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of one world.

    `ranking_keys`: the keys that the console has as ranking keys, each with its order;
    `strict_canvas`: drawing the shared canvas is refused where the platform refuses it;
    `shared_canvas_in_main`: the main domain has the global `sharedCanvas`;
    `screen_sized_canvas`: a new canvas is as large as the screen, else 300 × 150;
    `new_player_session`: what a player starts with; `fail_object`: all documented fields of a
    failure, or `errMsg` alone; `game_panel`: pages of games may show a panel for testers, which
    arms faults for their own player. `own_data_in_main` and `two_way_messages` are always false.
    """

    # own data stay in the open domain, and nothing posts out of it: on all pages that were read
    unused: ClassVar[frozenset[str]] = frozenset({"own_data_in_main", "two_way_messages"})
    # how a host that lacks an API would answer a call of it, no page tells
    unsupported_are_absent: ClassVar[bool] = True

    host: Host = field(default_factory=Host)
    own_data_in_main: bool = False

"""Douyin mini games: `tt.*`."""

from typing import Any

from tt_emulator.platforms import PLATFORMS
from tt_emulator.platforms.device.phone import Connection, State, state
from tt_emulator.platforms.platform import Panel, Phone, Platform, Wrong
from tt_emulator.platforms.profiles import KVData
from tt_emulator.platforms.tt import backend, document, players, replies, stored
from tt_emulator.platforms.tt.boards import families
from tt_emulator.platforms.tt.im_rank import panel
from tt_emulator.platforms.tt.login import require_state
from tt_emulator.platforms.tt.others import others
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.player_fields import FIELDS
from tt_emulator.platforms.tt.services import OUTWARD, SERVICES
from tt_emulator.platforms.tt.switches import SWITCHES

PLATFORM = Platform(
    identity=PLATFORMS["tt"],
    catalog=load(),
    services=SERVICES,
    backend=backend.SERVICES,
    replies=replies,
    require_state=require_state,
    outward=OUTWARD,
    players=players,
    document=document,
    boards=families,
    judge_stored=stored.judge,
    others=others,
    phone=Phone(State, state, {"network": Connection}),
    wrong={
        "bad-secret": Wrong("secret"),
        "wrong-parameter": Wrong("secret"),  # of stable tokens
        "bad-code": Wrong("code"),
        "bad-anonymous-code": Wrong("anonymous_code"),
        "bad-token": Wrong("access_token"),
        "bad-signature": Wrong("signature"),
    },
    where_set={"getUserCloudStorage": {"main": "own_data_in_main"}},
    panels={
        "getImRankList": Panel(
            panel,
            {"boards": [dict[str, Any]]},
            "A board for each relation asked for.",
            {"zoneId": "default"},
        )
    },
    shapes={
        "array<KVData>": ([KVData], [{"key": "score", "value": "1"}]),
        "KVDataList": ([KVData], []),
        "networkType": (str, ""),
    },
    switches=SWITCHES,
    player_fields=FIELDS,
)

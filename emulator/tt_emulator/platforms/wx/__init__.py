"""WeChat mini games: `wx.*`."""

from tt_emulator.platforms import PLATFORMS, replies
from tt_emulator.platforms.device.phone import Connection
from tt_emulator.platforms.platform import Consent, Phone, Platform, Wrong
from tt_emulator.platforms.profiles import KVData
from tt_emulator.platforms.wx import (
    backend,
    consent,
    document,
    groups,
    players,
    settings,
    stored,
)
from tt_emulator.platforms.wx.needs import require_state
from tt_emulator.platforms.wx.others import others
from tt_emulator.platforms.wx.pages import load
from tt_emulator.platforms.wx.phone import State, state
from tt_emulator.platforms.wx.player_fields import FIELDS
from tt_emulator.platforms.wx.services import OUTWARD, SERVICES
from tt_emulator.platforms.wx.switches import SWITCHES

PLATFORM = Platform(
    identity=PLATFORMS["wx"],
    catalog=load(),
    services=SERVICES,
    backend=backend.SERVICES,
    replies=replies,
    require_state=require_state,
    outward=OUTWARD,
    players=players,
    document=document,
    boards=lambda settings: {groups.FAMILY: groups.BOARDS},
    judge_stored=stored.judge,
    others=others,
    consent=Consent(consent.Consent, consent.consent, consent.EXAMPLE),
    settings=settings.WorldSettings,
    wrong={
        "bad-appid": Wrong("secret"),
        "invalid-code": Wrong("js_code"),
        "code-used": Wrong("js_code", used=True),
        "bad-signature": Wrong("signature"),
    },
    phone=Phone(State, state, {"network": Connection}),
    shapes={
        "array<KVData>": ([KVData], [{"key": "score", "value": "1"}]),
        "KVDataList": ([KVData], []),
        "networkType": (str, ""),
    },
    switches=SWITCHES,
    player_fields=FIELDS,
)

"""What each control route takes and gives, one line a route.

Tests hold the lines to the routes of the app and to their answers.
"""

from typing import Any, NamedTuple

from tt_emulator.catalog.views import Coverage, Limit, Row
from tt_emulator.domain.codes import LoginCode
from tt_emulator.domain.conditions import Conditions
from tt_emulator.domain.lifetime import LifetimeSetting
from tt_emulator.domain.world_clock import ClockMove, ClockView
from tt_emulator.faults.order import Order
from tt_emulator.faults.reference import FaultKind
from tt_emulator.faults.scenario import ListedScenario, Scenario
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.views import Fault
from tt_emulator.faults.words import Words
from tt_emulator.journal.match import Question
from tt_emulator.journal.views import Exchange, Verdict
from tt_emulator.platforms.player_fields import PlayerField
from tt_emulator.story.bundle import Bundle
from tt_emulator.story.replay import Outcome
from tt_emulator.wire.health import Health
from tt_emulator.wire.openapi.shapes import Json, Reset, unnamed
from tt_emulator.wire.play.pages import PlayView
from tt_emulator.world.expiry import LifetimeView
from tt_emulator.world.listing import WorldInBrief

_LISTED = unnamed(ListedScenario) | {"faults": [FaultSpec]}  # each is checked where it is armed
_ARMED = {"error": "network-unavailable", "api": "setUserCloudStorage", "times": 2}
_QUESTION = {"match": {"api": "setUserCloudStorage", "ok": True}, "count": {"min": 1}}
_WAITED = {**_QUESTION, "timeout_ms": 1000}
_PATCH = {"session": "expired", "KVDataList": [{"key": "score", "value": "1"}]}
_WORLD = {"schema": 1, "players": [{"openid": "alice", "KVDataList": _PATCH["KVDataList"]}]}

_PLATFORM = {
    **dict.fromkeys(("name", "prefix", "global_name", "message_field"), str),
    "code_fields": [str],
    "backend": [str],
}
_STORY = {
    "bundle": 1,
    "version": "0.1.0",
    "platform": "tt",
    "seed": 0,
    "world": {"schema": 1},
    "deeds": [],
}


class Route(NamedTuple):
    """A control route: it answers `gives` with `status`, or 204 where it gives nothing.

    `asks` are its parameters beside the world's and those of the path; `must_take` tells whether
    it wants a body at all costs.
    """

    summary: str
    gives: Any = None
    takes: Any = None
    example: Any = None
    status: int = 200
    asks: tuple[str, ...] = ()
    of_world: bool = True
    must_take: bool = True
    media_type: str = "application/json"
    refuses: tuple[int, ...] = ()


ROUTES = {
    "GET /health": Route("How the server is.", unnamed(Health), of_world=False),
    "GET /ready": Route(
        "Whether the server answers calls.", {"ready": bool}, of_world=False, refuses=(503,)
    ),
    "GET /metrics": Route(
        "What the server does, as Prometheus asks for it.",
        str,
        of_world=False,
        media_type="text/plain",
    ),
    "GET /openapi.json": Route(
        "This document, for the world's platform.", Json, asks=("platform",), refuses=(422,)
    ),
    "GET /v1/errors": Route(
        "What the documentation says can fail.",
        {"errors": [Row]},
        asks=("api", "platform"),
        refuses=(422,),
    ),
    "GET /v1/catalog": Route(
        "The platform, what a player of it is, its limits, errors in words, the kinds of faults.",
        {
            "platform": _PLATFORM,
            "platforms": [_PLATFORM],
            "player_fields": [PlayerField],
            "unused_settings": [str],
            "backend": [str],
            "limits": [Limit],
            "meanings": dict[str, Words],
            "fault_kinds": [FaultKind],
        },
        asks=("platform",),
    ),
    "GET /v1/scenarios": Route(
        "The scenarios that come with the emulator, and those that were saved in the world.",
        {"scenarios": [_LISTED]},
        asks=("platform",),
        refuses=(422,),
    ),
    "GET /v1/scenarios/{scenario}": Route("A scenario as a file.", Scenario),
    "PUT /v1/scenarios/{scenario}": Route(
        "Save what is armed, or the scenario that is sent.",
        Scenario,
        (Scenario, [FaultSpec]),
        {"faults": [_ARMED]},
        must_take=False,
    ),
    "DELETE /v1/scenarios/{scenario}": Route("Forget a saved scenario.", refuses=(422,)),
    "GET /v1/addresses": Route(
        "Where others reach the emulator, and this machine the game that is played.",
        {"urls": [str], "game_url": str | None},
        of_world=False,
    ),
    "GET /v1/qr": Route(
        "A text as a QR code, a line of 0 and 1 a row.",
        {"rows": [str]},
        asks=("text",),
        of_world=False,
        refuses=(422,),
    ),
    "GET /v1/faults": Route("The armed faults.", {"faults": [Fault]}),
    "POST /v1/faults": Route(
        "Arm one fault or a list, all or none.",
        (Fault, {"faults": [Fault]}),
        (FaultSpec, [FaultSpec]),
        _ARMED,
        201,
    ),
    "PUT /v1/faults": Route(
        "Replace all faults at once.", {"faults": [Fault]}, (FaultSpec, [FaultSpec]), [_ARMED]
    ),
    "PUT /v1/faults/order": Route(
        "Have the armed faults tried in another order.",
        {"faults": [Fault]},
        Order,
        {"ids": ["f2", "f1"]},
    ),
    "DELETE /v1/faults": Route("Disarm all faults."),
    "GET /v1/faults/{fault_id}": Route("One fault.", Fault),
    "DELETE /v1/faults/{fault_id}": Route("Disarm one fault."),
    "GET /v1/coverage": Route(
        "Which documented errors were delivered, and how often each API was called.",
        {
            "coverage": [Coverage],
            "covered": int,
            "documented": int,
            "seen": int,
            "calls": dict[str, int],
        },
        asks=("cover",),
    ),
    "GET /v1/requests": Route(
        "The journal, oldest first.",
        {"requests": [Exchange], "next": int},
        asks=("api", "player", "after", "until", "limit"),
        refuses=(422,),
    ),
    "DELETE /v1/requests": Route(
        "Forget the journal, or what of it the same GET would show.",
        asks=("api", "player", "after", "until", "limit"),
        refuses=(409, 422),
    ),
    "GET /v1/requests.har": Route("The journal as HAR 1.2.", {"log": Json}),
    "POST /v1/requests/count": Route(
        "How many exchanges matched.",
        {"count": int},
        Question,
        _QUESTION,
        must_take=False,
        refuses=(409,),
    ),
    "POST /v1/requests/wait": Route(
        "Wait until so many matched.",
        unnamed(Verdict),
        Question,
        _WAITED,
        must_take=False,
        refuses=(409,),
    ),
    "POST /v1/requests/verify": Route(
        "Whether so many matched.",
        unnamed(Verdict),
        Question,
        _QUESTION,
        must_take=False,
        refuses=(409,),
    ),
    "GET /v1/requests/{exchange_id}/state": Route(
        "What the call met and left: the players concerned, settings and clock.",
        {
            "id": int,
            "exact": bool,
            "whole": bool,
            "before": "WorldDocument",
            "after": ("WorldDocument", None),
        },
        refuses=(410,),
    ),
    "GET /v1/bundle": Route(
        "The world's story: what happened, and how it all was before.",
        unnamed(Bundle),
        asks=("player", "last"),
        refuses=(422,),
    ),
    "POST /v1/replay": Route(
        "Play a story again in a world of its own, and compare.",
        unnamed(Outcome),
        Bundle,
        _STORY,
        of_world=False,
        refuses=(507,),
    ),
    "GET /v1/events": Route(
        "What happens, as server-sent events.",
        str,
        asks=("last_event_id",),
        media_type="text/event-stream",
    ),
    "GET /v1/settings": Route("The settings.", "WorldSettings"),
    "PUT /v1/settings": Route(
        "Lay these over the settings.",
        "WorldSettings",
        "WorldSettings",
        {"own_data_in_main": False},
    ),
    "GET /v1/play": Route("The package that is played.", PlayView, of_world=False, refuses=(404,)),
    "GET /v1/conditions": Route("What makes calls fail or differ, faults aside.", Conditions),
    "GET /v1/players": Route("Who has something stored.", {"players": ["Player"]}),
    "GET /v1/players/{openid}": Route("One player.", "Player"),
    "PUT /v1/players/{openid}": Route(
        "Change a player.", "Player", "PlayerPatch", _PATCH, asks=("if_match",), refuses=(412,)
    ),
    "DELETE /v1/players/{openid}": Route("Forget a player."),
    "GET /v1/worlds": Route("All worlds.", {"worlds": [WorldInBrief]}, of_world=False),
    "GET /v1/worlds/{name}": Route("Export a world.", "WorldDocument", of_world=False),
    "PUT /v1/worlds/{name}": Route(
        "Replace a world by an import.", "WorldDocument", "WorldDocument", _WORLD, of_world=False
    ),
    "DELETE /v1/worlds/{name}": Route("Drop a world.", of_world=False),
    "DELETE /v1/worlds": Route(
        "Drop all worlds that nobody has used for so many seconds.",
        asks=("idle_s",),
        of_world=False,
        refuses=(422,),
    ),
    "GET /v1/worlds/{name}/lifetime": Route(
        "How long the world stays that nobody uses.",
        unnamed(LifetimeView),
        of_world=False,
        refuses=(404,),
    ),
    "PUT /v1/worlds/{name}/lifetime": Route(
        "Say how long the world stays that nobody uses.",
        unnamed(LifetimeView),
        LifetimeSetting,
        {"ttl_s": 86_400},
        asks=("platform",),
        of_world=False,
    ),
    "GET /v1/snapshots": Route("The names of the world's snapshots.", {"snapshots": [str]}),
    "PUT /v1/snapshots/{snapshot}": Route("Keep the world as it is.", {"name": str}),
    "DELETE /v1/snapshots/{snapshot}": Route("Forget a snapshot."),
    "POST /v1/snapshots/{snapshot}/restore": Route("Make the world what it was.", status=204),
    "GET /v1/clock": Route("The world's time.", unnamed(ClockView)),
    "POST /v1/clock": Route(
        "Set, advance, stop or start the clock.",
        unnamed(ClockView),
        ClockMove,
        {"advance_s": 86400},
    ),
    "POST /v1/codes": Route(
        "What a code of a login is worth, once.",
        ({"openid": str}, {"openid": str, "session_key": str}, {"anonymous_openid": str}),
        LoginCode,
        {"code": "c0de"},
        refuses=(404,),
    ),
    "POST /v1/reset": Route(
        "Start again.", None, Reset, {"scope": ["faults", "journal"]}, must_take=False
    ),
}

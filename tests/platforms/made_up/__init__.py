"""A platform that nobody has: three APIs, replies of another shape, another prefix and global."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from tt_emulator.catalog import Api, ErrorRow, load_from
from tt_emulator.domain.model import Reply
from tt_emulator.domain.record import Change, Pair
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.identity import Identity
from tt_emulator.platforms.platform import Phone, Platform
from tt_emulator.platforms.tt import document, players, stored

MOST = 2


class Replies:
    """`{ok: true, …}`, or `{ok: false, problem: {number, words}}`."""

    def success(self, api: Api, payload: dict[str, Any]) -> Reply:
        return Reply({"ok": True, **payload})

    def failure(self, api: Api, row: ErrorRow, text: str | None = None, reason: str = "") -> Reply:
        problem = {"number": row.code, "words": row.message}
        return Reply({"ok": False, "problem": problem}, row.name, reason)

    def refusal(self, api: Api, error: ApiError) -> Reply:
        row = api.row(error.name)
        assert row is not None
        return self.failure(api, row, error.text, error.reason)

    def errmsg_only(self, reply: Reply, fail_object: str) -> Reply:
        return reply


class State(Struct):
    online: bool


def put_gem(turn: Turn) -> dict[str, Any]:
    if len(turn.record.pairs) >= MOST:
        raise ApiError("full", reason="the chest is full")
    turn.commit(Change(put={turn.options["key"]: Pair("gem", turn.now_ms, None, 1)}))
    return {}


def get_gems(turn: Turn) -> dict[str, Any]:
    return {"gems": sorted(turn.record.pairs)}


def gem_count(turn: Turn) -> dict[str, Any]:
    return {"gems": len(turn.record.pairs)}


PLATFORM = Platform(
    identity=Identity("made_up", prefix="/mu/", global_name="mu"),
    catalog=load_from(Path(__file__).parent),
    services={"putGem": put_gem, "getGems": get_gems, "gemCount": gem_count},
    replies=Replies(),
    require_state=lambda turn: None,
    players=players,
    document=document,
    boards=lambda settings: {},
    judge_stored=stored.judge,
    phone=Phone(State, lambda settings, player: State(player.network == "online")),
    where_set={"gemCount": {"open": "two_way_messages"}},
)

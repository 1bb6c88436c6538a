"""setImRankData and getImRankData: the platform's own leaderboards, apart from the KV pairs.

A player has one result in each zone and of each type, the latest. It stands on the boards of the
day, the week and the month in which it was written, and on the board of all time.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert, to_builtins

from tt_emulator.catalog import Api
from tt_emulator.domain.boards import Board, Name, Place, Rule, ordered
from tt_emulator.domain.reading import prepare
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.profiles import public_profile
from tt_emulator.platforms.tt.players import sec_uid
from tt_emulator.platforms.tt.relations import friends_of

HOUR_MS = 3_600_000
BUILT_IN_ZONES = ("default", "test")
INT32_MAX = 2**31 - 1
MOST_ROWS = 100  # that the panel shows

Zone = Annotated[str, Meta(min_length=1)]  # of any length: no page bounds it


class Result(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a player wrote. `priority` ranks results of type 1, the number in `value` those of 0."""

    data_type: Literal[0, 1]
    value: str
    at_ms: int
    order: int = 0
    zone: Zone = "default"
    priority: int = 0
    extra: str = ""

    @property
    def number(self) -> int:
        """What it ranks by, the greater the better."""
        return self.priority if self.data_type else int(self.value)


def set_im_rank_data(turn: Turn) -> dict[str, Any]:
    """Keep the result in the place of an earlier one of its zone and type."""
    options = turn.options
    result = Result(
        data_type=_data_type(turn),
        value=options["value"],
        at_ms=turn.now_ms,
        order=turn.store.writes + 1,
        zone=options.get("zoneId", BUILT_IN_ZONES[0]),
        priority=int(options.get("priority", 0)),
        extra=options.get("extra", ""),
    )
    if reason := flaw(result) or flaw_of_extra(turn.api, result.extra):
        raise ApiError("bad-parameter", reason=reason)
    _check_zones(turn, result.zone)
    kept = [
        other
        for other in results(turn.record)
        if (other.zone, other.data_type) != (result.zone, result.data_type)
    ]
    turn.commit(Change(profile={"im_rank": to_builtins([*kept, result])}))
    return {}


def get_im_rank_data(turn: Turn) -> dict[str, Any]:
    """One page of a board, and where the player stands on it."""
    options = turn.options
    page, size = int(options["pageNum"]), int(options["pageSize"])
    board = _ranked(turn, options["relationType"])
    begin = (page - 1) * size
    data = {
        "items": [_item(turn, openid) for *_, openid in board[begin : begin + size]],
        "self_user_info": _user(turn, turn.player, turn.record),
        "self_item": _self_item(turn, board),
        "page_num": page,
        "total_num": len(board),
    }
    return {"data": data}


def get_im_rank_list(turn: Turn) -> dict[str, Any]:
    """Nothing: what the panel shows is not for the game, see `panel`."""
    return {}


def panel(turn: Turn) -> dict[str, Any]:
    """What getImRankList draws: a board for friends, for all players, or both."""
    wanted = turn.options["relationType"]
    relations = ["friend", "all"] if wanted == "default" else [wanted]
    return {
        "boards": [
            {
                "relationType": relation,
                "items": [_item(turn, openid) for *_, openid in board[:MOST_ROWS]],
                "self_item": _self_item(turn, board),
                "total_num": len(board),
            }
            for relation in relations
            for board in [_ranked(turn, relation)]
        ]
    }


prepare(list[Result])


def results(record: Record) -> list[Result]:
    """What the player wrote."""
    return convert(record.profile.get("im_rank", []), list[Result])


def _placing(openid: str, record: Record) -> Iterator[tuple[Name, Place]]:
    """The boards on which the player's results stand, and where."""
    for result in results(record):
        place = (-result.number, result.at_ms, result.order, openid)
        for name in _boards(result.zone, result.data_type, _day(result.at_ms)):
            yield name, place


BOARDS = Rule(_placing, lambda change: "im_rank" in change.profile)


def flaw(result: Result) -> str:
    """What is wrong with the value of a result, or nothing."""
    if result.data_type == 1:
        return ""
    digits = result.value.isascii() and result.value.isdigit() and len(result.value) < 20
    if digits and int(result.value) < INT32_MAX:
        return ""
    return f"value is {result.value[:32]!r}, with dataType 0 it must be digits below {INT32_MAX}"


def flaw_of_extra(api: Api, extra: str) -> str:
    """What is wrong with what a result carries along, or nothing."""
    most = api.limit("extra").max
    size = len(extra.encode())
    return f"extra is {size} bytes, the limit is {most}" if size > most else ""


def _check_zones(turn: Turn, zone: str) -> None:
    boards = turn.boards
    if zone in BUILT_IN_ZONES or any(boards.board(_board(zone, kind, "all", 0)) for kind in (0, 1)):
        return
    limit = turn.api.limit("zones").max
    custom = len({name[1] for name in boards.names("im")}.difference(BUILT_IN_ZONES))
    if custom >= limit:
        reason = f"the world has {custom} zones beside default and test, the limit is {limit}"
        raise ApiError("too-many-zones", reason=reason)


@lru_cache(4096)  # players share their days, and so the names in memory
def _boards(zone: str, data_type: int, day: int) -> tuple[Name, ...]:
    """The boards of the periods in which the day lies."""
    return tuple(_board(zone, data_type, rank_type, day) for rank_type in _PERIODS)


def _board(zone: str, data_type: int, rank_type: str, day: int) -> Name:
    return "im", zone, data_type, rank_type, _PERIODS[rank_type](day)


def _day(at_ms: int) -> int:
    return (at_ms + 8 * HOUR_MS) // (24 * HOUR_MS)  # in Beijing: China has one time zone


def _week(day: int) -> int:
    return (day + 3) // 7  # 1970 began on a Thursday, weeks begin on Monday


def _month(day: int) -> int:
    moment = date.fromordinal(min(_FIRST_DAY + day, date.max.toordinal()))
    return moment.year * 12 + moment.month


_FIRST_DAY = date(1970, 1, 1).toordinal()
_PERIODS: dict[str, Callable[[int], int]] = {
    "day": lambda day: day,
    "week": _week,
    "month": _month,
    "all": lambda day: 0,
}


def _own_board(turn: Turn) -> Name:
    options = turn.options
    zone = options.get("zoneId", BUILT_IN_ZONES[0])
    return _board(zone, _data_type(turn), options["rankType"], _day(turn.now_ms))


def _data_type(turn: Turn) -> Literal[0, 1]:
    return 1 if turn.options["dataType"] else 0


def _ranked(turn: Turn, relation: str) -> Board:
    name = _own_board(turn)
    if relation == "all":
        return turn.boards.board(name)
    circle = [turn.player, *friends_of(turn)]
    return ordered(place for openid in circle if (place := turn.boards.place_of(openid, name)))


def _self_item(turn: Turn, board: Board) -> dict[str, Any]:
    place = turn.boards.place_of(turn.player, _own_board(turn))
    return {
        "item": None if place is None else _item(turn, turn.player),
        "rank": 0 if place is None else board.bisect_left(place) + 1,
        "private_setting": 0,
    }


def _item(turn: Turn, openid: str) -> dict[str, Any]:
    record = turn.store.get(openid) or Record()
    zone = turn.options.get("zoneId", BUILT_IN_ZONES[0])
    data_type = _data_type(turn)
    (result,) = (
        result for result in results(record) if (result.zone, result.data_type) == (zone, data_type)
    )
    return {
        "data_type": result.data_type,
        "value": result.value,
        "priority": result.priority,
        "extra": result.extra,
        **_user(turn, openid, record),
        "utime": result.at_ms // 1000,
    }


def _user(turn: Turn, openid: str, record: Record) -> dict[str, Any]:
    shown = public_profile(openid, record.profile, turn.base_url)
    return {
        "openid": openid,
        "sec_uid": sec_uid(openid),
        "user_img": shown["avatarUrl"],
        "nick_name": shown["nickname"],
    }

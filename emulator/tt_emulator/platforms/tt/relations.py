"""setUserGroup and getCloudStorageByRelation: what players see of each other."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from tt_emulator.domain.boards import Name, Place, Rule
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import cut
from tt_emulator.platforms import profiles
from tt_emulator.platforms.pairs import named
from tt_emulator.platforms.profiles import public_profile
from tt_emulator.platforms.tt.hosts import has_relations
from tt_emulator.platforms.tt.ranking import score

EVERYBODY: Name = ("everybody",)
EVERYBODYS_BOARD = Rule(
    lambda openid, record: iter([(EVERYBODY, (0, 0, 0, openid))]), lambda change: True
)
"""All players of whom something is stored, by openid."""


def set_user_group(turn: Turn) -> dict[str, Any]:
    """What the player writes from now on stands on the board of this group."""
    turn.commit(Change(profile={"group": turn.options["groupId"]}))
    return {}


def get_cloud_storage_by_relation(turn: Turn) -> dict[str, Any]:
    """The pairs of `keyList` of friends, of strangers, or of a group's players in their order."""
    if not has_relations(turn.settings.host):
        openids: Iterable[str] = [turn.player]
    elif turn.options["type"] == "friend":
        openids = [turn.player, *friends_of(turn)]
    elif turn.options["type"] == "recommend":
        openids = _strangers(turn)
    else:
        openids = _ranked(turn)
    keys = turn.options["keyList"]
    most = turn.api.limit("rows").max
    return {"data": [_row(turn, openid, keys) for openid in islice(openids, most)]}


def friends_of(turn: Turn) -> list[str]:
    """The player's friends, each once, in the order in which they were set."""
    return profiles.friends_of(turn.player, turn.record.profile)


def group_boards(ranking_keys: Mapping[str, str]) -> Rule:
    """The boards of groups in a world with these ranking keys."""

    def concerns(change: Change) -> bool:
        return not ranking_keys.keys().isdisjoint([*change.put, *change.remove])

    return Rule(partial(_placing, ranking_keys), concerns)


def _placing(
    ranking_keys: Mapping[str, str], openid: str, record: Record
) -> Iterator[tuple[Name, Place]]:
    """The boards on which the player's ranking pairs stand, and where: those that were written in
    a group and have a score.
    """
    for key, order in ranking_keys.items():
        pair = record.pairs.get(key)
        number = score(pair.value) if pair is not None and pair.group is not None else None
        if pair is not None and pair.group is not None and number is not None:
            rank = number if order == "asc" else -number
            yield _board(pair.group, key), (rank, pair.at_ms, pair.order, openid)


@lru_cache(4096)  # a group's players share its name in memory
def _board(group: str, key: str) -> Name:
    return "group", group, key


def _ranked(turn: Turn) -> Iterable[str]:
    extra = turn.options["extra"]
    key = extra["sortKey"]
    if key not in turn.settings.ranking_keys:
        shown = repr(cut(key))
        reason = (
            f"sortKey {shown} is no ranking key of this world: the setting ranking_keys has them"
        )
        raise ApiError("bad-parameter", "extra", reason)
    return (openid for *_, openid in turn.boards.board(_board(extra["groupId"], key)))


def _strangers(turn: Turn) -> Iterable[str]:
    known = {turn.player, *friends_of(turn)}
    return (openid for *_, openid in turn.boards.board(EVERYBODY) if openid not in known)


def _row(turn: Turn, openid: str, keys: list[str]) -> dict[str, Any]:
    record = turn.store.get(openid) or Record()
    return {
        **public_profile(openid, record.profile, turn.base_url),
        "KVDataList": named(record.pairs, keys),
        "isMe": openid == turn.player,
    }

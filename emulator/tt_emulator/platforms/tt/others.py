"""Whom a call looks at beside the player whose call it is."""

from collections.abc import Mapping
from typing import Any

from tt_emulator.domain.record import Record
from tt_emulator.platforms.platform import Concerns
from tt_emulator.platforms.tt.im_rank import BUILT_IN_ZONES, results


def others(api: str, options: Mapping[str, Any], record: Record) -> Concerns | None:
    """The others that a call of the API looks at, `None` for nobody; the record is its player's.

    The options are what the API takes.
    """
    if api == "getCloudStorageByRelation":
        return _by_relation(options, record)
    if api in ("getImRankData", "getImRankList"):
        return _on_boards(options, record)
    zone = options.get("zoneId", BUILT_IN_ZONES[0])
    if api in ("setImRankData", "setImRankDataInOpenContext") and zone not in BUILT_IN_ZONES:
        return _has_zone  # as there are only so many zones
    return None


def _by_relation(options: Mapping[str, Any], record: Record) -> Concerns:
    if options["type"] == "friend":
        return _one_of(record)
    if options["type"] == "recommend":
        return lambda openid, other: True
    extra = options["extra"]

    def is_ranked(openid: str, other: Record) -> bool:
        pair = other.pairs.get(extra["sortKey"])
        return pair is not None and pair.group == extra["groupId"]

    return is_ranked


def _on_boards(options: Mapping[str, Any], record: Record) -> Concerns:
    if options["relationType"] == "friend":
        return _one_of(record)
    zone = options.get("zoneId", BUILT_IN_ZONES[0])
    return lambda openid, other: any(result.zone == zone for result in results(other))


def _one_of(record: Record) -> Concerns:
    friends = frozenset(record.profile.get("friends", ()))
    return lambda openid, other: openid in friends


def _has_zone(openid: str, other: Record) -> bool:
    return any(result.zone not in BUILT_IN_ZONES for result in results(other))

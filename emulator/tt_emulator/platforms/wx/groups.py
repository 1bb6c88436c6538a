"""Chat groups: who is in them, and from whose card the game was launched."""

from collections.abc import Iterator
from typing import Any

from tt_emulator.domain.boards import Name, Place, Rule
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import cut
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.wx.arguments import text

FAMILY = "groups"
NO_ANSWER = "data-no-response"
"""How a call fails that asks for a group which is not the player's to see: a text of its own is not
known."""


def require_launch(turn: Turn) -> None:
    """Raise `ApiError` unless the game was launched from the card of a group."""
    if turn.record.profile.get("launched_from") is None:
        reason = (
            "the game was not launched from a group's card: the player's launched_from says of"
            " which group"
        )
        raise ApiError(NO_ANSWER, reason=reason)


def share_ticket(group: str) -> str:
    """What a launch from the group's card hands to the game."""
    return f"ticket-{group}"


def asked_for(turn: Turn) -> str:
    """The group whose data the call wants. Raises `ApiError` if it is not the player's to see."""
    launched_from = turn.record.profile["launched_from"]
    group, ticket = text(turn, "groupid"), text(turn, "shareTicket")
    if not group and not ticket:
        raise ApiError(NO_ANSWER, reason="neither groupid nor shareTicket names a group")
    if group and group not in {launched_from, *turn.record.profile.get("groups", ())}:
        raise ApiError(NO_ANSWER, reason=f"the player is in no group {cut(group)!r}")
    if not group and ticket != share_ticket(launched_from):
        known = share_ticket(launched_from)
        reason = f"the game was launched with the shareTicket {known!r}, not {cut(ticket)!r}"
        raise ApiError(NO_ANSWER, reason=reason)
    return group or launched_from


def members(turn: Turn, group: str) -> list[str]:
    """Who of the group has hosted data, by openid, the player included."""
    listed = {openid for *_, openid in turn.boards.board((FAMILY, group))}
    return sorted(listed | {turn.player})


def get_group_info(turn: Turn) -> dict[str, Any]:
    """The group's name: a world knows no other than its openGId."""
    group = text(turn, "openGId")
    mine = {turn.record.profile.get("launched_from"), *turn.record.profile.get("groups", ())}
    if group in mine:
        return {"name": group}
    reason = f"the player is in no group {cut(group)!r}: how the call fails then is not known"
    return Told({"name": group}, reason)


def _placing(openid: str, record: Record) -> Iterator[tuple[Name, Place]]:
    """The boards of the player's groups: everybody at the same place, so by openid."""
    if record.pairs:
        for group in record.profile.get("groups", ()):
            yield (FAMILY, group), (0, 0, 0, openid)


def _concerns(change: Change) -> bool:
    return bool(change.put or change.remove or "groups" in change.profile)


BOARDS = Rule(_placing, _concerns)

"""What is written of a journal: effects of the calls, and of what testers do with the journal."""

from typing import Annotated

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

Id = Annotated[int, Meta(ge=0, le=2**53)]


class Exchanged(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="exchange",
    gc=False,
):
    """A call as it is now. `options` and `reply` are JSON as they were sent; `took_ns` is `None`
    while it is under way, and `decision` what the faults say of theirs, if they were asked.
    """

    id: Id
    api: str
    player: str
    options: Raw
    received_ms: int
    reason: str = ""
    took_ns: int | None = None
    reply: Raw | UnsetType = UNSET
    domain: str = "main"
    call_id: str | None = None
    proxy: str | None = None
    fault: str | None = None
    decision: Raw | UnsetType = UNSET
    error: str | None = None
    reply_reason: str = ""
    refused_host: str = ""
    task: str = ""
    lost: bool = False
    failed: bool = False


class JournalAt(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="journal"):
    """The last id that was given; the counts that follow are all there are."""

    last_id: Id


class HeldFrom(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="journal-from"
):
    """The exchanges before this id are held no more; their counts stay."""

    id: Id


class Counted(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="count",
):
    """How many calls of an API had an outcome: of each player, and of `others`."""

    api: str
    outcome: str
    players: dict[str, int]
    code: int | str | None = None
    others: int = 0


class Cleared(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="clear-journal",
):
    """These exchanges were forgotten. The counts of that API and player went, `None` for any; or
    only `counts` of them: API, outcome, player, number.
    """

    exchanges: tuple[int, ...]
    api: str | None = None
    player: str | None = None
    counts: tuple[tuple[str, str, str, int], ...] | None = None


class Published(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="events",
):
    """The latest events of a feed: its `last` has that id. A number is eight times the id of the
    exchange concerned, or 0, and the place of the event's kind among the kinds.
    """

    feed: str
    last: Id
    events: Annotated[tuple[Annotated[int, Meta(ge=0, le=2**57)], ...], Meta(max_length=1000)]

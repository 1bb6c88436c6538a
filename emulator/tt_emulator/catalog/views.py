"""What the catalog says as people read it."""

from typing import Literal, get_args

from msgspec import Struct

Evidence = Literal["documented", "seen", "inferred"]
Cover = Literal["documented", "seen"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
COVERS: tuple[Cover, ...] = get_args(Cover)


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A failure of an API. `message` is what follows `fail `, or the whole text where it is built
    in another way; `source` is the address of a page, or what else is cited, in words.
    """

    api: str
    name: str
    code: int | str | None
    message: str | None
    type: str | None
    evidence: Evidence
    source: str


class Coverage(Row, frozen=True, forbid_unknown_fields=True):
    """A failure, and how often games met it."""

    delivered: int


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """A documented limit of an API, an inclusive upper bound."""

    api: str
    name: str
    max: int
    unit: str
    evidence: Evidence
    source: str

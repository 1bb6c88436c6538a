"""What the catalog says as people read it."""

from typing import Literal

from msgspec import Struct

Evidence = Literal["documented", "inferred"]


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A documented failure of an API."""

    api: str
    name: str
    code: int | None
    message: str | None
    type: str | None
    evidence: Evidence
    source: str


class Coverage(Row, frozen=True, forbid_unknown_fields=True):
    """A documented failure, and how often games met it."""

    delivered: int


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """A documented limit of an API, an inclusive upper bound."""

    api: str
    name: str
    max: int
    unit: str
    evidence: Evidence
    source: str

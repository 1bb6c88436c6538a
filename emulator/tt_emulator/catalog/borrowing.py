"""What a platform has as another one has it, for want of pages of its own."""

from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from tt_emulator.catalog.model import BARE, Api, ErrorRow, Sourced
from tt_emulator.catalog.views import Evidence

INFERRED: Evidence = "inferred"

Statement = TypeVar("Statement", bound=Sourced)


class Borrowed(Struct, frozen=True, forbid_unknown_fields=True):
    """`borrowed.toml`: the names of APIs whose file is that of the platform `from_`, told `from`.

    They are there in the domain `main`, or in `both`; those of `promised` give a promise to a call
    without callbacks. All that they say has this `source` and `note`.
    """

    from_: str = field(name="from")
    source: str
    note: str
    main: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()


def borrowed(api: Api, said: Borrowed) -> Api:
    """The lender's API as the borrower has it: inferred, the errors by name and text alone, as
    numbers are not invented, and nothing of versions and hosts, which are the lender's.
    """
    return replace(
        inferred(api, said),
        since=None,
        prefix=None,
        hosts=(),
        hosts_without=(),
        counterparts=(),
        promise="without-callbacks" if api.name in said.promised else "never",
        domains=("main", "open") if api.name in said.both else ("main",),
        failure=api.failure if api.failure in BARE else "errMsg",
        success=inferred(api.success, said),
        params=tuple(inferred(param, said) for param in api.params),
        limits=tuple(inferred(limit, said) for limit in api.limits),
        rules=(),
        errors=tuple(_row(row, said) for row in api.errors),
    )


def inferred(statement: Statement, said: Borrowed) -> Statement:
    """The statement, which is the lender's, as a conclusion about the borrower."""
    return replace(statement, evidence=INFERRED, source=said.source, note=said.note)


def _row(row: ErrorRow, said: Borrowed) -> ErrorRow:
    return ErrorRow(
        name=row.name,
        message=row.message,
        detail=row.detail,
        evidence=INFERRED,
        source=said.source,
        note=said.note,
    )

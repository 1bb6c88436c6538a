"""Answer with a documented error, by name or by code."""

from typing import ClassVar, Self

from tt_emulator.catalog import Api, Catalog, ErrorRow
from tt_emulator.domain.model import Call, Reply
from tt_emulator.domain.places import filled
from tt_emulator.domain.reading import nearest
from tt_emulator.domain.replies import Replies
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.spec import FaultSpec, wanted_apis


class Error(FaultEffect, frozen=True, kw_only=True):
    """The row to replay, by API: the same error has its own text in each."""

    family: ClassVar[str] = "error"
    title: ClassVar[str] = "A documented error"
    symptom: ClassVar[str] = "the game sees it as the platform words it"
    fields: ClassVar[frozenset[str]] = frozenset({"detail"})

    rows: dict[str, ErrorRow]
    detail: str | None = None

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """The effect for `error`; a flaw if no API, or not each one asked for, documents it."""
        rows = documented(spec.error, wanted_apis(spec), catalog, "/error")
        if isinstance(rows, Flaw):
            return rows
        flaw = _flaw_in_detail(spec.detail, rows, catalog)
        return flaw or cls(apis=frozenset(rows), rows=rows, detail=spec.detail)

    def reply(self, call: Call, honest: Reply, replies: Replies) -> Reply:
        """The documented failure."""
        row = self.rows[call.api.name]
        detail = filled(call.api, row, call.options) if self.detail is None else self.detail
        return replies.failure(call.api, row, detail)


def documented(
    error: int | str | None, wanted: list[str], catalog: Catalog, pointer: str
) -> dict[str, ErrorRow] | Flaw:
    """The row of that name or code, by API; of the `wanted` APIs each must document it.

    Of rows of an API that share a code it means the one whose text is always the same.
    """
    meant = {api.name: _meant(api, error) for api in catalog.struck.values()}
    found = {name: rows for name, rows in meant.items() if rows}
    if not found:
        known = dict.fromkeys(row.name for api in catalog.struck.values() for row in api.errors)
        return Flaw(pointer, f"unknown error {error!r}; {nearest(error, known)}")
    for name in wanted or found:
        if name not in found:
            return Flaw(pointer, _undocumented(catalog.apis[name], error))
        if len(found[name]) > 1:
            return Flaw(pointer, _ambiguous(name, error, found[name]))
    return {name: found[name][0] for name in wanted or found}


def _meant(api: Api, error: int | str | None) -> list[ErrorRow]:
    rows = [row for row in api.errors if _is(row, error)]
    return [row for row in rows if row.detail is None] or rows


def _is(row: ErrorRow, wanted: int | str | None) -> bool:
    if wanted is None or wanted == row.name:
        return wanted is not None
    return row.code is not None and str(wanted) == str(row.code)  # a code may be a text


def _undocumented(api: Api, wanted: int | str | None) -> str:
    return f"{api.name} does not document {wanted!r}; " + nearest(
        wanted, [row.name for row in api.errors]
    )


def _ambiguous(api: str, code: int | str | None, rows: list[ErrorRow]) -> str:
    names = " and ".join(row.name for row in rows)
    return f"{code!r} is the code of {names} of {api}; give one of these names"


def _flaw_in_detail(detail: str | None, rows: dict[str, ErrorRow], catalog: Catalog) -> Flaw | None:
    if detail is None:
        return None
    # those that take one first: what is wrong with it there says more
    for name, row in sorted(rows.items(), key=lambda named: named[1].detail is None):
        options = [param.name for param in catalog.apis[name].params]
        if row.detail is None:
            return Flaw("/detail", f"{row.name} of {name} has one fixed text, it takes no detail")
        if row.detail == "option" and detail not in options:
            return Flaw("/detail", f"{name} has no option {detail!r}; {nearest(detail, options)}")
    return None

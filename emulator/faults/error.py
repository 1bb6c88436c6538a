"""Answer with a documented error, by name or by code."""

from typing import ClassVar

from msgspec import Struct

from emulator.catalog import Api, Catalog, ErrorRow
from emulator.domain.model import Call, Reply
from emulator.domain.replies import failure
from emulator.errors import Flaw
from emulator.faults.spec import FaultSpec, nearest, wanted_apis


class ErrorStrike(Struct, frozen=True):
    """The row to replay, by API: the same error has its own text in each."""

    rows: dict[str, ErrorRow]
    detail: str | None
    decides: ClassVar[bool] = True

    @property
    def apis(self) -> frozenset[str]:
        """The APIs that document the error."""
        return frozenset(self.rows)

    def reply(self, call: Call, honest: Reply) -> Reply:
        """The documented failure."""
        return failure(call.api, self.rows[call.api.name], self.detail)


def build(spec: FaultSpec, catalog: Catalog) -> ErrorStrike | Flaw | None:
    """The strike for `error`; a flaw if no API, or not each one asked for, documents it."""
    if spec.error is None:
        return None
    documented = {
        api.name: row for api in catalog.apis.values() for row in api.errors if _is(row, spec.error)
    }
    if not documented:
        known = [row.name for api in catalog.apis.values() for row in api.errors]
        return Flaw("/error", f"unknown error {spec.error!r}; {nearest(spec.error, _once(known))}")
    rows = {}
    for name in wanted_apis(spec) or documented:
        if name not in documented:
            return Flaw("/error", _undocumented(catalog.apis[name], spec.error))
        rows[name] = documented[name]
    return _flaw_in_detail(spec, rows, catalog) or ErrorStrike(rows, spec.detail)


def _is(row: ErrorRow, wanted: int | str) -> bool:
    return wanted in (row.name, row.code) or wanted == str(row.code)


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _undocumented(api: Api, wanted: int | str) -> str:
    names = [row.name for row in api.errors]
    return f"{api.name} does not document {wanted!r}; {nearest(wanted, names)}"


def _flaw_in_detail(spec: FaultSpec, rows: dict[str, ErrorRow], catalog: Catalog) -> Flaw | None:
    if spec.detail is None:
        return None
    for name, row in rows.items():
        options = [param.name for param in catalog.apis[name].params]
        if row.detail is None:
            return Flaw("/detail", f"{row.name} of {name} has one fixed text, it takes no detail")
        if row.detail == "option" and spec.detail not in options:
            return Flaw(
                "/detail", f"{name} has no option {spec.detail!r}; {nearest(spec.detail, options)}"
            )
    return None

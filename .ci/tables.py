"""The tables of docs/fidelity*.md: what a platform's catalog says, and where it is said."""

from collections import Counter

from tt_emulator.catalog import Api, Catalog, ErrorRow, Param
from tt_emulator.catalog.catalog import Cited
from tt_emulator.catalog.model import Sourced
from tt_emulator.catalog.views import EVIDENCE


def by_api(catalog: Catalog, global_name: str) -> list[str]:
    """How much there is, and a table of each API that the platform has of its own pages."""
    borrowed = [api for api in catalog.apis.values() if is_borrowed(catalog, api)]
    own = [api for api in catalog.apis.values() if api not in borrowed]
    lines = [counted(own)]
    if borrowed:
        names = ", ".join(f"`{api.name}`" for api in borrowed)
        rows = sum(len(api.errors) for api in borrowed)
        lines += ["", f"{len(borrowed)} more, with {rows} error rows, are inferred whole: {names}."]
    for api in own:
        owner = api.member_of or ("" if api.endpoint is not None else global_name)
        name = f"{owner}.{api.name}" if owner else api.name
        lines += ["", f"### {name}", "", *statements(api)]
    return lines


def is_borrowed(catalog: Catalog, api: Api) -> bool:
    source = catalog.sources[api.source]
    return isinstance(source, Cited) and source.kind == "platform"


def counted(apis: list[Api]) -> str:
    counts = Counter(row.evidence for api in apis for row in api.errors)
    by_evidence = ", ".join(f"{counts[each]} {each}" for each in EVIDENCE if counts[each])
    return f"{len(apis)} APIs, {counts.total()} error rows: {by_evidence}."


def statements(api: Api) -> list[str]:
    since = f"since {api.since}" if api.since else "since when is not told"
    where = f", {' and '.join(api.domains)} domain"
    if api.endpoint is not None:
        paths = " and ".join(f"`{path}`" for path in api.endpoint.paths)
        where = f", {api.endpoint.method} {paths}"
    promise = ", a promise if no callback is given" if api.promise == "without-callbacks" else ""
    needs = ", needs " + ", ".join(api.needs) if api.needs else ""
    lines = [
        "| what | evidence | source | note |",
        "|---|---|---|---|",
        line(f"{since}, {api.kind}{where}{promise}{needs}", api),
        line(f"success: {', '.join(api.success.fields) or 'a plain value'}", api.success),
    ]
    lines += [line(f"option `{param.name}`: {kind(param)}", param) for param in api.params]
    lines += [line(f"limit `{lim.name}`: {lim.max} {lim.unit}", lim) for lim in api.limits]
    lines += [line(f"rule `{rule.name}`: {rule.message}", rule) for rule in api.rules]
    lines += [line(f"error `{row.name}`: {message(api, row)}", row) for row in api.errors]
    return lines


def kind(param: Param) -> str:
    bounds = {"at least": param.min, "at most": param.max}
    return ", ".join(
        [
            f"{param.type} in the {param.where}" if param.where else param.type,
            *(
                ["one of " + " ".join(f"`{value}`" for value in param.values)]
                if param.values
                else []
            ),
            *(f"{word} {bound}" for word, bound in bounds.items() if bound is not None),
            *(f"with type {value} required" for value in param.required_if.values()),
        ]
    )


def message(api: Api, row: ErrorRow) -> str:
    text = row.literal or (row.message if not api.of_kind.in_game else opened(api, row))
    carried = [code(api, row), row.type, *(f"`{name}` {value}" for name, value in row.also.items())]
    return " ".join([f"`{text}`" if text else "no text", *(each for each in carried if each)])


def opened(api: Api, row: ErrorRow) -> str:
    return " ".join(filter(None, [api.opening_of(row), row.message]))


def code(api: Api, row: ErrorRow) -> str | None:
    """The code, with its field where that is not the same for all rows of the API, or the code is a
    text; none where it stands in the message alone.
    """
    if row.code is None or row.code_field == "errMsg":
        return None
    name, is_text = api.code_field_of(row), isinstance(row.code, str)
    value = f'"{row.code}"' if is_text else str(row.code)
    differs = any(each.code_field for each in api.errors)
    return f"`{name}` {value}" if name and (is_text or differs) else value


def line(what: str, statement: Sourced) -> str:
    return f"| {what} | {statement.evidence} | {statement.source} | {statement.note or ''} |"


def sources(catalog: Catalog) -> list[str]:
    return [
        "| tag | page |",
        "|---|---|",
        *(
            f"| {tag} | {source if isinstance(source, Cited) else f'<{source}>'} |"
            for tag, source in catalog.sources.items()
        ),
    ]

"""The tables of docs/fidelity*.md: what a platform's catalog says, and where it is said."""

import re
from collections import Counter
from functools import partial, reduce

from chinese import Say

from tt_emulator.catalog import Api, Catalog, ErrorRow, Param
from tt_emulator.catalog.catalog import Cited
from tt_emulator.catalog.model import Limit, Rule, Sourced
from tt_emulator.catalog.views import EVIDENCE

HAN = re.compile("[\u4e00-\u9fff]")


def by_api(catalog: Catalog, global_name: str, say: Say) -> list[str]:
    """How much there is, and a table of each API that the platform has of its own pages."""
    borrowed = [api for api in catalog.apis.values() if is_borrowed(catalog, api)]
    own = [api for api in catalog.apis.values() if api not in borrowed]
    lines = [counted(own, say)]
    if borrowed:
        names = listed([f"`{api.name}`" for api in borrowed], say)
        rows = sum(len(api.errors) for api in borrowed)
        whole = "{apis} more, with {rows} error rows, are inferred whole: {names}."
        lines += ["", say(whole, apis=len(borrowed), rows=rows, names=names)]
    for api in own:
        owner = api.member_of or ("" if api.endpoint is not None else global_name)
        name = f"{owner}.{api.name}" if owner else api.name
        lines += ["", f"### {name}", "", *statements(api, say)]
    return lines


def is_borrowed(catalog: Catalog, api: Api) -> bool:
    source = catalog.sources[api.source]
    return isinstance(source, Cited) and source.kind == "platform"


def listed(parts: list[str], say: Say) -> str:
    return say(", ").join(parts)


def clauses(parts: list[str], say: Say) -> str:
    return reduce(lambda first, rest: say("{first}, {rest}", first=first, rest=rest), parts)


def counted(apis: list[Api], say: Say) -> str:
    counts = Counter(row.evidence for api in apis for row in api.errors)
    shown = "{count} {evidence}"
    parts = [say(shown, count=counts[one], evidence=say(one)) for one in EVIDENCE if counts[one]]
    template = "{apis} APIs, {rows} error rows: {by_evidence}."
    return say(template, apis=len(apis), rows=counts.total(), by_evidence=clauses(parts, say))


def statements(api: Api, say: Say) -> list[str]:
    success = listed(list(api.success.fields), say) or say("a plain value")
    parts = [
        ("option `{name}`: {text}", api.params, kind),
        ("limit `{name}`: {text}", api.limits, bound),
        ("rule `{name}`: {text}", api.rules, broken),
        ("error `{name}`: {text}", api.errors, partial(message, api)),
    ]
    return [
        say("| what | evidence | source | note |"),
        "|---|---|---|---|",
        line(summary(api, say), api, say),
        line(say("success: {fields}", fields=success), api.success, say),
        *(
            line(say(template, name=part.name, text=text(part, say)), part, say)
            for template, group, text in parts
            for part in group
        ),
    ]


def summary(api: Api, say: Say) -> str:
    domains = say(" and ").join(map(say, api.domains))
    where = say("{domains} domain", domains=domains)
    if api.endpoint is not None:
        paths = say(" and ").join(f"`{path}`" for path in api.endpoint.paths)
        where = f"{api.endpoint.method} {paths}"
    since = (
        say("since {version}", version=api.since) if api.since else say("since when is not told")
    )
    parts = [since, say(api.kind), where]
    if api.promise == "without-callbacks":
        parts.append(say("a promise if no callback is given"))
    if api.needs:
        parts.append(say("needs {needs}", needs=listed(list(map(say, api.needs)), say)))
    return clauses(parts, say)


def kind(param: Param, say: Say) -> str:
    bounds = {"at least {bound}": param.min, "at most {bound}": param.max}
    placed = f"{{type}} in the {param.where}"
    parts = [say(placed, type=param.type) if param.where else param.type]
    if param.values:
        values = " ".join(f"`{value}`" for value in param.values)
        parts.append(say("one of {values}", values=values))
    parts += [say(text, bound=bound) for text, bound in bounds.items() if bound is not None]
    required = "with type {value} required"
    parts += [say(required, value=value) for value in param.required_if.values()]
    return clauses(parts, say)


def bound(limit: Limit, say: Say) -> str:
    return f"{limit.max} {say(limit.unit)}"


def broken(rule: Rule, _: Say) -> str:
    return rule.message


def message(api: Api, row: ErrorRow, say: Say) -> str:
    text = row.literal or (row.message if not api.of_kind.in_game else opened(api, row))
    carried = [code(api, row), row.type, *(f"`{name}` {value}" for name, value in row.also.items())]
    return " ".join([f"`{text}`" if text else say("no text"), *filter(None, carried)])


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


def line(what: str, statement: Sourced, say: Say) -> str:
    note = say(statement.note) if statement.note else ""
    return f"| {what} | {say(statement.evidence)} | {statement.source} | {note} |"


def sources(catalog: Catalog, say: Say) -> list[str]:
    pages = catalog.sources.items()
    return [
        say("| tag | page |"),
        "|---|---|",
        *(
            f"| {tag} | {cited(page, say) if isinstance(page, Cited) else f'<{page}>'} |"
            for tag, page in pages
        ),
    ]


def cited(source: Cited, say: Say) -> str:
    """A title that is Chinese is the source's own."""
    own = HAN.search(source.title)
    title = say("{title}", title=source.title) if own else say(source.title)
    dated = say("{title} ({date})", title=title, date=source.date) if source.date else title
    return say("{kind}: {title}", kind=say(source.kind), title=dated)

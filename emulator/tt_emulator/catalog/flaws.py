"""What a file of the catalog should not say, beyond its shape."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from tt_emulator.catalog.kinds import KINDS
from tt_emulator.catalog.model import BARE, Api, ErrorRow, Sourced
from tt_emulator.catalog.vocabulary import Vocabulary

T = TypeVar("T")


def flaws(
    api: Api, names: Collection[str], sources: Collection[str], vocabulary: Vocabulary
) -> Iterator[str]:
    """Each, in words. `names` are those of errors, `sources` the tags."""
    if api.kind not in KINDS:
        yield f"unknown kind {api.kind!r}; known: {', '.join(KINDS)}"
        return
    for statement in _statements(api):
        if statement.source not in sources:
            yield f"unknown source {statement.source!r}"
    yield from _of_api(api)
    yield from _of_words(api, vocabulary)
    for row in api.errors:
        if row.name not in names:
            yield f"unknown error name {row.name!r}"
        yield from _of_row(api, row)
        yield from _of_literal(api, row)
    yield from _twice(api.errors)


def _statements(api: Api) -> list[Sourced]:
    return [api, api.success, *api.params, *api.limits, *api.rules, *api.errors]


def _of_api(api: Api) -> Iterator[str]:
    kind = api.of_kind
    if kind.in_game and (not api.domains or "server" in api.domains):
        yield "is there in a game, so it must have domains of games"
    if not kind.in_game and api.domains != ("server",):
        yield f"its kind {api.kind!r} is in no game, so its one domain is server"
    if kind.in_game == (api.endpoint is not None):
        yield "what is in no game has an endpoint, and nothing else has one"
    for param in api.params:
        if kind.in_game == (param.where is not None):
            yield f"option {param.name!r}: `where` is told of each option at an endpoint alone"
    if api.promise != "never" and not kind.called:
        yield f"its kind {api.kind!r} never returns a promise"


def _of_words(api: Api, vocabulary: Vocabulary) -> Iterator[str]:
    fields = (*vocabulary.code_fields, *BARE)
    rows = api.errors
    used: list[tuple[str, Iterable[str | None], Collection[str]]] = [
        ("failure", [api.failure], fields),
        ("needs", api.needs, vocabulary.needs),
        ("limits", [limit.name for limit in api.limits], vocabulary.limits),
        ("rules", [rule.name for rule in api.rules], vocabulary.rules),
        ("type", [row.type for row in rows], vocabulary.types),
        ("code_field", [row.code_field for row in rows], fields),
        ("also", [name for row in rows for name in row.also], fields),
    ]
    for field, words, known in used:
        for word in words:
            if word is not None and word not in known:
                yield f"unknown word {word!r} in {field}"


def _of_row(api: Api, row: ErrorRow) -> Iterator[str]:
    about = f"error {row.name!r}"
    if row.evidence == "inferred" and not row.note:
        yield f"{about} is inferred, so a note must say why"
    if row.evidence == "seen" and not row.note:
        yield f"{about} is seen, so a note must say when and where"
    if row.code is None and row.code_field:
        yield f"{about} has no code for its code_field {row.code_field!r}"
    if "errMsg" in row.also or api.code_field_of(row) in row.also:
        yield f"{about} has a field twice, it stands in `also`"


def _of_literal(api: Api, row: ErrorRow) -> Iterator[str]:
    if row.literal is None:
        return
    about = f"error {row.name!r}"
    for beside in ("message", "detail", "prefix"):
        if getattr(row, beside):
            yield f"{about} has a literal, so it can have no {beside}"
    if f"{row.literal} ".startswith(f"{api.opening}fail "):
        yield f"{about} has a literal that begins as every text does: say it by `message`"


def _twice(rows: tuple[ErrorRow, ...]) -> Iterator[str]:
    """By name, and by code, type and text: pages have rows that share their number."""
    for name in _repeated(row.name for row in rows):
        yield f"error {name!r} stands twice"
    failures = ((row.code, row.type, row.text) for row in rows if row.code is not None)
    for code, _, text in _repeated(failures):
        yield f"error {code} {text!r} stands twice"


def _repeated(values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]

"""Reads the catalog's files, and refuses what they should not say."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from tt_emulator.catalog.kinds import KINDS
from tt_emulator.catalog.model import Api, Catalog, ErrorRow, Label, Sourced
from tt_emulator.errors import CatalogError

WHOLE = "catalog.json"
"""All of a catalog in one file, which `.ci/generate` writes: a start reads no seventy files."""


def load_from(folder: Path) -> Catalog:
    """The catalog of `folder`, from `WHOLE` if that is there. Raises as `read_pages`."""
    try:
        text = (folder / WHOLE).read_bytes()
    except FileNotFoundError:
        return read_pages(folder)
    return msgspec.json.decode(text, type=Catalog)


def read_pages(folder: Path) -> Catalog:
    """The catalog of `folder`: `sources.toml`, `names.toml` and one file an API under `catalog/`.

    Raises `CatalogError`, naming the file, for anything that is not understood.
    """
    sources = _convert(folder / "sources.toml", dict[str, str])
    names = _convert(folder / "names.toml", dict[str, Label])
    apis = {}
    for path in sorted((folder / "catalog").glob("*.toml")):
        api = _convert(path, Api)
        for problem in _problems(api, path.stem, names, sources):
            raise CatalogError(f"{path.name}: {problem}", "Mend the file; the loader is strict.")
        apis[api.name] = api
    return Catalog(apis, names, sources)


def _convert(path: Path, shape: Any) -> Any:
    import tomllib  # 5 ms of a start, which reads the one file

    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogError(
            f"{path.name}: {error}", "Mend the file; the loader is strict."
        ) from error


def _problems(api: Api, stem: str, names: dict[str, Label], sources: dict[str, str]) -> list[str]:
    return [
        *([] if api.name == stem else [f"describes {api.name}, so it must be {api.name}.toml"]),
        *([] if api.kind in KINDS else [f"unknown kind {api.kind!r}; known: {', '.join(KINDS)}"]),
        *(
            f"unknown source {statement.source!r}"
            for statement in _statements(api)
            if statement.source not in sources
        ),
        *(
            f"error {row.name!r} is inferred, so a note must say why"
            for row in api.errors
            if row.evidence == "inferred" and not row.note
        ),
        *(f"unknown error name {row.name!r}" for row in api.errors if row.name not in names),
        *(f"error {name!r} stands twice" for name in _twice(row.name for row in api.errors)),
        *(
            f"error {code} {message!r} stands twice"
            for code, _, message in _twice(_failures(api.errors))
        ),
    ]


def _statements(api: Api) -> list[Sourced]:
    return [api, api.success, *api.params, *api.limits, *api.rules, *api.errors]


def _failures(rows: tuple[ErrorRow, ...]) -> list[tuple[int, str | None, str | None]]:
    """By code, type and text: pages have rows that share their number."""
    return [(row.code, row.type, row.message) for row in rows if row.code is not None]


def _twice(values: Any) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]

"""Reads the catalog's files, and refuses what they should not say."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from tt_emulator.catalog.borrowing import Borrowed, borrowed
from tt_emulator.catalog.catalog import Catalog, Cited, Label
from tt_emulator.catalog.flaws import flaws
from tt_emulator.catalog.model import Api
from tt_emulator.catalog.vocabulary import Vocabulary
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
    """The catalog of `folder`: `sources.toml`, `names.toml`, `vocabulary.toml` and one file an API
    under `catalog/`; `borrowed.toml`, if it is there, names what is read from another platform's.

    Raises `CatalogError`, naming the file, for anything that is not understood.
    """
    sources = _convert(folder / "sources.toml", dict[str, str | Cited])
    names = _convert(folder / "names.toml", dict[str, Label])
    vocabulary = _convert(folder / "vocabulary.toml", Vocabulary)
    apis = {}
    for path in sorted((folder / "catalog").glob("*.toml")):
        api = _convert(path, Api)
        if api.name != path.stem:
            raise _refusal(path.name, f"describes {api.name}, so it must be {api.name}.toml")
        for flaw in flaws(api, names, sources, vocabulary):
            raise _refusal(path.name, flaw)
        apis[api.name] = api
    catalog = Catalog(apis, names, sources)
    path = folder / "borrowed.toml"
    return _with_borrowed(catalog, path, vocabulary) if path.exists() else catalog


def _with_borrowed(own: Catalog, path: Path, vocabulary: Vocabulary) -> Catalog:
    said = _convert(path, Borrowed)
    lender = read_pages(path.parent.parent / said.from_)
    apis, names = dict(own.apis), dict(own.names)
    for name in {*said.promised} - {*said.main, *said.both}:
        raise _refusal(path.name, f"{name} is promised, but not borrowed")
    for name in (*said.main, *said.both):
        if name not in lender.apis:
            raise _refusal(path.name, f"platform {said.from_} has no API {name!r}")
        if name in apis:
            twice = "has a file of its own" if name in own.apis else "stands twice"
            raise _refusal(path.name, f"{name} {twice}")
        apis[name] = borrowed(lender.apis[name], said)
        used = {row.name: lender.names[row.name] for row in apis[name].errors}
        names = used | names  # its own word for an error, where it has one
        for flaw in flaws(apis[name], names, own.sources, vocabulary):
            raise _refusal(path.name, f"{name} of {said.from_}: {flaw}")
    return Catalog(_sorted(apis), names, own.sources)


def _sorted(apis: Mapping[str, Api]) -> dict[str, Api]:
    return {name: apis[name] for name in sorted(apis)}


def _convert(path: Path, shape: Any) -> Any:
    import tomllib  # 5 ms of a start, which reads the one file

    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _refusal(path.name, str(error)) from error


def _refusal(file: str, flaw: str) -> CatalogError:
    return CatalogError(f"{file}: {flaw}", "Mend the file; the loader is strict.")

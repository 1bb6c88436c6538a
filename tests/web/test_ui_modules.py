"""The modules of the tester's page import one way."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import run_docs
from tt_emulator.platforms import PLATFORMS
from tt_emulator.platforms.identity import BACKEND_CODES

PLACE = "emulator/tt_emulator/web/ui"
UI = run_docs.ROOT / PLACE
FILES = {path.relative_to(UI).as_posix(): path for path in sorted(UI.rglob("*.js"))}

# A folder may import from itself and from those below.
LAYERS = [
    "main.js : play.js",
    "page.js : shell.js : play",
    "views",
    "texts.js : theme.js",
    "core",
    "logic",
    "text",
]
LEVELS = {
    name: level for level, names in enumerate(LAYERS) for name in map(str.strip, names.split(":"))
}
SOURCE = re.compile(r"^(?:import|export|\})(?: [^'=\n]*)?(?: from)? '([^'\n]+)';$", re.MULTILINE)


def test_the_page_looks_for_a_code_where_the_platforms_have_it() -> None:
    (listed,) = re.findall(
        r"const CODE_FIELDS = \[(.*?)\]", run_docs.read(f"{PLACE}/logic/calls.js")
    )
    fields = [name for identity in PLATFORMS.values() for name in identity.code_fields]

    assert re.findall(r"\w+", listed) == [*fields, *BACKEND_CODES]


def imported(file: str) -> set[str]:
    """The modules that it imports, each a path below the page's folder."""
    sources = SOURCE.findall(FILES[file].read_text(encoding="utf-8"))
    return {_below(FILES[file].parent, source) for source in sources}


def _below(folder: Path, source: str) -> str:
    assert source.startswith("."), f"{source} is no file of the page"
    return (folder / source).resolve().relative_to(UI.resolve()).as_posix()


def test_what_is_imported_is_there() -> None:
    everywhere = {other for file in FILES for other in imported(file)}

    assert everywhere <= FILES.keys()
    assert len(everywhere) > len(FILES) / 2


def test_no_module_imports_itself_by_way_of_others() -> None:
    order = TopologicalSorter({file: imported(file) for file in FILES})

    assert len(list(order.static_order())) == len(FILES)  # a circle raises


@pytest.mark.parametrize("file", FILES)
def test_a_module_imports_from_its_folder_and_those_below(file: str) -> None:
    level = LEVELS[file.partition("/")[0]]

    above = {other for other in imported(file) if LEVELS[other.partition("/")[0]] < level}

    assert above == set()

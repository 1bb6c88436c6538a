"""What only WeChat has stands in WeChat's own folders: nothing else of the package names it."""

import re
from collections.abc import Iterator
from pathlib import Path

from tt_emulator.catalog import Catalog
from tt_emulator.platforms import PLATFORMS, load

PACKAGE = Path(__file__).parents[2] / "emulator" / "tt_emulator"
CI = PACKAGE.parents[1] / ".ci"
WX, TT = (load(PLATFORMS[name]).catalog for name in ("wx", "tt"))

OWN = ("platforms/wx/", "web/runtime/wx/", "web/wx.", "notes-wx.")
OF_TT = ("platforms/tt/", "web/runtime/tt/", "web/tt.")
ALL_CATALOGS = "web/tt-emulator.d.mts"
"""Its types name the errors of both, by `.ci/generate`."""

MEMBERS_OF_BOTH = {"getOpenDataContext", "getSharedCanvas", "onMessage", "postMessage"}
"""tt has them too, where no page of its catalog tells of them."""

OURS_TOO = {"not-found"}
"""A code of the control plane."""


def texts(catalog: Catalog) -> set[str]:
    rows = [row for api in catalog.apis.values() for row in api.errors]
    return {text for row in rows for text in (row.message, row.literal) if text}


def row_names(catalog: Catalog) -> set[str]:
    return {row.name for api in catalog.apis.values() for row in api.errors}


APIS = {*WX.apis} - {*TT.apis} - MEMBERS_OF_BOTH
ROWS = {name for name in row_names(WX) - row_names(TT) if "-" in name} - OURS_TOO
"""Those of one word are words of English as well."""
TEXTS = {text for text in texts(WX) if not any(text in each for each in texts(TT))}
COUNTERPARTS = {name for api in TT.apis.values() for name in api.counterparts}
"""What tt has by another name: its own folders say so to who ports a game."""


def sources() -> Iterator[tuple[str, str]]:
    """The files of the package and of what generates some, with their text."""
    for folder in (PACKAGE, CI):
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and "__pycache__" not in name and not name.startswith(OWN):
                yield name, file.read_text(encoding="utf-8")


def named_in(name: str, text: str) -> set[str]:
    """What of WeChat's alone the file names."""
    allowed = COUNTERPARTS if name.startswith(OF_TT) else set()
    words = {*re.findall(r"[\w-]+", text), *re.findall(r"\w+", text)}
    return (words & (APIS | ROWS) - allowed) | {each for each in TEXTS if each in text}


def test_the_catalogs_tell_what_wechat_alone_has() -> None:
    assert {"getFriendCloudStorage", "modifyFriendInteractiveStorage"} <= APIS
    assert {"auth-deny", "privacy-refused", "data-no-response"} <= ROWS
    assert {"connect fail", "invalid KVData item"} <= TEXTS
    types = (PACKAGE / "web" / "tt.d.ts").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{name}\b", types) for name in MEMBERS_OF_BOTH)


def test_no_other_file_names_it() -> None:
    found = {name: named_in(name, text) for name, text in sources() if name != ALL_CATALOGS}

    assert {name: words for name, words in found.items() if words} == {}


def test_its_own_folders_do() -> None:
    rules = (PACKAGE / "platforms" / "wx" / "services.py").read_text(encoding="utf-8")

    assert "getFriendCloudStorage" in named_in("services.py", rules)
    assert named_in("x.py", 'raise ApiError("auth-deny")') == {"auth-deny"}

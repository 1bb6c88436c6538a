"""A platform fits together, or none is made of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tt_emulator import platforms
from tt_emulator.catalog import Catalog
from tt_emulator.catalog.kinds import KINDS, Kind
from tt_emulator.errors import CatalogError
from tt_emulator.platforms import PLATFORMS, load

PLATFORM = load()
FOLDER = Path(platforms.__file__).parent


@pytest.mark.parametrize("identity", PLATFORMS.values(), ids=PLATFORMS)
def test_each_platform_is_a_line_and_a_folder_of_its_name(identity: Any) -> None:
    assert load(identity).identity == identity


@pytest.mark.parametrize("identity", PLATFORMS.values(), ids=PLATFORMS)
def test_each_switch_has_its_words_in_the_page(identity: Any) -> None:
    runtime = FOLDER.parent / "web" / "runtime" / identity.name
    text = (runtime / "switch-sentences.js").read_text(encoding="utf-8")

    for name in load(identity).switches:
        assert re.search(rf"^  '?{name}'?: \{{ en: ", text, re.MULTILINE), name


def test_an_api_that_nothing_answers_is_refused() -> None:
    services = {name: each for name, each in PLATFORM.services.items() if name != "login"}

    with pytest.raises(CatalogError, match="tt: login is called, but no service answers it"):
        replace(PLATFORM, services=services)


@pytest.mark.parametrize("field", ["where_set", "panels"])
def test_what_is_said_of_an_api_that_there_is_not_is_refused(field: str) -> None:
    with pytest.raises(CatalogError, match=r"tt: logout is no API that is called"):
        replace(PLATFORM, **{field: {"logout": {}}})


@pytest.mark.parametrize("called", [True, False])
@pytest.mark.parametrize("struck", [True, False])
def test_a_new_kind_falls_into_each_place_or_out_of_it_by_its_line(
    monkeypatch: pytest.MonkeyPatch, called: bool, struck: bool
) -> None:
    kind = Kind(in_game=True, called=called, struck=struck, returns=False, leaves=False)
    monkeypatch.setitem(KINDS, "made-up", kind)
    login = replace(PLATFORM.catalog.apis["login"], kind="made-up")
    known = PLATFORM.catalog
    catalog = Catalog(known.apis | {"login": login}, known.names, known.sources)

    assert ("login" in catalog.called, "login" in catalog.struck) == (called, struck)
    assert bool(catalog.rows("login")) == struck
    if called:
        assert (
            replace(PLATFORM, catalog=catalog).services.keys()
            == catalog.called.keys() - catalog.leaving
        )
    else:
        with pytest.raises(CatalogError, match="login has a service, but its kind is not called"):
            replace(PLATFORM, catalog=catalog)

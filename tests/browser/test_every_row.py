"""Every row of both platforms as a game in Chromium receives it."""

from typing import Any

import pytest

import every_row
from browser.package_site import package_site
from browser.site import ROOT, Tab
from tt_emulator.client import Client

BODY = (ROOT / "tests" / "web" / "every-row.js").read_text(encoding="utf-8")
CALLS = """([maker, url, world, plan]) =>
    makeCalls((of) => window[maker]({ url, world, ...of }), plan)"""


@pytest.fixture
def heard(tab: Tab, world: Client) -> Any:
    def make_calls(platform: str, cases: list[every_row.Case]) -> Any:
        script = f'<script src="{world.url}/{platform}.js"></script><script>{BODY}</script>'
        page_of_game = f'<!doctype html><link rel="icon" href="data:,">{script}'
        with package_site(world.url, {"": page_of_game}) as url:
            page = tab(f"{url}?tt-world={world.world}")
            given = [f"create{platform.upper()}", world.url, world.world, every_row.plan(cases)]
            return page.evaluate(CALLS, given)

    return make_calls


@pytest.mark.parametrize("platform", every_row.CATALOGS)
def test_each_row_that_is_armed_is_received_in_chromium(
    heard: Any, world: Client, platform: str
) -> None:
    cases = every_row.armed(platform, in_page=True)
    every_row.lay_out(world, platform, cases)
    every_row.arm_all(world, cases)

    assert every_row.differences(cases, heard(platform, cases)) == []


@pytest.mark.parametrize("platform", every_row.CATALOGS)
def test_each_row_that_has_a_cause_is_received_in_chromium(
    heard: Any, world: Client, platform: str
) -> None:
    cases = every_row.caused(platform, in_page=True)
    every_row.lay_out(world, platform, cases)

    assert every_row.differences(cases, heard(platform, cases)) == []

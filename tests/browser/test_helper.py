"""tt-emulator.mjs in a page: it is for the test runner's side, and says so."""

import pytest

from browser.site import Tab
from tt_emulator.client import Client

TRY = """async ([from, url]) => {
  const { createEmulator } = await import(`${from}/tt-emulator.mjs`);
  const emu = createEmulator({ url });
  try {
    await emu.fail('network-unavailable');
    return `armed in ${emu.world}`;
  } catch (error) {
    return error.message;
  }
}"""


def test_a_page_of_another_origin_hears_that_it_must_not_arm(
    tab: Tab, site: str, world: Client, complaints: list[str]
) -> None:
    answer = tab(f"{site}/game").evaluate(TRY, [world.url, world.url])

    assert answer == (
        f"A page may not use the control plane of the tt-emulator at {world.url}: it is closed to "
        "other origins. Arm from the test runner's Node side, or in a page of the emulator's own."
    )
    assert complaints == []


@pytest.mark.parametrize("path", ["/", "/__emulator/ui/"])
def test_a_page_of_the_emulators_own_may(tab: Tab, world: Client, path: str) -> None:
    answer = tab(world.url + path).evaluate(TRY, [world.url, world.url])

    assert answer.startswith("armed in js-")
    with Client(world.url, answer.removeprefix("armed in ")) as made:
        assert [fault["error"] for fault in made.faults()] == ["network-unavailable"]
        made.drop_world()

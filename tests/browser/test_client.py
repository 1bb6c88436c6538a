"""The client scenarios that also run under Node (tests/web/client.test.js), in Chromium."""

from typing import Any
from uuid import uuid4

from browser.site import Tab
from process import Emulator
from tt_emulator.client import Client

RUN_ALL = """async ([url, run]) => {
    const outcomes = {};
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
        const world = `${run}-${Object.keys(outcomes).length}`;
        const [tt, otherTT] = ['a', 'b'].map(player => createTT({url, world, player}));
        const arm = faults => armIn(world, faults);
        const given = {tt, otherTT, createCloudSave, arm};
        outcomes[name] = await scenario(given).then(() => 'ok', String);
    }
    return outcomes;
}"""


def test_the_client_scenarios_pass_in_chromium(tab: Tab, site: str, server: Emulator) -> None:
    def arm_in(world: str, faults: list[dict[str, Any]]) -> None:
        Client(server.url, world).replace(faults)

    page = tab(f"{site}/game")
    page.expose_function("armIn", arm_in)  # a page of another origin may not arm faults itself
    page.add_script_tag(url=f"{site}/client-scenarios.js")
    page.add_script_tag(url=f"{site}/demo/cloud-save.js")
    outcomes = page.evaluate(RUN_ALL, [server.url, f"chromium-{uuid4().hex}"])
    assert outcomes == dict.fromkeys(outcomes, "ok")
    assert len(outcomes) > 15

"""The client scenarios that also run under Node (tests/web/client.test.js), in Chromium."""

from uuid import uuid4

from browser.site import Tab
from process import Emulator

RUN_ALL = """async ([url, run]) => {
    const outcomes = {};
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
        const world = `${run}-${Object.keys(outcomes).length}`;
        const [tt, otherTT] = ['a', 'b'].map(player => createTT({url, world, player}));
        outcomes[name] = await scenario({tt, otherTT, createCloudSave}).then(() => 'ok', String);
    }
    return outcomes;
}"""


def test_the_client_scenarios_pass_in_chromium(tab: Tab, site: str, server: Emulator) -> None:
    page = tab(f"{site}/game")
    page.add_script_tag(url=f"{site}/client-scenarios.js")
    page.add_script_tag(url=f"{site}/demo/cloud-save.js")
    outcomes = page.evaluate(RUN_ALL, [server.url, f"chromium-{uuid4().hex}"])
    assert outcomes == dict.fromkeys(outcomes, "ok")
    assert len(outcomes) > 10

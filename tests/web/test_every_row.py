"""Every row of both platforms as a game in Node receives it."""

import json
import subprocess
from typing import Any

import pytest

import every_row
from process import Emulator
from tt_emulator.client import Client
from web.test_node import HERE, TT_JS

pytestmark = pytest.mark.node

CALLS = """
const [script, maker, body, url, world] = process.argv.slice(1);
const create = require(script)[maker];
let plan = '';
process.stdin.on('data', (part) => { plan += part; }).on('end', async () => {
  const make = (of) => create({ url, world, ...of });
  const heard = await require(body).makeCalls(make, JSON.parse(plan));
  process.stdout.write(`\\n${JSON.stringify(heard)}`, () => process.exit());
});
"""


def heard_in_node(node: str, client: Client, platform: str, cases: list[every_row.Case]) -> Any:
    script = TT_JS.with_name(f"{platform}.js")
    given = [script, f"create{platform.upper()}", HERE / "every-row.js", client.url, client.world]
    done = subprocess.run(
        [node, "-e", CALLS, *map(str, given)],
        input=json.dumps(every_row.plan(cases)),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # the console's lines come before


@pytest.mark.parametrize("platform", every_row.CATALOGS)
def test_each_row_that_is_armed_is_received_in_node(
    node: str, server: Emulator, new_world: str, platform: str
) -> None:
    cases = every_row.armed(platform, in_page=False)
    with Client(server.url, new_world) as client:
        every_row.lay_out(client, platform, cases)
        every_row.arm_all(client, cases)

        assert every_row.differences(cases, heard_in_node(node, client, platform, cases)) == []


@pytest.mark.parametrize("platform", every_row.CATALOGS)
def test_each_row_that_has_a_cause_is_received_in_node(
    node: str, server: Emulator, new_world: str, platform: str
) -> None:
    cases = every_row.caused(platform, in_page=False)
    with Client(server.url, new_world) as client:
        every_row.lay_out(client, platform, cases)

        assert every_row.differences(cases, heard_in_node(node, client, platform, cases)) == []

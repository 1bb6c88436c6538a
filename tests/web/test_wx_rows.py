"""Each row of WeChat's catalog, armed, comes to a game in Node as it stands there."""

import json
import os
import subprocess

import pytest

from process import Emulator
from tt_emulator.platforms.device.page_acts import PAGE_ONLY
from web.test_wx import WX_JS
from wx_rows import cases

SCRIPT = """
const { createEmulator } = await import(process.argv[1]);
console.info = () => {};
const emu = createEmulator({ platform: 'wx' });
const of = { main: await emu.createWX(), open: await emu.createWX({ domain: 'open' }) };
const replies = [];
for (const [api, error, domain, options] of JSON.parse(process.argv[2])) {
  await emu.fail(error, { api, times: 1 });
  const asked = (complete) => of[domain][api]({ ...options, complete });
  replies.push(await new Promise(asked));
}
await emu.done();
process.stdout.write(JSON.stringify(replies));
"""


@pytest.mark.node
def test_each_row_comes_as_it_is_armed(node: str, server: Emulator) -> None:
    rows = [row for row in cases() if row.api not in PAGE_ONLY]
    helper = WX_JS.with_name("tt-emulator.mjs").as_uri()
    sent = json.dumps([row[:4] for row in rows])
    done = subprocess.run(
        [node, "--input-type=module", "-e", SCRIPT, helper, sent],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"TT_EMULATOR_URL": server.url},
        check=False,
    )

    assert done.returncode == 0, done.stderr
    came = json.loads(done.stdout)
    assert len(rows) > 50
    for row, reply in zip(rows, came, strict=True):
        assert reply == row.reply, row[:2]

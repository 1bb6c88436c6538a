'use strict';

/*
 * The scenarios under Node, against the emulator at TT_EMULATOR_URL: test_node.py starts one.
 */
const { randomUUID } = require('node:crypto');
const { test } = require('node:test');
const { createTT } = require('../../emulator/tt_emulator/web/tt.js');
const { createCloudSave } = require('../../emulator/tt_emulator/web/demo/cloud-save.js');
const { SCENARIOS } = require('./client-scenarios.js');

const skip = process.env.TT_EMULATOR_URL ? false : 'no emulator: set TT_EMULATOR_URL';

async function armIn(world, faults) {
  const response = await fetch(`${process.env.TT_EMULATOR_URL}/__emulator/v1/faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Emulator-World': world },
    body: JSON.stringify(faults),
  });
  if (!response.ok) throw new Error(await response.text());
}

for (const [name, scenario] of Object.entries(SCENARIOS)) {
  test(name, { skip }, async () => {
    const world = `node-${randomUUID()}`;
    const [tt, otherTT] = ['a', 'b'].map((player) => createTT({ world, player }));
    await scenario({ tt, otherTT, createCloudSave, arm: (faults) => armIn(world, faults) });
  });
}

'use strict';

/*
 * The scenarios under Node, against the emulator at TT_EMULATOR_URL: test_node.py starts one.
 */
const { randomUUID } = require('node:crypto');
const { test } = require('node:test');
const { createTT } = require('../../emulator/web/tt.js');
const { createCloudSave } = require('../../emulator/web/demo/cloud-save.js');
const { SCENARIOS } = require('./client-scenarios.js');

const skip = process.env.TT_EMULATOR_URL ? false : 'no emulator: set TT_EMULATOR_URL';

for (const [name, scenario] of Object.entries(SCENARIOS)) {
  test(name, { skip }, async () => {
    const world = `node-${randomUUID()}`;
    await scenario({ tt: createTT({ world, player: 'a' }), otherTT: createTT({ world, player: 'b' }), createCloudSave });
  });
}

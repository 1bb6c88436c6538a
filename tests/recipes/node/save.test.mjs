import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import cloudSave from '../game/cloud-save.js';
import { createEmulator } from '../vendor/tt-emulator.mjs';

const errors = await createEmulator().errors('setUserCloudStorage');
let emu;
let submit;

beforeEach(async () => {
  emu = createEmulator(); // a fresh world: tests may run at the same time
  const game = cloudSave.createCloudSave(await emu.createTT({ player: 'alice' }), 'score');
  submit = (score) => new Promise((resolve) => { game.submit(score, (failure, stored) => resolve({ failure, stored })); });
});
afterEach(async (t) => {
  if (!t.passed) t.diagnostic(await emu.report());
  const name = t.name.replace(/[^\p{L}\p{N}]+/gu, '-');
  const story = `reports/stories/${name}.${emu.world}.json`; // of a test that fails, for tt-emulator replay
  await emu.done({ passed: t.passed, story }); // drops the world, and fails for what went unnoticed there
});

test('a score is saved', async () => {
  assert.deepEqual(await submit(7), { failure: null, stored: 7 });
  assert.equal((await emu.player('alice')).KVDataList.length, 1);
});

test('after a failure the game can try again', async () => {
  await emu.fail('network-unavailable', { api: 'setUserCloudStorage', times: 1 });
  assert.equal((await submit(7)).failure.errorCode, 999985);
  assert.equal((await submit(7)).stored, 7);
  await emu.assertCalled({ api: 'setUserCloudStorage', count: 2 });
});

for (const { name, code } of errors) {
  test(`the game hears of ${name}`, async (t) => {
    const fault = await emu.fail(name, { api: 'setUserCloudStorage' });
    t.after(fault.end);
    assert.equal((await submit(7)).failure.errorCode, code);
  });
}

import { expect, onTestFailed, test as base } from 'vitest';
import cloudSave from '../game/cloud-save.js';
import { createEmulator } from '../vendor/tt-emulator.mjs';

const errors = await createEmulator().errors('setUserCloudStorage');

const test = base.extend({
  emu: async ({}, use) => {
    const emu = createEmulator(); // a fresh world: tests may run at the same time
    onTestFailed(async () => console.log(await emu.report()));
    await use(emu);
    await emu.done(); // drops the world, and fails for what went unnoticed there
  },
  submit: async ({ emu }, use) => {
    const game = cloudSave.createCloudSave(await emu.createTT({ player: 'alice' }), 'score');
    await use((score) => new Promise((resolve) => {
      game.submit(score, (failure, stored) => resolve({ failure, stored }));
    }));
  },
});

test('a score is saved', async ({ emu, submit }) => {
  expect(await submit(7)).toEqual({ failure: null, stored: 7 });
  expect((await emu.player('alice')).KVDataList).toHaveLength(1);
});

test('after a failure the game can try again', async ({ emu, submit }) => {
  await emu.fail('network-unavailable', { api: 'setUserCloudStorage', times: 1 });
  expect((await submit(7)).failure.errorCode).toBe(999985);
  expect((await submit(7)).stored).toBe(7);
  await emu.assertCalled({ api: 'setUserCloudStorage', count: 2 });
});

test.for(errors)('the game hears of $name', async ({ name, code }, { emu, submit }) => {
  await emu.fail(name, { api: 'setUserCloudStorage' });
  expect((await submit(7)).failure.errorCode).toBe(code);
});

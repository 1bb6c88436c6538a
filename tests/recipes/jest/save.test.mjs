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
afterEach(() => emu.done()); // drops the world, and fails for what went unnoticed there

test('a score is saved', async () => {
  expect(await submit(7)).toEqual({ failure: null, stored: 7 });
  expect((await emu.player('alice')).KVDataList).toHaveLength(1);
});

test('after a failure the game can try again', async () => {
  await emu.fail('network-unavailable', { api: 'setUserCloudStorage', times: 1 });
  expect((await submit(7)).failure.errorCode).toBe(999985);
  expect((await submit(7)).stored).toBe(7);
  await emu.assertCalled({ api: 'setUserCloudStorage', count: 2 });
});

test.each(errors)('the game hears of $name', async ({ name, code }) => {
  await emu.fail(name, { api: 'setUserCloudStorage' });
  expect((await submit(7)).failure.errorCode).toBe(code);
});

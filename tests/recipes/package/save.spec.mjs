import { expect, test as base } from '@playwright/test';
import { createEmulator } from '../vendor/tt-emulator.mjs';

const test = base.extend({
  emu: async ({}, use, info) => {
    const emu = createEmulator(); // a fresh world: tests may run at the same time
    await use(emu);
    const passed = info.status === info.expectedStatus;
    if (!passed) console.log(await emu.report());
    const story = info.outputPath('story.json'); // of a test that fails, for tt-emulator replay
    await emu.done({ passed, story }); // drops the world, and fails for what the game did not catch there
  },

  game: async ({ emu, page }, use) => {
    await page.goto(emu.page(undefined, { player: 'alice' })); // the game that `exec --play` plays
    await use(page.locator('canvas'));
  },
});

test('a tap saves the score', async ({ emu, game }) => {
  await game.click();
  await emu.waitFor('setUserCloudStorage');
  expect((await emu.player('alice')).KVDataList).toEqual([{ key: 'best', value: '1' }]);
});

test('the game goes on after a failure', async ({ emu, game }) => {
  await emu.fail('network-unavailable', { api: 'setUserCloudStorage', times: 1 });
  await game.click();
  await emu.waitFor({ api: 'setUserCloudStorage', error: 'network-unavailable' });
});

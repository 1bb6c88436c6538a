import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { expect, test as base } from '@playwright/test';
import { createEmulator } from '../vendor/tt-emulator.mjs';

const test = base.extend({
  // Your game's own server. Its page names the emulator's usual port; this run may have another one.
  site: [async ({}, use) => {
    const { url } = createEmulator();
    const server = createServer(async (request, response) => {
      const name = new URL(request.url, 'http://localhost').pathname.slice(1) || 'index.html';
      const text = await readFile(new URL(`../game/${name}`, import.meta.url), 'utf8').catch(() => '');
      response.setHeader('Content-Type', name.endsWith('.js') ? 'text/javascript' : 'text/html');
      response.end(text.replace('http://127.0.0.1:8717', url));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${server.address().port}/`);
    server.close();
  }, { scope: 'worker' }],

  emu: async ({}, use, info) => {
    const emu = createEmulator(); // a fresh world: tests may run at the same time
    await use(emu);
    const passed = info.status === info.expectedStatus;
    if (!passed) console.log(await emu.report());
    const story = info.outputPath('story.json'); // of a test that fails, for tt-emulator replay
    await emu.done({ passed, story }); // drops the world, and fails for what went unnoticed there
  },

  game: async ({ emu, page, site }, use) => {
    await page.goto(emu.page(site, { player: 'alice' })); // ?tt-world=…&tt-player=alice&tt-url=…
    await use(page);
  },
});

test('a score is saved', async ({ emu, game }) => {
  await game.getByRole('button').click();
  await expect(game.getByRole('status')).toHaveText('saved 7');
  expect((await emu.player('alice')).KVDataList).toHaveLength(1);
});

test('the player is told of a failure and can try again', async ({ emu, game }) => {
  await emu.fail('network-unavailable', { api: 'setUserCloudStorage', times: 1 });
  await game.getByRole('button').click();
  await expect(game.getByRole('status')).toHaveText('not saved: setUserCloudStorage:fail network unavailable');
  await game.getByRole('button').click();
  await expect(game.getByRole('status')).toHaveText('saved 7');
});

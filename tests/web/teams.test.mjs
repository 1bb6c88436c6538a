/*
 * tt-emulator.mjs and tt.js in Node with the token of a team, which TT_EMULATOR_TOKEN has, on the server of teams at TT_EMULATOR_URL.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createEmulator, Refused } from '../../emulator/tt_emulator/web/tt-emulator.mjs';

const { createTT } = createRequire(import.meta.url)('../../emulator/tt_emulator/web/tt.js');
const SAVE = { KVDataList: [{ key: 'score', value: '1' }] };
const OK = { errMsg: 'setUserCloudStorage:ok' };
const { TT_EMULATOR_URL: url, TT_EMULATOR_TOKEN: token } = process.env;
const save = (tt) => new Promise((complete) => { tt.setUserCloudStorage({ ...SAVE, complete }); });

test('a fresh world is one of the team that the token names', async (t) => {
  t.mock.method(console, 'info', () => {});
  const emu = createEmulator();
  assert.match(emu.world, /^alpha\.js-teams/);
  assert.ok(emu.world.length <= 64);
  const tt = await emu.createTT();
  assert.deepEqual(await save(tt), OK);
  await emu.fail('network-unavailable', { times: 1 });
  assert.equal((await save(tt)).errorCode, 999985);
  await emu.assertCalled({ api: 'setUserCloudStorage', count: 2 });
  await emu.done();
  const other = createEmulator({ platform: 'wx' });
  assert.equal((await save(await other.createWX())).errMsg, OK.errMsg);
  await other.done();
});

test('the world of another team is refused', async () => {
  const emu = createEmulator({ world: 'beta.cart' });
  await assert.rejects(emu.player('alice'), (error) => error instanceof Refused && error.problem.code === 'other-team');
  await emu.done({ passed: false }).catch(() => {});
});

test('tt.js shows the token that it is given, or that of the environment', async () => {
  assert.deepEqual(await save(createTT({ url, token, world: 'alpha.given' })), OK);
  assert.deepEqual(await save(createTT({ world: 'alpha.environment' })), OK);
  assert.throws(() => createTT({ token: 7 }), /token/);
});

test('it tells the token of the environment to no server that is named otherwise', async () => {
  assert.equal((await save(createTT({ url, world: 'alpha.untold' }))).errorCode, 999991);
});

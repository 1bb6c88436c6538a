'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, createTTOf, listenTo, ok, outcome, says, startStub } = require('./stub.js');

test('a call is POST /tt/<api> in JSON with the four headers', async (t) => {
  const { url, requests } = await startStub(t);
  await outcome(createTT({ url: url + '/' }), 'setUserCloudStorage', { KVDataList: [] });
  const { method, path, headers, body } = requests[0];
  assert.deepEqual([method, path, body], ['POST', '/tt/setUserCloudStorage', '{"KVDataList":[]}']);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['x-emulator-world'], 'default');
  assert.equal(headers['x-emulator-player'], 'player-1');
  assert.equal(headers['x-emulator-domain'], 'main');
  assert.match(headers['x-emulator-call'], /^[a-z0-9]+-1$/);
});

test('world and player travel percent-encoded', async (t) => {
  const { url, requests } = await startStub(t);
  await outcome(createTT({ url, world: 'a.b_c-1', player: '小明 100%\n' }), 'checkSession');
  assert.equal(requests[0].headers['x-emulator-world'], 'a.b_c-1');
  assert.equal(decodeURIComponent(requests[0].headers['x-emulator-player']), '小明 100%\n');
  assert.match(requests[0].headers['x-emulator-player'], /^[\x21-\x7e]+$/);
});

test('every call has an id of its own, also across players', async (t) => {
  const { url, requests } = await startStub(t);
  const players = [createTT({ url }), createTT({ url })];
  for (let n = 0; n < 100; n += 1) players[n % 2].setUserCloudStorage({ KVDataList: [] });
  await Promise.all(players.map((tt) => outcome(tt, 'checkSession')));
  assert.equal(new Set(requests.map(({ headers }) => headers['x-emulator-call'])).size, 102);
});

test('calls in one breath arrive in their order, even if the way of the first is long', async (t) => {
  const { url, requests } = await startStub(t);
  const straight = globalThis.fetch;
  let detour = new Promise((resolve) => setTimeout(resolve, 20)); // well within the head start
  const fetch = async (...request) => {
    const wait = detour;
    detour = null;
    await wait;
    return straight(...request);
  };
  const tt = createTTOf({ fetch })({ url });
  for (const key of ['a', 'b', 'c', 'd']) tt.setUserCloudStorage({ KVDataList: [{ key, value: '1' }] });
  await outcome(tt, 'checkSession');
  assert.deepEqual(requests.slice(0, 4).map(({ body }) => JSON.parse(body).KVDataList[0].key), ['a', 'b', 'c', 'd']);
});

test('a call that is never answered does not stop the next ones', async (t) => {
  let release;
  const hung = new Promise((resolve) => { release = resolve; });
  const { url } = await startStub(t, (request, response) => {
    if (request.path === '/tt/login') hung.then(() => ok(request, response));
    else ok(request, response);
  });
  const tt = createTT({ url });
  const login = outcome(tt, 'login');
  let loggedIn = false;
  login.then(() => { loggedIn = true; });
  await Promise.all([outcome(tt, 'checkSession'), outcome(tt, 'setUserCloudStorage')]);
  assert.equal(loggedIn, false);
  release();
  assert.equal((await login).reply.errMsg, 'login:ok');
});

test('a call whose world is moving from one server to another is made again under its id', async (t) => {
  let moving = 1;
  const { url, requests } = await startStub(t, (request, response) => {
    moving -= 1;
    if (moving < 0) ok(request, response);
    else says(503, { code: 'world-moving' }, { 'X-Emulator-Moving': '1' })(request, response);
  });
  const { reply } = await outcome(createTT({ url }), 'login');
  assert.equal(reply.errMsg, 'login:ok');
  assert.equal(requests.length, 2);
  assert.equal(new Set(requests.map(({ headers }) => headers['x-emulator-call'])).size, 1);
});

test('in Node the address comes from the option, then from TT_EMULATOR_URL', async (t) => {
  const [asked, fromEnv] = [await startStub(t), await startStub(t)];
  process.env.TT_EMULATOR_URL = fromEnv.url;
  t.after(() => delete process.env.TT_EMULATOR_URL);
  await outcome(createTT({ url: asked.url }), 'checkSession');
  await outcome(createTT(), 'checkSession');
  assert.deepEqual([asked.requests.length, fromEnv.requests.length], [1, 1]);
});

test('the ES module makes the same calls, and has the same version', async (t) => {
  const { url, requests } = await startStub(t);
  const module = await import('../../emulator/tt_emulator/web/tt.mjs');
  assert.deepEqual(Object.keys(module).sort(), ['createTT', 'version']);
  assert.equal(module.version, require('../../emulator/tt_emulator/web/tt.js').version);
  assert.equal((await outcome(module.createTT({ url, player: 'esm' }), 'login')).reply.errMsg, 'login:ok');
  assert.equal(requests[0].headers['x-emulator-player'], 'esm');
  assert.equal(typeof globalThis.tt, 'undefined');
});

test('a player that is no string is refused when the tt is made', () => {
  assert.throws(() => createTT({ player: 7 }), /\[tt-emulator\] createTT: player must be a string, got number/);
});

test('a fetch that comes after tt.js is used where there was none', async (t) => {
  const { url, requests } = await startStub(t);
  await outcome(createTTOf({ fetch: undefined })({ url }), 'checkSession');
  assert.equal(requests.length, 1);
});

test('without fetch the developer is told', async (t) => {
  const warnings = listenTo(t, 'warn');
  const { fetch } = globalThis;
  globalThis.fetch = undefined;
  t.after(() => { globalThis.fetch = fetch; });
  const { reply } = await outcome(createTTOf({})(), 'setUserCloudStorage');
  assert.equal(reply.errorCode, 999985);
  assert.match(warnings.join(), /fetch is not defined/);
});

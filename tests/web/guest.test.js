'use strict';

/*
 * What a test's process replaces after tt.js was loaded changes nothing for tt. In Chromium: browser/test_guest.py.
 */
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const vm = require('node:vm');
const { openPage } = require('./page.js');
const { createTT, listenTo, outcome, startStub } = require('./stub.js');

const TT_JS = require.resolve('../../emulator/tt_emulator/web/tt.js');
const REPLACE_JS = path.join(__dirname, '../browser/guest/replace.js');

// ---- fetch, as tracing libraries and mocks replace it ------------------------------------------

const native = globalThis.fetch;
const REPLACEMENTS = {
  'adds a header': (url, init = {}) => native(url, { ...init, headers: { ...init.headers, 'sentry-trace': '1-2-1', baggage: 'a=b' } }),
  'adds a header of the class Headers': (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('traceparent', '00-1-2-01');
    return native(url, { ...init, headers });
  },
  'rejects': () => Promise.reject(new Error('mine')),
  'throws': () => { throw new Error('mine'); },
  'answers with something else': async () => new Response('<html>'),
  'answers with nothing': async () => undefined,
  'never answers': () => new Promise(() => {}),
  'is no function': null,
};

for (const [what, replacement] of Object.entries(REPLACEMENTS)) {
  test(`a fetch that ${what} is not called`, async (t) => {
    const { url, requests } = await startStub(t);
    const tt = createTT({ url });
    globalThis.fetch = replacement;
    t.after(() => { globalThis.fetch = native; });
    for (const api of ['setUserCloudStorage', 'login']) {
      assert.deepEqual((await outcome(tt, api)).reply, { errMsg: `${api}:ok` });
    }
    const added = requests.flatMap(({ headers }) => Object.keys(headers)).filter((name) => /trace|baggage/.test(name));
    assert.deepEqual([requests.length, added], [2, []]);
  });
}

test('a fetch that is made of tt ends in no recursion', async (t) => {
  const { url } = await startStub(t);
  const tt = createTT({ url });
  globalThis.fetch = (address) => new Promise((success) => tt.login({ success, address }));
  t.after(() => { globalThis.fetch = native; });
  assert.deepEqual((await outcome(tt, 'setUserCloudStorage')).reply, { errMsg: 'setUserCloudStorage:ok' });
});

test('timers that a test has stopped stop no call', async (t) => {
  const { url, requests } = await startStub(t, (request, response) => { if (requests.length > 1) response.end('{}'); });
  const tt = createTT({ url });
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  tt.login(); // is never answered, and has its head start in real time
  await outcome(tt, 'checkSession');
  assert.equal(requests.length, 2);
});

test('a console that is made of tt ends in no recursion', async (t) => {
  const { url } = await startStub(t);
  let tt = null;
  let heard = 0;
  t.mock.method(console, 'info', () => {
    heard += 1;
    return [tt.createVideo, tt.nothingElse, tt.getSystemInfoSync()];
  });
  tt = createTT({ url });
  assert.equal(tt.createCamera, undefined);
  assert.equal((await outcome(tt, 'login')).reply.errMsg, 'login:ok');
  assert.equal(heard, 1);
});

// ---- a window whose properties are plain values, as jsdom's and happy-dom's are -----------------

const OWNERS = { innerWidth: (window) => window, devicePixelRatio: (window) => window, width: (window) => window.screen };

for (const [what, owner] of Object.entries(OWNERS)) {
  test(`${what} of a window is what it was, or was set to, and what an adapter makes of tt is not asked`, () => {
    const { window, tt } = openPage({ fetch });
    const read = () => Object.values(tt.getSystemInfoSync());
    owner(window)[what] = 360;
    assert.ok(read().includes(360));
    Object.defineProperty(owner(window), what, { configurable: true, get: () => tt.getSystemInfoSync().windowWidth });
    assert.equal(owner(window)[what], what === 'innerWidth' ? 360 : 390);
    assert.ok(read().includes(360));
  });
}

// ---- everything ----------------------------------------------------------------------------------

/** A fetch whose answer is of another make than the realm's. */
const fetch = (url) => new Promise((resolve) => {
  const api = url.split('/').pop();
  const reply = api === 'setUserGroup' ? { errMsg: 'setUserGroup:fail' } : { errMsg: `${api}:ok` };
  resolve({ status: 200, headers: { get: () => null }, text: async () => JSON.stringify(reply) });
});

/** tt.js in a realm of its own. */
function realmWithTT() {
  const realm = vm.createContext({ fetch, setTimeout, clearTimeout, console });
  vm.runInContext('globalThis.window = globalThis; globalThis.module = { exports: {} };', realm);
  vm.runInContext(readFileSync(REPLACE_JS, 'utf8'), realm);
  vm.runInContext(readFileSync(TT_JS, 'utf8'), realm, { filename: TT_JS });
  const { createTT: create } = realm.module.exports;
  const tt = realm.tt = create({ url: 'http://127.0.0.1:1', state: {} });
  realm.tt.createCanvas = () => tt.getEnvInfoSync();
  return { realm, tt, createTT: create };
}

for (const by of ['what throws', 'what is made of tt']) {
  test(`all of a realm replaced by ${by} changes nothing`, async (t) => {
    listenTo(t, 'warn');
    const { realm, tt, createTT: create } = realmWithTT();
    const replacement = realm.replaceEverything(by, [create]);
    assert.ok(replacement.count > 500);
    const reply = async (api, options) => (await outcome(tt, api, options)).reply.errMsg;
    assert.equal(await reply('setUserCloudStorage', { KVDataList: [{ key: 'a', value: '1' }] }), 'setUserCloudStorage:ok');
    assert.equal(await reply('setUserGroup', { groupId: 'g' }), 'setUserGroup:fail');
    tt.setStorageSync('a', [1, { b: 2 }]);
    assert.equal(JSON.stringify([tt.getStorageSync('a'), tt.getStorageInfoSync().keys]), '[[1,{"b":2}],["a"]]');
    assert.equal(await reply('setStorage', { key: 'c', data: 4 }), 'setStorage:ok');
    assert.equal(await reply('clearStorage'), 'clearStorage:ok');
    assert.throws(() => tt.setStorageSync('', 1), { errNo: 20001 });
    assert.deepEqual([tt.canIUse('login.success.code'), tt.canIUse('x'), tt.createVideo], [true, false, undefined]);
    assert.equal(tt.getSystemInfoSync().safeArea.width, 390);
    const { called } = replacement;
    replacement.restore();
    assert.equal(JSON.stringify(called), '[]');
  });
}

test('what a library gives to every object changes nothing', async () => {
  const { realm, tt } = realmWithTT();
  vm.runInContext("Object.assign(Object.prototype, { get() {}, set() {}, value: 1, extend() {}, watch() {} });", realm);
  assert.equal((await outcome(tt, 'setUserCloudStorage', { KVDataList: [] })).reply.errMsg, 'setUserCloudStorage:ok');
  assert.equal((await outcome(tt, 'setStorage', { key: 'a', data: [1] })).reply.errMsg, 'setStorage:ok');
  assert.throws(() => tt.setStorageSync('', 1), { errNo: 20001 });
  assert.equal(JSON.stringify(tt.getStorageSync('a')), '[1]');
});

// As old libraries did it: https://github.com/prototypejs/prototype/blob/1.6.1/src/lang/array.js, whose toJSON gives a text.
const TO_JSON = "{ value() { return 'x'; }, configurable: true, writable: true, enumerable: ENUMERABLE }";

for (const owner of ['Array.prototype', 'Object.prototype']) {
  for (const enumerable of [true, false]) {
    test(`a toJSON ${enumerable ? 'in' : 'out of'} sight on ${owner} changes nothing of what a game saves`, async (t) => {
      const { url, requests } = await startStub(t);
      const realm = vm.createContext({ fetch: native, setTimeout, clearTimeout, console, process: undefined });
      vm.runInContext('globalThis.module = { exports: {} };', realm);
      vm.runInContext(readFileSync(TT_JS, 'utf8'), realm, { filename: TT_JS });
      realm.tt = realm.module.exports.createTT({ url, state: {} });
      vm.runInContext(`Object.defineProperty(${owner}, 'toJSON', ${TO_JSON.replace('ENUMERABLE', enumerable)});`, realm);
      const saved = "{ KVDataList: [{ key: 'a', value: '1' }], when: new Date(0), own: { toJSON: () => [2] }, deep: { toJSON: 5, list: [[]] } }";
      await vm.runInContext(`new Promise((complete) => tt.setUserCloudStorage(Object.assign(${saved}, { complete })))`, realm);
      assert.deepEqual(JSON.parse(requests[0].body), {
        KVDataList: [{ key: 'a', value: '1' }], when: '1970-01-01T00:00:00.000Z', own: [2], deep: { toJSON: 5, list: [[]] },
      });
      vm.runInContext("tt.setStorageSync('k', { list: [1] }); kept = tt.getStorageSync('k').list[0];", realm);
      assert.equal(realm.kept, 1);
      assert.throws(() => vm.runInContext("const cycle = []; cycle.push(cycle); tt.setStorageSync('k', cycle)", realm), { errNo: 20001 });
    });
  }
}

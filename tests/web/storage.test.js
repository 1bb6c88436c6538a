'use strict';

/* What tt.setStorage and its family do by themselves. With an emulator: client-scenarios.js. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, deadUrl, listenTo, outcome, says, startStub } = require('./stub.js');
const { openPage, replied, Storage } = require('./page.js');

const MIB = 1048576;
const failure = (api, errNo, message) => ({ errMsg: `${api}:fail ${message}`, errNo });
const TOO_LARGE = [21101, 'exceed storage item max length'];
const FULL = [21102, 'exceed storage max size 10Mb'];
const INVALID = [20001, 'invalid param'];

let worlds = 0;
/** A tt of a world of its own: the memory is one for the process. */
const newTT = (settings) => createTT({ world: `w${worlds += 1}`, ...settings });

const thrownBy = (act) => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.message, error.errMsg);
    return { ...error };
  }
  return 'nothing';
};

test('the emulator hears of the key, never of the data', async (t) => {
  const { url, requests } = await startStub(t);
  const tt = newTT({ url });
  await outcome(tt, 'setStorage', { key: 'save', data: { secret: 1 }, more: 2 });
  await outcome(tt, 'getStorage', { key: 'save' });
  assert.deepEqual(requests.map(({ path, body }) => [path, JSON.parse(body)]),
    [['/tt/setStorage', { key: 'save', more: 2 }], ['/tt/getStorage', { key: 'save' }]]);
});

test('without an emulator the device goes on', async (t) => {
  listenTo(t, 'warn');
  const elsewhere = await startStub(t, says(404, '<h1>another server</h1>'));
  for (const url of [await deadUrl(), elsewhere.url]) {
    const tt = newTT({ url });
    assert.deepEqual((await outcome(tt, 'setStorage', { key: 'a', data: [1] })).reply, { errMsg: 'setStorage:ok' });
    assert.deepEqual((await outcome(tt, 'getStorage', { key: 'a' })).reply, { errMsg: 'getStorage:ok', data: [1] });
    assert.deepEqual((await outcome(tt, 'setStorage', { data: 1 })).reply, failure('setStorage', ...INVALID));
  }
});

test('what a fault did to the answer is a failure of the device', async (t) => {
  listenTo(t, 'info');
  const { url } = await startStub(t, says(500, '', { 'X-Emulator-Fault': 'f1' }));
  const tt = newTT({ url });
  assert.deepEqual((await outcome(tt, 'setStorage', { key: 'a', data: 1 })).reply, failure('setStorage', 21103, 'set storage fail'));
  assert.equal(tt.getStorageSync('a'), '');
});

test('a value of 1M is kept, one byte more is refused, counted as UTF-8', async (t) => {
  const { url } = await startStub(t);
  const tt = newTT({ url });
  const most = '存'.repeat((MIB - 1) / 3) + 'x';
  assert.equal(Buffer.byteLength(most), MIB);
  tt.setStorageSync('a', most);
  assert.equal(tt.getStorageSync('a'), most);
  tt.setStorageSync('a', '🏆'.repeat(MIB / 4));
  assert.deepEqual(thrownBy(() => tt.setStorageSync('a', `${most}x`)), failure('setStorageSync', ...TOO_LARGE));
  assert.deepEqual((await outcome(tt, 'setStorage', { key: 'b', data: `${most}x` })).reply, failure('setStorage', ...TOO_LARGE));
  assert.deepEqual(thrownBy(() => tt.setStorageSync('a', [most])), failure('setStorageSync', ...TOO_LARGE));
});

test('10M are kept in all, a replaced value makes room, one byte more is refused', async (t) => {
  const { url } = await startStub(t);
  const tt = newTT({ url });
  for (let n = 0; n < 10; n += 1) tt.setStorageSync(`part-${n}`, 'x'.repeat(MIB));
  tt.setStorageSync('part-3', 'y'.repeat(MIB));
  assert.deepEqual(thrownBy(() => tt.setStorageSync('more', 'x')), failure('setStorageSync', ...FULL));
  assert.deepEqual((await outcome(tt, 'setStorage', { key: 'more', data: 1 })).reply, failure('setStorage', ...FULL));
  const { currentSize, limitSize, keys } = tt.getStorageInfoSync();
  assert.deepEqual([currentSize, limitSize, keys.length], [10240, 10240, 10]);
  newTT({ url }).setStorageSync('more', 'another world has room of its own');
  tt.removeStorageSync('part-0');
  tt.setStorageSync('more', 'x');
});

test('what is no JSON, and a key that is no text, are refused', async (t) => {
  listenTo(t, 'warn');
  const { url } = await startStub(t);
  const tt = newTT({ url });
  for (const bad of [() => tt.setStorageSync('a', 1n), () => tt.setStorageSync('', 1), () => tt.setStorageSync(7, 1)]) {
    assert.deepEqual(thrownBy(bad), failure('setStorageSync', ...INVALID));
  }
  assert.deepEqual((await outcome(tt, 'setStorage', { key: 'a', data: 1n })).reply, failure('setStorage', ...INVALID));
  assert.equal(tt.getStorageSync(undefined), '');
  tt.removeStorageSync();
});

test('worlds, players and domains are apart, and a second tt of the same player finds all', () => {
  const own = { world: 'same', player: 'a/b', domain: 'main' };
  createTT(own).setStorageSync('key', 'mine');
  assert.equal(createTT(own).getStorageSync('key'), 'mine');
  for (const other of [{ world: 'other' }, { player: 'a' }, { domain: 'open' }]) {
    assert.equal(createTT({ ...own, ...other }).getStorageSync('key'), '');
  }
});

test('the methods work taken off', () => {
  const { setStorageSync, getStorageSync } = newTT();
  setStorageSync('a', 1);
  assert.equal(getStorageSync('a'), 1);
});

// ---- what the browser's own storage throws -----------------------------------------------------

const INTERNAL = { set: [21103, 'set storage fail'], other: [20000, 'internal error'] };

/** A page whose localStorage throws that at each of its verbs, and what its console said. */
function pageThatThrows(error) {
  const said = [];
  class Throwing extends Storage {}
  for (const verb of ['getItem', 'setItem', 'removeItem']) Throwing.prototype[verb] = () => { throw error; };
  const note = (level) => (text) => said.push(`${level}: ${text}`);
  const { tt } = openPage({
    localStorage: new Throwing(),
    console: { info() {}, warn: note('warn'), error: note('error') },
    fetch: async (url) => replied({ errMsg: `${url.split('/').pop()}:ok` }),
  });
  return { tt, said };
}

const named = (name) => Object.assign(new Error('no room'), { name });
for (const [what, error] of Object.entries({
  'a QuotaExceededError': new DOMException('no room', 'QuotaExceededError'),
  'the error of that name of a newer browser': named('QuotaExceededError'),
  'the same of another browser': named('NS_ERROR_DOM_QUOTA_REACHED'),
})) {
  test(`${what} is a full disk`, async () => {
    const { tt, said } = pageThatThrows(error);
    assert.deepEqual(thrownBy(() => tt.setStorageSync('a', '1')), failure('setStorageSync', ...FULL));
    assert.deepEqual((await outcome(tt, 'setStorage', { key: 'a', data: '1' })).reply, failure('setStorage', ...FULL));
    assert.match(said.join(), /keeps no more for this origin \(no room\)/);
  });
}

for (const [what, error] of Object.entries({
  'a SecurityError': new DOMException('not for you', 'SecurityError'),
  'an endless recursion': new RangeError('not for you'),
  'any error': new Error('not for you'),
})) {
  test(`${what} is no full disk, and its reason is told`, async () => {
    const { tt, said } = pageThatThrows(error);
    assert.deepEqual(thrownBy(() => tt.setStorageSync('b', '2')), failure('setStorageSync', ...INTERNAL.set));
    assert.deepEqual((await outcome(tt, 'setStorage', { key: 'b', data: '2' })).reply, failure('setStorage', ...INTERNAL.set));
    assert.deepEqual(thrownBy(() => tt.getStorageSync('b')), failure('getStorageSync', ...INTERNAL.other));
    assert.deepEqual((await outcome(tt, 'getStorage', { key: 'b' })).reply, failure('getStorage', ...INTERNAL.other));
    assert.deepEqual(thrownBy(() => tt.removeStorageSync('b')), failure('removeStorageSync', ...INTERNAL.other));
    assert.deepEqual(said.map((line) => line.split(' failed')[0]), ['setStorageSync', 'setStorage', 'getStorageSync', 'getStorage',
      'removeStorageSync'].map((api) => `error: [tt-emulator] tt.${api}`));
    assert.ok(said.every((line) => line.endsWith('not for you')));
  });
}

test('what somebody else has written into the storage is told as unreadable', async () => {
  const localStorage = new Storage();
  localStorage['tt-emulator/default/player-1/main/a'] = 'j{broken';
  const said = [];
  const { tt } = openPage({ localStorage, fetch: async () => replied({ errMsg: 'getStorage:ok' }), console: { info() {}, error: (t) => said.push(t) } });
  assert.deepEqual((await outcome(tt, 'getStorage', { key: 'a' })).reply, failure('getStorage', ...INTERNAL.other));
  assert.match(said[0], /tt\.getStorage failed .*JSON/);
});

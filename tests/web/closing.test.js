'use strict';

/* What becomes of calls and writes when a page goes, and perhaps comes back. In Chromium: browser/test_transport.py. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { openPage, replied } = require('./page.js');
const { outcome } = require('./stub.js');

const PAIRS = { KVDataList: [{ key: 'a', value: 'x'.repeat(900) }] };

/** A fetch whose answers wait for the test; `calls` are {api, init, answer}. */
function patientFetch() {
  const calls = [];
  const fetch = (url, init) => new Promise((resolve) => {
    const api = url.split('/').pop();
    calls.push({ api, init, answer: (reply = { errMsg: `${api}:ok` }) => resolve(replied(reply)) });
  });
  return { fetch, calls };
}

/** The call of that number, once it is made. */
async function made(calls, number) {
  while (calls.length < number) await new Promise((resolve) => { setTimeout(resolve, 1); });
  return calls[number - 1];
}

test('after a hundred answered saves the next is keepalive as the first was', async () => {
  const kept = [];
  const { tt } = openPage({
    fetch: async (url, { keepalive }) => {
      kept.push(keepalive);
      return replied({ errMsg: 'setUserCloudStorage:ok' });
    },
  });
  for (let n = 0; n < 101; n += 1) await outcome(tt, 'setUserCloudStorage', PAIRS);
  assert.deepEqual(kept, Array(101).fill(true));
});

test('a call that fails gives back what it held of what a browser lets a page keep alive', async () => {
  const kept = [];
  const { tt } = openPage({
    fetch: async (url, { keepalive }) => {
      kept.push(keepalive);
      if (kept.length % 2) throw new TypeError('Failed to fetch');
      return new Response('', { status: 500 });
    },
  });
  for (let n = 0; n < 101; n += 1) await outcome(tt, 'setUserCloudStorage', PAIRS);
  assert.deepEqual(kept, Array(101).fill(true));
});

test('more than a browser keeps alive at once is sent as it is', async () => {
  const { fetch, calls } = patientFetch();
  const { tt, window } = openPage({ fetch });
  for (let n = 0; n < 80; n += 1) tt.setUserCloudStorage(PAIRS);
  window.tell('pagehide'); // which sends all that wait
  assert.equal(calls.length, 80);
  const kept = calls.filter(({ init }) => init.keepalive).length;
  assert.ok(kept > 20 && kept < 70, `${kept}`);
});

test('what a page that goes has written is not written again by an answer that it hears late', async () => {
  const { fetch, calls } = patientFetch();
  const { tt, window, storage } = openPage({ fetch });
  const heard = outcome(tt, 'setStorage', { key: 'save', data: 'old' });
  window.tell('pagehide');
  assert.deepEqual(storage.written, [['save', 'sold']]);
  window.tell('pageshow');
  tt.setStorageSync('save', 'new');
  calls[0].answer();
  assert.deepEqual((await heard).reply, { errMsg: 'setStorage:ok' });
  assert.equal(tt.getStorageSync('save'), 'new');
  assert.deepEqual(storage.written, [['save', 'sold'], ['save', 'snew']]);
});

test('what a page that goes has written is written once, though it hears the answer when it is back', async () => {
  const { fetch, calls } = patientFetch();
  const { tt, window, storage } = openPage({ fetch });
  const heard = outcome(tt, 'setStorage', { key: 'save', data: 'old' });
  window.tell('pagehide');
  window.tell('pageshow');
  calls[0].answer();
  await heard;
  assert.deepEqual(storage.written, [['save', 'sold']]);
});

test('a page that goes twice before it hears an answer writes once', async () => {
  const { fetch, calls } = patientFetch();
  const { tt, window, storage } = openPage({ fetch });
  const heard = outcome(tt, 'setStorage', { key: 'save', data: 'old' });
  window.tell('pagehide');
  tt.setStorageSync('save', 'new');
  window.tell('pageshow');
  window.tell('pagehide');
  calls[0].answer();
  await heard;
  assert.deepEqual(storage.written, [['save', 'sold'], ['save', 'snew']]);
});

test('a page that goes does not write over what it removed since', async () => {
  const { fetch, calls } = patientFetch();
  const { tt, window, storage } = openPage({ fetch });
  const heard = outcome(tt, 'setStorage', { key: 'save', data: 'old' });
  tt.removeStorageSync('save');
  window.tell('pagehide');
  calls[0].answer();
  await heard;
  assert.equal(tt.getStorageSync('save'), '');
  assert.deepEqual(storage.written, []);
});

for (const [what, overtake] of Object.entries({
  'set in the meantime': (tt) => tt.setStorageSync('save', 'new'),
  'removed in the meantime': (tt) => tt.removeStorageSync('save'),
  'cleared in the meantime': (tt) => tt.clearStorageSync(),
})) {
  test(`an older value does not come back over one that was ${what}`, async () => {
    const { fetch, calls } = patientFetch();
    const { tt } = openPage({ fetch });
    const heard = outcome(tt, 'setStorage', { key: 'save', data: 'old' });
    overtake(tt);
    const after = tt.getStorageSync('save');
    calls[0].answer();
    assert.deepEqual((await heard).reply, { errMsg: 'setStorage:ok' });
    assert.equal(tt.getStorageSync('save'), after);
  });
}

test('of two values whose answers change places the later one stays', async () => {
  const { fetch, calls } = patientFetch();
  const { tt } = openPage({ fetch });
  const heard = ['old', 'new'].map((data) => outcome(tt, 'setStorage', { key: 'save', data }));
  (await made(calls, 2)).answer(); // which leaves when the head start of the first is over
  await heard[1];
  calls[0].answer();
  await heard[0];
  assert.equal(tt.getStorageSync('save'), 'new');
});

test('an older clearing leaves what was set since', async () => {
  const { fetch, calls } = patientFetch();
  const { tt } = openPage({ fetch });
  tt.setStorageSync('before', 1);
  const heard = outcome(tt, 'clearStorage');
  tt.setStorageSync('since', 2);
  calls[0].answer();
  await heard;
  assert.deepEqual(tt.getStorageInfoSync().keys, ['since']);
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { promisify } = require('node:util');
const { createTT, createTTOf, deadUrl, listenTo, outcome, says, startStub } = require('./stub.js');

const REFUSED = {
  errMsg: 'setUserCloudStorage:fail get session id failed.', errorCode: 999998, errorType: 'D',
};

const names = (events) => events.map(([name]) => name);

test('a success runs success, then complete, once each, with the same object', async (t) => {
  const { url } = await startStub(t);
  const { events } = await outcome(createTT({ url }), 'setUserCloudStorage', { KVDataList: [] });
  assert.deepEqual(names(events), ['success', 'complete']);
  assert.deepEqual(events[0][1], { errMsg: 'setUserCloudStorage:ok' });
  assert.equal(events[0][1], events[1][1]);
});

test('a failure runs fail, then complete, once each, with the same object', async (t) => {
  const { url } = await startStub(t, says(200, REFUSED));
  const { events } = await outcome(createTT({ url }), 'setUserCloudStorage', { KVDataList: [] });
  assert.deepEqual(names(events), ['fail', 'complete']);
  assert.deepEqual(events[0][1], REFUSED);
  assert.equal(events[0][1], events[1][1]);
});

test('no callback runs before the call has returned, whatever the outcome', async (t) => {
  listenTo(t, 'warn');
  const { url } = await startStub(t);
  for (const [where, options] of [[url, {}], [await deadUrl(), {}], [url, { KVDataList: 1n }]]) {
    let returned = false;
    await new Promise((resolve) => {
      const heard = () => assert.ok(returned);
      const complete = () => { heard(); resolve(); };
      createTT({ url: where }).setUserCloudStorage({ ...options, success: heard, fail: heard, complete });
      returned = true;
    });
  }
});

test('point 3: a call without callbacks neither throws nor leaves a promise', async (t) => {
  const { url, requests } = await startStub(t);
  const tt = createTT({ url });
  assert.equal(tt.setUserCloudStorage({ KVDataList: [] }), undefined);
  await outcome(tt, 'checkSession');
  assert.equal(requests.length, 2);
});

test('complete alone gets the whole reply, data included', async (t) => {
  const reply = { errMsg: 'getUserCloudStorage:ok', KVDataList: [{ key: 'a', value: '1' }] };
  const { url } = await startStub(t, says(200, reply));
  const heard = await new Promise((complete) =>
    createTT({ url }).getUserCloudStorage({ keyList: ['a'], complete }));
  assert.deepEqual(heard, reply);
});

test('point 3: nothing that can be passed as options throws, and no rejection is left behind', async (t) => {
  const rejections = [];
  const note = (reason) => rejections.push(reason);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  listenTo(t, 'warn');

  const cycle = {};
  cycle.KVDataList = [cycle];
  const hostile = new Proxy({}, { get() { throw new Error('get'); }, ownKeys() { throw new Error('keys'); } });
  const passed = [undefined, null, 0, '', 'text', true, Symbol('s'), 1n, [], [1], () => {}, new Date(), cycle,
    hostile, Object.create(null), { success: 1, fail: 'no', complete: {} }];
  const { url, requests } = await startStub(t);
  const tt = createTT({ url });
  for (const api of ['setUserCloudStorage', 'getUserCloudStorage', 'removeUserCloudStorage', 'login', 'checkSession']) {
    for (const options of passed) assert.equal(tt[api](options), undefined);
  }
  await outcome(tt, 'checkSession');
  await new Promise(setImmediate);
  assert.deepEqual(rejections, []);
  const kept = 1 + 4; // a cycle in a documented option, and one that cannot be read, of four APIs
  assert.equal(requests.length, 5 * passed.length + 1 - kept);
});

test('a callback that throws, or rejects, is reported, and complete still runs', async (t) => {
  const { url } = await startStub(t);
  const lines = listenTo(t, 'error');
  const tt = createTT({ url });
  const throws = () => { throw new Error('the game broke'); };
  await new Promise((complete) => tt.setUserCloudStorage({ success: throws, complete }));
  await new Promise((complete) => tt.setUserCloudStorage({ success: async () => throws(), complete }));
  tt.setUserCloudStorage({ complete: throws });
  await outcome(tt, 'checkSession');
  assert.deepEqual([...lines], ['success', 'success', 'complete'].map((name) =>
    `[tt-emulator] the ${name} callback of tt.setUserCloudStorage threw: Error: the game broke`));
});

test('a console that throws, as some test set-ups make it, keeps no reply from the game', async (t) => {
  for (const level of ['info', 'warn', 'error']) {
    t.mock.method(console, level, () => { throw new Error(`no ${level} in this house`); });
  }
  const tt = createTT({ url: await deadUrl() });
  const { events } = await outcome(tt, 'setUserCloudStorage', {});
  assert.deepEqual(names(events), ['fail', 'complete']);
  const fail = () => { throw new Error('the game broke'); };
  await new Promise((complete) => tt.setUserCloudStorage({ fail, complete }));
});

test('a stand-in for fetch may reject with nothing', async (t) => {
  listenTo(t, 'warn');
  const createStubbedTT = createTTOf({ fetch: () => Promise.reject() }); // eslint-disable-line prefer-promise-reject-errors
  assert.equal((await outcome(createStubbedTT(), 'setUserCloudStorage')).reply.errorCode, 999985);
});

test('where TextEncoder is missing, as in jsdom, calls are made', async (t) => {
  const { url } = await startStub(t);
  const tt = createTT({ url });
  await outcome(tt, 'checkSession'); // fetch takes what it needs when it is first used
  const { TextEncoder } = globalThis;
  delete globalThis.TextEncoder;
  t.after(() => { globalThis.TextEncoder = TextEncoder; });
  assert.equal((await outcome(tt, 'checkSession')).reply.errMsg, 'checkSession:ok');
});

test('the callbacks are those of the moment of the call', async (t) => {
  const { url } = await startStub(t);
  await new Promise((resolve, reject) => {
    const options = { success: resolve, fail: reject };
    createTT({ url }).setUserCloudStorage(options);
    options.success = reject;
  });
});

test('point 4: a call can be wrapped in a promise by hand', async (t) => {
  const { url } = await startStub(t);
  const tt = createTT({ url });
  const login = promisify((options, done) => tt.login({ ...options, success: (reply) => done(null, reply), fail: done }));
  assert.equal((await login({ force: false })).errMsg, 'login:ok');
});

test('point 5: methods work taken off', async (t) => {
  const { url } = await startStub(t);
  const { setUserCloudStorage } = createTT({ url });
  const heard = await new Promise((complete) => setUserCloudStorage({ KVDataList: [], complete }));
  assert.equal(heard.errMsg, 'setUserCloudStorage:ok');
});

test('point 6: methods work bound, and called on tt', async (t) => {
  const { url } = await startStub(t);
  const tt = createTT({ url });
  const bound = tt.checkSession.bind(tt);
  const called = (options) => Reflect.apply(tt.checkSession, tt, [options]);
  for (const way of [bound, called]) {
    assert.equal((await new Promise((complete) => way({ complete }))).errMsg, 'checkSession:ok');
  }
});

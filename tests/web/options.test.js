'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, listenTo, outcome, startStub } = require('./stub.js');

const BAD_LIST = { errMsg: 'setUserCloudStorage:fail KVDataList', errorCode: 999999, errorType: 'D' };

async function bodyOf(t, api, options) {
  const { url, requests } = await startStub(t);
  const tt = createTT({ url });
  tt[api](options);
  await outcome(tt, 'checkSession');
  return JSON.parse(requests[0].body);
}

test('the body is the options without the callbacks, and without functions', async (t) => {
  const KVDataList = [{ key: '分数', value: '1', hello() {} }];
  assert.deepEqual(
    await bodyOf(t, 'setUserCloudStorage', { KVDataList, extra: 1, onDone() {}, success: 1, fail() {}, complete: 'x' }),
    { KVDataList: [{ key: '分数', value: '1' }], extra: 1 },
  );
});

test('wrong types travel as they are: judging them is the emulator\'s work', async (t) => {
  const KVDataList = [{ key: 1, value: 5 }, null, 'x'];
  assert.deepEqual(await bodyOf(t, 'setUserCloudStorage', { KVDataList }), { KVDataList });
});

test('options that are no object travel as an empty one', async (t) => {
  const { url, requests } = await startStub(t);
  const tt = createTT({ url });
  for (const options of [undefined, null, 7, 'text', [1], () => {}]) tt.setUserCloudStorage(options);
  await outcome(tt, 'setUserCloudStorage');
  assert.deepEqual(requests.map(({ body }) => body), Array(7).fill('{}'));
});

test('what the game changes after the call is not sent', async (t) => {
  const { url, requests } = await startStub(t);
  const tt = createTT({ url });
  const options = { KVDataList: [{ key: 'a', value: '1' }] };
  await outcome(tt, 'checkSession', {});
  tt.checkSession(); // occupies the line, so that the next call has to wait
  tt.setUserCloudStorage(options);
  options.KVDataList[0].value = '2';
  await outcome(tt, 'checkSession');
  const sent = requests.find(({ path }) => path === '/tt/setUserCloudStorage');
  assert.equal(sent.body, '{"KVDataList":[{"key":"a","value":"1"}]}');
});

test('a documented option that is no JSON fails with its name, without a request', async (t) => {
  const warnings = listenTo(t, 'warn');
  const { url, requests } = await startStub(t);
  const cycle = [];
  cycle.push({ cycle });
  const getter = { get KVDataList() { throw new Error('not today'); } };
  const tt = createTT({ url });
  for (const options of [{ KVDataList: cycle }, { KVDataList: [{ key: 'a', value: 1n }] }]) {
    assert.deepEqual((await outcome(tt, 'setUserCloudStorage', options)).reply, BAD_LIST);
  }
  await new Promise((resolve) => {
    Object.assign(getter, { complete: (reply) => { assert.deepEqual(reply, BAD_LIST); resolve(); } });
    tt.setUserCloudStorage(getter);
  });
  assert.deepEqual(requests, []);
  assert.match(warnings.join(), /KVDataList cannot be JSON/);
});

test('an unknown option that is no JSON is left out, like any unknown option', async (t) => {
  assert.deepEqual(await bodyOf(t, 'setUserCloudStorage', { KVDataList: [], ticket: 1n }), { KVDataList: [] });
});

test('documented options may be inherited, as those of a class of the game are', async (t) => {
  class Save {
    get KVDataList() { return [{ key: 'a', value: '1' }]; }
  }
  const save = Object.assign(new Save(), { note: 'mine' });
  assert.deepEqual(await bodyOf(t, 'setUserCloudStorage', save), { KVDataList: save.KVDataList, note: 'mine' });
});

test('an API that documents no row for bad parameters fails bare', async (t) => {
  listenTo(t, 'warn');
  const { url } = await startStub(t);
  const { reply } = await outcome(createTT({ url }), 'login', { force: 1n });
  assert.deepEqual(reply, { errMsg: 'login:fail' });
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, deadUrl, listenTo, outcome, says, startStub } = require('./stub.js');

const row = (api, code, message, type) => ({ errMsg: `${api}:fail ${message}`, errorCode: code, errorType: type });
const unreachable = (api) => row(api, 999985, 'network unavailable', 'U');
const notOk = (api) => row(api, 999991, 'internal error/网络请求非200', 'F');
const badResponse = (api) => row(api, 108001, 'response json has error', 'F');
const internal = (api) => row(api, 999993, 'internal error', 'F');

const STORAGE_APIS = ['setUserCloudStorage', 'getUserCloudStorage', 'removeUserCloudStorage'];

async function replyTo(t, api, answer) {
  listenTo(t, 'warn');
  const { url } = await startStub(t, answer);
  return (await outcome(createTT({ url }), api)).reply;
}

for (const api of STORAGE_APIS) {
  test(`${api}: nobody listens → 999985`, async (t) => {
    listenTo(t, 'warn');
    assert.deepEqual((await outcome(createTT({ url: await deadUrl() }), api)).reply, unreachable(api));
  });

  test(`${api}: the connection dies → 999985`, async (t) => {
    assert.deepEqual(await replyTo(t, api, (_, response) => response.socket.destroy()), unreachable(api));
  });

  test(`${api}: the reply is cut off → 999985`, async (t) => {
    const cut = (_, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('{"errMsg":');
      response.socket.destroySoon();
    };
    assert.deepEqual(await replyTo(t, api, cut), unreachable(api));
  });

  for (const status of [201, 204, 400, 404, 500, 503]) {
    test(`${api}: HTTP ${status} → 999991, even with a fine body`, async (t) => {
      assert.deepEqual(await replyTo(t, api, says(status, { errMsg: `${api}:ok` })), notOk(api));
    });
  }

  test(`${api}: HTTP 500 whose body never ends → 999991 at once`, async (t) => {
    const endless = (_, response) => { response.writeHead(500); response.write('…'); };
    assert.deepEqual(await replyTo(t, api, endless), notOk(api));
  });

  const strangers = ['{"errMsg":', '', 'null', '[]', '"ok"', '1', '{}', '<html>', '{"errMsg":1}', '{"errMsg":"ok"}',
    `{"errMsg":"${api}"}`, `{"errMsg":"${api}:okay"}`, '{"errMsg":"login:ok"}', `[{"errMsg":"${api}:ok"}]`,
    `{"errMsg":["${api}:ok"]}`];
  for (const body of strangers) {
    test(`${api}: the body ${body || 'of nothing'} → ${api === 'setUserCloudStorage' ? 108001 : 999993}`, async (t) => {
      const expected = api === 'setUserCloudStorage' ? badResponse(api) : internal(api);
      assert.deepEqual(await replyTo(t, api, says(200, body)), expected);
    });
  }
}

test('login fails with its documented words and no code where none is documented', async (t) => {
  listenTo(t, 'warn');
  const { reply } = await outcome(createTT({ url: await deadUrl() }), 'login');
  assert.deepEqual(reply, { errMsg: 'login:fail network unavailable' });
  assert.deepEqual(await replyTo(t, 'login', says(500, '')), { errMsg: 'login:fail' });
  assert.deepEqual(await replyTo(t, 'login', says(200, '{')), { errMsg: 'login:fail' });
});

test('checkSession fails bare: nothing more is documented', async (t) => {
  listenTo(t, 'warn');
  const { reply } = await outcome(createTT({ url: await deadUrl() }), 'checkSession');
  assert.deepEqual(reply, { errMsg: 'checkSession:fail' });
  assert.deepEqual(await replyTo(t, 'checkSession', says(500, '')), { errMsg: 'checkSession:fail' });
});

test('an API of the errNo family fails with its own row, and without an errorType', async (t) => {
  const expected = { errMsg: 'getNetworkType:fail internal error', errNo: 20000 };
  for (const answer of [says(500, ''), says(200, '{')]) {
    assert.deepEqual(await replyTo(t, 'getNetworkType', answer), expected);
  }
});

test('where failures carry errMsg alone, so do those that no server made', async (t) => {
  listenTo(t, 'warn');
  const tt = createTT({ url: await deadUrl(), state: { fail_object: 'errMsg' } });
  assert.deepEqual((await outcome(tt, 'setUserCloudStorage')).reply,
    { errMsg: 'setUserCloudStorage:fail network unavailable' });
  assert.deepEqual((await outcome(tt, 'setUserCloudStorage', { KVDataList: 1n })).reply,
    { errMsg: 'setUserCloudStorage:fail KVDataList' });
  assert.deepEqual((await outcome(tt, 'getNetworkType')).reply, { errMsg: 'getNetworkType:fail internal error' });
});

test('whatever the emulator answers as a reply passes untouched', async (t) => {
  const replies = [
    { errMsg: 'setUserCloudStorage:fail key 长度大于 128 个字节', errorCode: 108002, errorType: 'F' },
    { errMsg: 'setUserCloudStorage:fail' },
    { errMsg: 'setUserCloudStorage:ok', more: { nested: [1, null] } },
  ];
  for (const reply of replies) {
    assert.deepEqual(await replyTo(t, 'setUserCloudStorage', says(200, reply)), reply);
  }
});

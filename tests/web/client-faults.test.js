'use strict';

/*
 * What X-Emulator-Client-Fault makes of an answer. That the emulator sends the words, and that a page
 * does the same, is in client-scenarios.js.
 */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, listenTo, outcome, says, startStub } = require('./stub.js');

const FAILED = { errMsg: 'setUserCloudStorage:fail KVDataList', errorCode: 999999, errorType: 'D' };

/** What the callbacks heard of one call, and of a checkSession after it, when all is over. */
async function heardOf(t, api, word, reply = { errMsg: `${api}:ok` }) {
  const { url } = await startStub(t, (request, response) => {
    const struck = request.path === `/tt/${api}`;
    says(200, struck ? reply : { errMsg: 'checkSession:ok' }, struck ? { 'X-Emulator-Client-Fault': word } : {})(request, response);
  });
  const tt = createTT({ url });
  const heard = [];
  const breaths = []; // how much has been heard when the callbacks have come to rest
  const hear = (name) => (given) => {
    heard.push([name, given]);
    if (name === 'complete') queueMicrotask(() => breaths.push(heard.length));
  };
  tt[api]({ success: hear('success'), fail: hear('fail'), complete: hear('complete') });
  const early = heard.length;
  await outcome(tt, 'checkSession');
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.equal(early, 0, 'nothing is heard before the call has returned');
  return { heard, breaths };
}

test('a reply that says more behind its ok is a success, and comes as it is', async (t) => {
  const reply = { errMsg: 'setUserCloudStorage:ok (cached)', odd: [null, { n: 1.5 }] };
  assert.deepEqual((await heardOf(t, 'setUserCloudStorage', '', reply)).heard, [['success', reply], ['complete', reply]]);
});

test('twice: the callbacks run a second time, later, with the same object', async (t) => {
  for (const [reply, first] of [[undefined, 'success'], [FAILED, 'fail']]) {
    const { heard, breaths } = await heardOf(t, 'setUserCloudStorage', 'twice', reply);
    assert.deepEqual(heard.map(([name]) => name), [first, 'complete', first, 'complete']);
    assert.equal(new Set(heard.map(([, given]) => given)).size, 1);
    assert.deepEqual(breaths, [2, 4]);
  }
});

test('malformed_ok: a success whose other documented fields are null, whatever the answer was', async (t) => {
  listenTo(t, 'info');
  const got = { errMsg: 'getUserCloudStorage:ok', KVDataList: null, data: null };
  assert.deepEqual((await heardOf(t, 'getUserCloudStorage', 'malformed_ok')).heard, [['success', got], ['complete', got]]);
  const login = { errMsg: 'login:ok', code: null, anonymousCode: null, isLogin: null };
  assert.deepEqual((await heardOf(t, 'login', 'malformed_ok')).heard, [['success', login], ['complete', login]]);
  assert.deepEqual((await heardOf(t, 'setUserCloudStorage', 'malformed_ok', FAILED)).heard, [['success', {}], ['complete', {}]]);
});

test('never: nothing is heard', async (t) => {
  assert.deepEqual((await heardOf(t, 'setUserCloudStorage', 'never')).heard, []);
});

test('throw: nothing is heard, and in Node the console tells what a page would throw', async (t) => {
  const lines = listenTo(t, 'error');
  const thrown = [];
  const note = (error) => thrown.push(error);
  process.on('uncaughtException', note);
  t.after(() => process.off('uncaughtException', note));
  assert.deepEqual((await heardOf(t, 'setUserCloudStorage', 'throw')).heard, []);
  assert.equal(lines.length, 1);
  assert.match(lines[0], /Error: \[tt-emulator\] tt\.setUserCloudStorage threw, as the armed fault demands/);
  assert.deepEqual(thrown, []);
});

test('a word that this tt.js does not know is told, and the reply is plain', async (t) => {
  const warnings = listenTo(t, 'warn');
  for (const word of ['sideways', 'constructor']) {
    const { heard } = await heardOf(t, 'setUserCloudStorage', word);
    assert.deepEqual(heard.map(([name]) => name), ['success', 'complete']);
    assert.deepEqual(warnings.splice(0), [`[tt-emulator] this tt.js knows no client fault ${word}: the game gets the plain reply.`]);
  }
});

'use strict';

/* tt.request: what goes to the emulator, what the game gets of its answer, and a task that can be given up. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { openPage } = require('./page.js');
const { createTT, listenTo, outcome, says, startStub } = require('./stub.js');

const URL_ = 'http://localhost:9000/';
const ABORTED = { errMsg: 'request:fail abort' };
const success = (data) => ({ errMsg: 'request:ok', statusCode: 200, header: {}, data });
const BYTES = Uint8Array.from({ length: 20000 }, (none, index) => index % 256);

/** A stub that answers a request when the test says so. */
async function startHolding(t) {
  const held = [];
  let wake = () => {};
  const { url, requests } = await startStub(t, (request, response) => {
    if (request.path !== '/tt/request') response.end(JSON.stringify({ errMsg: request.path.slice(4) + ':ok' }));
    else {
      response.on('close', () => wake());
      held.push({ request, response, answer: () => says(200, success(JSON.parse(request.body).url))(request, response) });
      wake();
    }
  });
  const until = async (isSo) => {
    while (!isSo()) await new Promise((resolve) => { wake = resolve; });
  };
  return { url, requests, held, until };
}

/** Calls tt.request; → {task, events, over}: its task, what the callbacks heard, and when they have. */
function begin(tt, options = {}) {
  const events = [];
  let task;
  const over = new Promise((resolve) => {
    const hear = (name) => (reply) => {
      events.push([name, reply]);
      if (name === 'complete') setImmediate(resolve);
    };
    task = tt.request({ url: URL_, ...options, success: hear('success'), fail: hear('fail'), complete: hear('complete') });
  });
  return { task, events, over };
}

test('data is told as it is, callbacks stay here', async (t) => {
  const { url, requests } = await startStub(t, says(200, success('x')));

  const { reply } = await outcome(createTT({ url }), 'request', { url: URL_, method: 'POST', data: { a: [1, null] } });

  assert.deepEqual(JSON.parse(requests[0].body), { url: URL_, method: 'POST', data: { a: [1, null] } });
  assert.deepEqual(reply, success('x'));
});

for (const [name, data] of Object.entries({ 'an ArrayBuffer': BYTES.buffer, 'a view': BYTES, 'a view of a part': new DataView(BYTES.buffer, 5, 9) })) {
  test(`bytes are told as base64: ${name}`, async (t) => {
    const { url, requests } = await startStub(t, says(200, success('x')));

    await outcome(createTT({ url }), 'request', { url: URL_, method: 'POST', data });

    const body = JSON.parse(requests[0].body);
    const bytes = ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
    assert.equal(body.base64, true);
    assert.equal(body.data, bytes.toString('base64'));
  });
}

test('a text is no base64, whatever the game says beside it', async (t) => {
  const { url, requests } = await startStub(t, says(200, success('x')));

  await outcome(createTT({ url }), 'request', { url: URL_, data: 'abcd', base64: true });

  assert.deepEqual(JSON.parse(requests[0].body), { url: URL_, data: 'abcd' });
});

test('who wants an ArrayBuffer gets one', async (t) => {
  const { url } = await startStub(t, says(200, success(Buffer.from(BYTES).toString('base64'))));

  const { reply } = await outcome(createTT({ url }), 'request', { url: URL_, responseType: 'arraybuffer' });

  assert.ok(reply.data instanceof ArrayBuffer);
  assert.deepEqual(new Uint8Array(reply.data), BYTES);
});

test('a failure has no data, also where bytes were wanted', async (t) => {
  const { url } = await startStub(t, says(200, { errMsg: 'request:fail timeout' }));

  const { reply, events } = await outcome(createTT({ url }), 'request', { url: URL_, responseType: 'arraybuffer' });

  assert.deepEqual(reply, { errMsg: 'request:fail timeout' });
  assert.deepEqual(events.map(([name]) => name), ['fail', 'complete']);
});

test('there is a task even of a call that fails, and to give it up then changes nothing', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const cycle = {};
  cycle.self = cycle;
  const { task, events, over } = begin(createTT({ url: 'http://127.0.0.1:1' }), { data: cycle });

  task.abort();
  await over;
  task.abort();

  assert.deepEqual(events[0], ['fail', { errMsg: 'request:fail invalid param', errNo: 20001 }]);
  assert.equal(events.length, 2);
});

test('a call that is given up fails once, later, and its connection ends', async (t) => {
  const warned = listenTo(t, 'warn');
  const { url, held, until } = await startHolding(t);
  const { task, events, over } = begin(createTT({ url }));
  await until(() => held.length === 1);

  task.abort();
  assert.deepEqual(events, []);
  await over;
  await until(() => held[0].response.destroyed);

  assert.deepEqual(events, [['fail', ABORTED], ['complete', ABORTED]]);
  assert.deepEqual([...warned], []);
});

test('a call that is over cannot be given up', async (t) => {
  const { url } = await startStub(t, says(200, success('x')));
  const { task, events, over } = begin(createTT({ url }));
  await over;

  task.abort();
  await new Promise((resolve) => { setImmediate(resolve); });

  assert.deepEqual(events.map(([name]) => name), ['success', 'complete']);
});

test('fifteen are under way at once, one more waits, and other calls wait for none of them', async (t) => {
  const { url, held, until } = await startHolding(t);
  const tt = createTT({ url });
  const begun = Array.from({ length: 17 }, (none, index) => begin(tt, { url: URL_ + index }));
  await until(() => held.length === 15);

  const { reply } = await outcome(tt, 'login');
  assert.equal(reply.errMsg, 'login:ok');
  begun[16].task.abort();
  await begun[16].over;
  assert.equal(held.length, 15);
  held[0].answer();
  await until(() => held.length === 16);
  held.slice(1).forEach(({ answer }) => answer());
  await Promise.all(begun.map(({ over }) => over));

  assert.equal(held.length, 16); // the one that was given up never went
  assert.deepEqual(begun[16].events[0], ['fail', ABORTED]);
  assert.deepEqual(begun[15].events[0], ['success', success(URL_ + 15)]);
});

test('a page leaves some of the six connections that a browser has', async () => {
  const under_way = [];
  const fetch = (url) => new Promise((resolve) => { under_way.push([url, resolve]); });
  const { tt } = openPage({ fetch });

  for (let index = 0; index < 10; index += 1) tt.request({ url: URL_ });
  tt.login({});
  await null;

  assert.deepEqual(under_way.map(([url]) => url.split('/').pop()), ['request', 'request', 'request', 'login']);
});

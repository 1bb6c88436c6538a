'use strict';

/* tt.downloadFile and tt.uploadFile: what goes to the emulator, and what their tasks hear. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, says, startStub } = require('./stub.js');

const URL_ = 'http://localhost:9000/';
const HEADER = { 'X-A': 'b%"中' };
const CALLS = {
  downloadFile: {
    options: { url: URL_ },
    fields: { tempFilePath: 'ttfile://temp/1.png', statusCode: 200 },
    words: ['totalBytesWritten', 'totalBytesExpectedToWrite'],
    order: ['header', 'progress', 'progress', 'progress', 'progress', 'success', 'complete'],
  },
  uploadFile: {
    options: { url: URL_, filePath: 'ttfile://user/a', name: 'file' },
    fields: { statusCode: 200, data: '{"a":1}' },
    words: ['totalBytesSent', 'totalBytesExpectedToSend'],
    order: ['progress', 'progress', 'progress', 'progress', 'header', 'success', 'complete'],
  },
};
const transferOf = (told) => ({ 'X-Emulator-Task': JSON.stringify(told).replace(/%/g, '%25').replace(/[^ -~]/g, encodeURIComponent) });
const okay = (api, told = { header: HEADER, bytes: 10 }) => says(200, { errMsg: api + ':ok', ...CALLS[api].fields }, transferOf(told));

/** Calls it; → {task, events, over}: what the game heard, and when it has heard all. */
function begin(tt, api, options = {}) {
  const events = [];
  let task;
  const over = new Promise((resolve) => {
    const hear = (name) => (value) => {
      events.push([name, value]);
      if (name === 'complete') setImmediate(resolve);
    };
    task = tt[api]({ ...CALLS[api].options, ...options, success: hear('success'), fail: hear('fail'), complete: hear('complete') });
    task.onHeadersReceived(hear('header'));
    task.onProgressUpdate(hear('progress'));
  });
  return { task, events, over };
}
const named = (events, wanted) => events.filter(([name]) => name === wanted).map(([, value]) => value);

for (const api of Object.keys(CALLS)) {
  const { options, fields, words, order } = CALLS[api];

  test(`${api}: a success has the fields of its page, and nothing that is the task's`, async (t) => {
    const { url, requests } = await startStub(t, okay(api));

    const { events, over } = begin(createTT({ url }), api, { header: { a: 'b' } });
    await over;

    assert.deepEqual(JSON.parse(requests[0].body), { ...options, header: { a: 'b' } });
    assert.deepEqual(named(events, 'success'), [{ errMsg: api + ':ok', ...fields }]);
  });

  test(`${api}: the task hears headers and progress before the callbacks`, async (t) => {
    const { url } = await startStub(t, okay(api));

    const { events, over } = begin(createTT({ url }), api);
    await over;

    assert.deepEqual(events.map(([name]) => name), order);
    assert.deepEqual(named(events, 'header'), [{ header: HEADER }]);
    const [done, all] = words;
    assert.deepEqual(named(events, 'progress'), [[25, 2], [50, 5], [75, 7], [100, 10]].map(
      ([progress, bytes]) => ({ progress, [done]: bytes, [all]: 10 })));
  });

  test(`${api}: a failure has no progress`, async (t) => {
    const { url } = await startStub(t, says(200, { errMsg: api + ':fail timeout' }));

    const { events, over } = begin(createTT({ url }), api);
    await over;

    const failure = { errMsg: api + ':fail timeout' };
    assert.deepEqual(events, [['fail', failure], ['complete', failure]]);
  });

  for (const transfer of ['', '%', 'null', '{', '5']) {
    test(`${api}: what cannot be read for the task is left out: ${transfer}`, async (t) => {
      const { url } = await startStub(t, says(200, { errMsg: api + ':ok', ...fields }, { 'X-Emulator-Task': transfer }));

      const { events, over } = begin(createTT({ url }), api);
      await over;

      assert.equal(named(events, 'success').length, 1);
    });
  }

  test(`${api}: who does not listen any more hears nothing, and what a listener throws changes nothing`, async (t) => {
    const reported = t.mock.method(globalThis.console, 'error', () => {});
    const { url } = await startStub(t, okay(api));
    const { task, events, over } = begin(createTT({ url }), api);
    const other = () => events.push(['other']);
    task.onHeadersReceived(other);
    task.onHeadersReceived(() => { throw new Error('mine'); });
    task.offHeadersReceived(other);
    await over;

    assert.deepEqual(events.map(([name]) => name), order);
    assert.ok(reported.mock.callCount() <= 1);

    const second = begin(createTT({ url }), api);
    second.task.offHeadersReceived();
    await second.over;

    assert.equal(named(second.events, 'header').length, 0);
  });

  test(`${api}: a call that is given up fails once, and its task hears nothing more`, async (t) => {
    let respond;
    const came = new Promise((resolve) => { respond = resolve; });
    const { url } = await startStub(t, (request, response) => respond({ request, response }));
    const { task, events, over } = begin(createTT({ url }), api);
    const { request, response } = await came;

    task.abort();
    await over;
    if (!response.destroyed) okay(api)(request, response);
    await new Promise((resolve) => { setTimeout(resolve, 20); });

    const failure = { errMsg: api + ':fail abort' };
    assert.deepEqual(events, [['fail', failure], ['complete', failure]]);
  });

  test(`${api}: given up while it is told of progress, it fails and hears no more`, async (t) => {
    const { url } = await startStub(t, okay(api));
    const { task, events, over } = begin(createTT({ url }), api);
    task.onProgressUpdate(({ progress }) => { if (progress === 50) task.abort(); });
    await over;

    assert.equal(named(events, 'progress').length, 2);
    assert.deepEqual(named(events, 'fail'), [{ errMsg: api + ':fail abort' }]);
    assert.equal(named(events, 'success').length, 0);
  });

  test(`${api}: there is a task even of a call that fails at once`, async (t) => {
    t.mock.method(console, 'warn', () => {});
    const { task, events, over } = begin(createTT({ url: 'http://127.0.0.1:1' }), api, { header: 5n });

    task.abort();
    await over;

    assert.deepEqual(events[0], ['fail', { errMsg: api + ':fail invalid param', errNo: 20001 }]);
  });

  test(`${api}: five are under way at once, beside those of another API`, async (t) => {
    const held = [];
    let wake = () => {};
    const { url } = await startStub(t, (request, response) => { held.push([request.path, response]); wake(); });
    const until = async (count) => { while (held.length < count) await new Promise((resolve) => { wake = resolve; }); };
    const tt = createTT({ url });
    const begun = Array.from({ length: 7 }, () => begin(tt, api));
    await until(5);

    const request = tt.request({ url: URL_ });
    await until(6);
    assert.deepEqual(held.map(([path]) => path), [...Array(5).fill('/tt/' + api), '/tt/request']);

    [{ task: request }, ...begun].forEach(({ task }) => task.abort());
    await Promise.all(begun.map(({ over }) => over));
  });
}

test('an option responseType makes no bytes of what an upload answers', async (t) => {
  const { url } = await startStub(t, says(200, { errMsg: 'uploadFile:ok', statusCode: 200, data: 'AAAA' }));

  const { events, over } = begin(createTT({ url }), 'uploadFile', { responseType: 'arraybuffer' });
  await over;

  assert.equal(named(events, 'success')[0].data, 'AAAA');
});

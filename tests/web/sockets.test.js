'use strict';

/* tt.connectSocket against a WebSocket that a test drives: when it is opened, and what the game hears of it. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, createTTOf, listenTo, says, startStub } = require('./stub.js');

const URL_ = 'wss://game.example.com/room';
const PLACE = { 'X-Emulator-Task': '{"address": "ws://127.0.0.1:9000/room", "timeout_ms": 60000}' };
const OK = { errMsg: 'connectSocket:ok' };
const BROKEN = { errMsg: 'connectSocket:fail network unavailable' };
const CLOSED = { code: 1006, reason: '' };
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
const later = () => new Promise((resolve) => { setImmediate(resolve); });

/** A browser's, as far as tt.js asks it: `sockets` are those that were made. */
function createWebSocket() {
  const sockets = [];
  class Socket {
    #listeners = {};

    constructor(...given) {
      if (given[0].includes('refused')) throw new SyntaxError('no');
      Object.assign(this, { given, sent: [], closed: [], state: STATES.CONNECTING });
      sockets.push(this);
    }

    get readyState() { return this.state; }

    set binaryType(type) { this.type = type; }

    set onopen(listener) { this.#listeners.open = listener; }

    set onmessage(listener) { this.#listeners.message = listener; }

    set onerror(listener) { this.#listeners.error = listener; }

    set onclose(listener) { this.#listeners.close = listener; }

    send(data) { this.sent.push(data); }

    close(...given) {
      if (given[0] === 999) throw new Error('InvalidAccessError');
      this.closed.push(given);
      this.state = STATES.CLOSING;
    }

    tell(name, event = {}) {
      this.state = { open: STATES.OPEN, close: STATES.CLOSED }[name] ?? this.state;
      this.#listeners[name](event);
    }
  }
  return { Socket, sockets };
}

/** tt.connectSocket of a page that has that answer; → {task, heard, native, over}. */
async function connect(t, { reply = OK, headers = PLACE, options = {}, answer } = {}) {
  const { Socket, sockets } = createWebSocket();
  const { url, requests } = await startStub(t, answer || says(200, reply, headers));
  const tt = createTTOf({ WebSocket: Socket })({ url });
  t.after(() => sockets.forEach((socket) => socket.tell('close', CLOSED))); // or the state is followed for ever
  const heard = [];
  const hear = (name) => (value) => { heard.push([name, value]); };
  let task;
  const over = new Promise((resolve) => {
    task = tt.connectSocket({
      url: URL_, ...options, success: hear('success'), fail: hear('fail'),
      complete(value) { hear('complete')(value); setImmediate(resolve); },
    });
  });
  for (const name of ['onOpen', 'onClose', 'onMessage', 'onError']) task[name](hear(name));
  return { tt, task, heard, over, sockets, requests, Socket };
}

/** The same, once the socket is open. */
async function connected(t, given) {
  const all = await connect(t, given);
  await all.over;
  all.sockets[0].tell('open');
  all.heard.length = 0;
  return { ...all, native: all.sockets[0] };
}

test('the emulator is asked first, then the page opens where it says', async (t) => {
  const { task, heard, over, sockets, requests } = await connect(t, { options: { protocols: ['a'], timeout: 5 } });
  assert.equal(task.readyState, task.CONNECTING);
  assert.deepEqual(sockets, []);
  await over;

  assert.deepEqual(JSON.parse(requests[0].body), { url: URL_, protocols: ['a'], timeout: 5 });
  assert.deepEqual(sockets.map(({ given, type }) => [given, type]), [[['ws://127.0.0.1:9000/room', 'a'], 'arraybuffer']]);
  const success = { ...OK, socketTaskId: 1 };
  assert.deepEqual(heard, [['success', success], ['complete', success]]);
  assert.equal(task.readyState, task.CONNECTING);
  sockets[0].tell('open');
  assert.deepEqual(heard.slice(2), [['onOpen', {}]]);
  assert.equal(task.readyState, task.OPEN);
  sockets[0].tell('close', { code: 1000, reason: 'bye' });
  assert.deepEqual(heard.slice(3), [['onClose', { code: 1000, reason: 'bye' }]]);
});

test('the task has a number of its own and the four constants', async (t) => {
  const { tt, task, over } = await connect(t);
  await over;
  const another = tt.connectSocket({ url: URL_ });

  assert.deepEqual([task.socketTaskId, another.socketTaskId], [1, 2]);
  assert.deepEqual({ ...STATES }, {
    CONNECTING: task.CONNECTING, OPEN: task.OPEN, CLOSING: task.CLOSING, CLOSED: task.CLOSED,
  });
  task.readyState = 7;
  assert.equal(task.readyState, task.CONNECTING);
});

test('messages come as they are, and what is sent goes as it is', async (t) => {
  const { task, heard, native } = await connected(t);
  const bytes = Uint8Array.from([0, 255]);
  const told = [];
  native.tell('message', { data: 'text' });
  native.tell('message', { data: bytes.buffer });

  task.send({ data: 'a', success: (reply) => told.push(reply), fail: (reply) => told.push(reply) });
  task.send({ data: bytes.buffer });
  assert.deepEqual(told, []);
  await later();

  assert.deepEqual(heard, [['onMessage', { data: 'text' }], ['onMessage', { data: bytes.buffer }]]);
  assert.deepEqual(native.sent, ['a', bytes.buffer]);
  assert.deepEqual(told, [{ errMsg: 'send:ok' }]);
});

test('before it is open, and of what is neither text nor bytes, nothing is sent, and fail hears it', async (t) => {
  const { task, over, sockets } = await connect(t);
  const told = [];
  const send = (data) => task.send({ data, success: () => told.push('sent'), fail: ({ errMsg }) => told.push(errMsg) });
  send('early');
  await over;
  send('early, too');
  sockets[0].tell('open');
  for (const data of [undefined, null, 1, {}, [1]]) send(data);
  task.send();
  await later();

  assert.deepEqual(told, Array(7).fill('send:fail'));
  assert.deepEqual(sockets[0].sent, []);
});

test('close has the code 1000 unless it is told another', async (t) => {
  const { task, native, heard } = await connected(t);
  const told = [];
  const hear = { success: ({ errMsg }) => told.push(errMsg), fail: ({ errMsg }) => told.push(errMsg) };
  task.close({ code: 999, ...hear });
  assert.equal(task.readyState, task.OPEN);
  task.close(hear);
  task.close(hear);
  await later();

  assert.deepEqual(native.closed, [[1000]]);
  assert.deepEqual(told, ['close:fail', 'close:ok', 'close:fail']);
  assert.equal(task.readyState, task.CLOSING);
  native.tell('close', { code: 1000, reason: '' });
  assert.deepEqual(heard, [['onClose', { code: 1000, reason: '' }]]);
});

test('a reason goes with the code', async (t) => {
  const { task, native } = await connected(t);
  task.close({ code: 3001, reason: 'over' });
  assert.deepEqual(native.closed, [[3001, 'over']]);
});

test('what is closed before it is opened never is', async (t) => {
  const { task, heard, over, sockets } = await connect(t);
  task.close();
  assert.equal(task.readyState, task.CLOSING);
  assert.deepEqual(heard, []);
  await over;

  assert.deepEqual(sockets, []);
  assert.equal(task.readyState, task.CLOSED);
  assert.deepEqual(heard.map(([name]) => name), ['onClose', 'success', 'complete']);
});

for (const errMsg of ['url is not valid domain', 'network unavailable', 'timeout']) {
  test(`a call that fails is told to its callbacks, then to the task: ${errMsg}`, async (t) => {
    const reply = { errMsg: `connectSocket:fail ${errMsg}` };
    const { task, heard, over, sockets } = await connect(t, { reply, headers: {} });
    await over;

    assert.deepEqual(heard, [['fail', reply], ['complete', reply], ['onError', reply], ['onClose', CLOSED]]);
    assert.deepEqual([sockets.length, task.readyState], [0, task.CLOSED]);
  });
}

test('there is a task even of options that cannot be sent', async (t) => {
  listenTo(t, 'warn');
  const cycle = {};
  cycle.self = cycle;
  const { task, heard, over, requests } = await connect(t, { options: { header: cycle } });
  await over;

  const reply = { errMsg: 'connectSocket:fail invalid param', errNo: 20001 };
  assert.deepEqual(heard.map(([name]) => name), ['fail', 'complete', 'onError', 'onClose']);
  assert.deepEqual([heard[0][1], heard[2][1]], [reply, { errMsg: reply.errMsg }]);
  assert.deepEqual([requests.length, task.readyState], [0, task.CLOSED]);
});

test('a connection that breaks is an error, and closed', async (t) => {
  const { heard, over, sockets } = await connect(t);
  await over;
  heard.length = 0;
  sockets[0].tell('error'); // after which a page's own policy lets no close come
  assert.deepEqual(heard, [['onError', BROKEN], ['onClose', CLOSED]]);
  sockets[0].tell('close', CLOSED);

  assert.equal(heard.length, 2);
});

test('an address that the browser takes for none is an error, too', async (t) => {
  const { heard, over } = await connect(t, { headers: { 'X-Emulator-Task': '{"address": "ws://refused", "timeout_ms": 5}' } });
  await over;

  assert.deepEqual(heard.slice(2), [['onError', BROKEN], ['onClose', CLOSED]]);
});

test('what is not open in time is closed', async (t) => {
  const { task, heard, over, sockets } = await connect(t, { headers: { 'X-Emulator-Task': '{"address": "ws://127.0.0.1:9000/", "timeout_ms": 1}' } });
  const closed = new Promise((resolve) => { task.onClose(resolve); });
  await Promise.all([over, closed]);

  assert.deepEqual(heard.slice(2), [['onError', { errMsg: 'connectSocket:fail timeout' }], ['onClose', CLOSED]]);
  assert.equal(sockets[0].closed.length, 1);
  sockets[0].tell('open');
  sockets[0].tell('close', CLOSED);
  assert.equal(heard.length, 4);
});

test('a player who goes offline loses the sockets that are there', async (t) => {
  const streams = [];
  let isOffline = false;
  const state = () => JSON.stringify({
    host: {}, system: {}, network: isOffline ? { networkType: 'none', isConnected: false } : { networkType: 'wifi', isConnected: true },
  });
  const asked = new Promise((resolve) => {
    t.answer = (request, response) => {
      if (request.path === '/tt/events') {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(': listening\n\n');
        streams.push(response);
      } else if (request.path === '/tt/state') {
        response.end(state());
        if (streams.length > 0) setImmediate(resolve);
      } else says(200, OK, PLACE)(request, response);
    };
  });
  const { task, heard, native } = await connected(t, { answer: t.answer });
  await asked;
  const closed = new Promise((resolve) => { task.onClose(resolve); });
  isOffline = true;
  streams[0].write(`id: 1\nevent: state\ndata: ${state()}\n\n`);
  await closed;

  assert.deepEqual(heard, [['onError', BROKEN], ['onClose', CLOSED]]);
  assert.deepEqual([native.closed.length, task.readyState], [1, task.CLOSED]);
});

test('where a fault keeps the call from the service nothing is opened', async (t) => {
  const headers = { 'X-Emulator-Client-Fault': 'never' };
  const { task, heard, sockets, requests } = await connect(t, { headers });
  while (requests.length === 0) await later();
  await later();

  assert.deepEqual([heard, sockets, task.readyState], [[], [], task.CONNECTING]);
});

test('what replaces WebSocket later changes nothing', async (t) => {
  const { task, over, sockets, Socket } = await connect(t);
  Object.assign(Socket.prototype, { send() { throw new Error('mine'); }, close() { throw new Error('mine'); } });
  await over;
  sockets[0].tell('open');
  sockets[0].sent = [];
  task.send({ data: 'a' });

  assert.deepEqual(sockets[0].sent, ['a']);
});

test('a sixth socket is opened, and the console says what the platform has', async (t) => {
  const warned = listenTo(t, 'warn');
  const { tt, sockets, over } = await connect(t);
  for (let number = 0; number < 4; number += 1) tt.connectSocket({ url: URL_ });
  assert.ok(!warned.some((line) => /sockets/.test(line)));
  await new Promise((resolve) => { tt.connectSocket({ url: URL_, complete: () => setImmediate(resolve) }); });
  await over;

  assert.equal(warned.filter((line) => /more than 5 sockets/.test(line)).length, 1);
  assert.equal(sockets.length, 6);
});

test('where there is no WebSocket it breaks before it opens', async (t) => {
  const warned = listenTo(t, 'warn');
  const { url } = await startStub(t, says(200, OK, PLACE));
  const tt = createTTOf({ WebSocket: undefined })({ url });
  const heard = [];
  const task = tt.connectSocket({ url: URL_, success: () => heard.push('success') });
  task.onError((error) => heard.push(error));
  await new Promise((resolve) => { task.onClose(resolve); });

  assert.deepEqual(heard, ['success', BROKEN]);
  assert.ok(warned.some((line) => /no WebSocket/.test(line)));
});

test('the open data domain has none', (t) => {
  listenTo(t, 'info');
  assert.equal(createTT({ domain: 'open' }).connectSocket, undefined);
});

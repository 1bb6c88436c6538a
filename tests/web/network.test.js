'use strict';

/* tt.onNetworkStatusChange against a stub whose stream a test writes. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, createTTOf, listenTo, ok, outcome, says, startStub } = require('./stub.js');

const ONLINE = { networkType: 'wifi', isConnected: true };
const OFFLINE = { networkType: 'none', isConnected: false };
const state = (network, more) => ({ host: { appName: 'Douyin' }, system: {}, network, ...more });

/** A stub with a state and streams; `tell(network)` changes both, in two halves on the wire. */
async function startPhone(t, network = ONLINE) {
  const phone = { network, streams: [], waiting: [], written: Promise.resolve() };
  const { url, requests } = await startStub(t, (request, response) => {
    if (request.path === '/tt/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(': listening\n\n');
      phone.streams.push(response);
      response.on('close', () => phone.streams.splice(phone.streams.indexOf(response), 1));
    } else {
      response.end(JSON.stringify(state(phone.network)));
      setImmediate(() => phone.waiting.splice(0).forEach((wake) => wake()));
    }
  });
  const asked = () => new Promise((resolve) => phone.waiting.push(resolve));
  const tell = (network_, more) => {
    phone.network = network_;
    const text = `id: 1\nevent: state\ndata: ${JSON.stringify(state(network_, more))}\n\n`;
    for (const half of [text.slice(0, 30), text.slice(30)]) {
      phone.written = phone.written.then(() => new Promise((resolve) => {
        phone.streams.forEach((stream) => stream.write(half));
        setImmediate(resolve);
      }));
    }
  };
  return { url, requests, phone, asked, tell };
}

/** Listens until the test ends; `next()` is the next thing heard. */
function listen(t, tt) {
  const heard = [];
  let wake = () => {};
  const listener = (status) => { heard.push(status); wake(); };
  tt.onNetworkStatusChange(listener);
  t.after(() => tt.offNetworkStatusChange());
  const next = async () => {
    while (heard.length === 0) await new Promise((resolve) => { wake = resolve; });
    return heard.shift();
  };
  return { heard, listener, next };
}

test('the stream is opened once somebody listens, and closed once nobody does', async (t) => {
  const { url, requests, phone, asked } = await startPhone(t);
  const tt = createTT({ url, world: 'w1', player: '小明' });
  assert.equal(typeof tt.onNetworkStatusChange, 'function');
  assert.deepEqual(requests, []);
  const ready = asked();
  const { listener } = listen(t, tt);
  tt.onNetworkStatusChange(() => {});
  await ready;
  assert.deepEqual(requests.map(({ path }) => path), ['/tt/events', '/tt/state']);
  assert.equal(requests[0].headers['x-emulator-world'], 'w1');
  assert.equal(decodeURIComponent(requests[0].headers['x-emulator-player']), '小明');
  tt.offNetworkStatusChange(listener);
  assert.equal(phone.streams.length, 1);
  const closed = new Promise((resolve) => { phone.streams[0].on('close', resolve); });
  tt.offNetworkStatusChange();
  await closed;
});

test('listeners hear what changed, once, and nothing at the beginning', async (t) => {
  const { url, asked, tell } = await startPhone(t);
  const tt = createTT({ url });
  const ready = asked();
  const { heard, next } = listen(t, tt);
  await ready;
  tell(OFFLINE);
  assert.deepEqual(await next(), OFFLINE);
  tell(OFFLINE);
  tell(ONLINE);
  assert.deepEqual(await next(), ONLINE);
  assert.deepEqual(heard, []);
});

test('what changed before the stream was open is heard, where the state was known', async (t) => {
  const { url } = await startPhone(t, OFFLINE);
  const { next } = listen(t, createTT({ url, state: state(ONLINE) }));
  assert.deepEqual(await next(), OFFLINE);
});

test('getSystemInfoSync follows, too', async (t) => {
  const { url, asked, tell } = await startPhone(t);
  const tt = createTT({ url });
  const ready = asked();
  const { next } = listen(t, tt);
  await ready;
  tell(OFFLINE, { host: { appName: 'Toutiao' } });
  await next();
  assert.equal(tt.getSystemInfoSync().appName, 'Toutiao');
});

test('a stream that ends is opened again, and what was missed is heard', async (t) => {
  const { url, phone, asked } = await startPhone(t);
  const tt = createTT({ url });
  const ready = asked();
  const { next } = listen(t, tt);
  await ready;
  phone.network = OFFLINE;
  phone.streams[0].end();
  assert.deepEqual(await next(), OFFLINE);
});

test('in a world of another platform nothing more is asked, until a call is answered', async (t) => {
  const warnings = listenTo(t, 'warn');
  const refuse = says(404, { code: 'wrong-platform', detail: 'The world is of wx.' });
  let isElsewhere = true;
  let wake = () => {};
  const { url, requests } = await startStub(t, (request, response) => {
    if (isElsewhere) refuse(request, response);
    else if (request.path === '/tt/events') response.writeHead(200).write(': listening\n\n');
    else if (request.path === '/tt/state') { response.end(JSON.stringify(state(ONLINE))); wake(); } else ok(request, response);
  });
  const tt = createTTOf({ setTimeout: () => 0 })({ url }); // of itself it asks no more
  const paths = () => requests.splice(0).map(({ path }) => path);
  listen(t, tt);
  await warnings.heard();
  assert.match(warnings[0], /until a call of tt is answered there: The world is of wx\./);
  await outcome(tt, 'login'); // is refused, too
  isElsewhere = false;
  assert.deepEqual(paths(), ['/tt/events', '/tt/login']);
  const followed = new Promise((resolve) => { wake = resolve; });
  assert.equal((await outcome(tt, 'login')).reply.errMsg, 'login:ok');
  await followed;
  assert.deepEqual(paths(), ['/tt/login', '/tt/events', '/tt/state']);
});

test('a listener that throws takes nothing from the others', async (t) => {
  const errors = listenTo(t, 'error');
  const { url, asked, tell } = await startPhone(t);
  const tt = createTT({ url });
  tt.onNetworkStatusChange(() => { throw new Error('mine'); });
  const ready = asked();
  const { next } = listen(t, tt);
  await ready;
  tell(OFFLINE);
  await next();
  assert.match(errors[0], /mine/);
});

test('what is no function is refused as documented, and the open data domain has none of it', (t) => {
  listenTo(t, 'info');
  assert.throws(() => createTT().onNetworkStatusChange(), {
    message: 'onNetworkStatusChange:fail invalid param', errNo: 20001,
  });
  assert.equal(createTT({ domain: 'open' }).onNetworkStatusChange, undefined);
});

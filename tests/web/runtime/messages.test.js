'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { setTimeout: wait } = require('node:timers/promises');
const { runInNewContext } = require('node:vm');
const { load, noting } = require('./runtime.js');

/** A realm as another domain is one. */
const realmOf = () => ({ ...runInNewContext('({ Array, Object })'), structuredClone, reportError() {} });

test('a message is copied into objects of the other realm', async () => {
  const { copierInto } = await load('messages');
  const realm = realmOf();
  const message = { list: [1, { a: null }], text: 'x', none: undefined };
  message.self = message;
  const copied = copierInto(realm, noting())(message);
  assert.ok(copied instanceof realm.Object && copied.list instanceof realm.Array && copied.list[1] instanceof realm.Object);
  assert.equal(copied.self, copied);
  assert.deepEqual([copied.list.length, copied.list[1].a, copied.text, Object.keys(copied)], [2, null, 'x', Object.keys(message)]);
});

test('what no realm can copy is left out and told of', async () => {
  const { copierInto } = await load('messages');
  const log = noting();
  const copied = copierInto(realmOf(), log)({ act() {}, sign: Symbol('s'), on: new Promise(() => {}), at: new Date(0) });
  assert.deepEqual(Object.keys(copied), ['at']);
  assert.equal(copied.at.getTime(), 0);
  assert.deepEqual(log.said.map(([, sentence]) => sentence.split(' ')[1]), ['function', 'symbol', 'object']);
});

test('messages wait for a listener, then come in order, later than the call', async () => {
  const { createChannel } = await load('messages');
  const channel = createChannel(realmOf(), noting());
  const heard = [];
  channel.post(1);
  channel.post(2);
  await wait();
  channel.listen((message) => heard.push(message));
  channel.post(3);
  assert.deepEqual(heard, []);
  await wait();
  assert.deepEqual(heard, [1, 2, 3]);
});

test('a message is what it was when it was posted', async () => {
  const { createChannel } = await load('messages');
  const channel = createChannel(realmOf(), noting());
  const heard = [];
  channel.listen((message) => heard.push(message.score));
  const message = { score: 1 };
  channel.post(message);
  message.score = 2;
  await wait();
  assert.deepEqual(heard, [1]);
});

test('a thousand messages are kept for a listener that may come, and of more it is told', async () => {
  const { createChannel } = await load('messages');
  const log = noting();
  const channel = createChannel(realmOf(), log);
  for (let at = 0; at <= 1000; at += 1) channel.post(at);
  assert.equal(log.said.length, 1);
  const heard = [];
  channel.listen((message) => heard.push(message));
  await wait();
  assert.deepEqual([heard.length, heard[999]], [1000, 999]);
});

test('a listener that throws is reported in its realm and keeps nothing from the others', async () => {
  const { createChannel } = await load('messages');
  const reported = [];
  const channel = createChannel({ ...realmOf(), reportError: (error) => reported.push(error.message) }, noting());
  const heard = [];
  channel.listen(() => { throw new Error('first'); });
  channel.listen((message) => heard.push(message));
  channel.post(1);
  await wait();
  assert.deepEqual([reported, heard], [['first'], [1]]);
});

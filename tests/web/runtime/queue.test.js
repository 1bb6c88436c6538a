'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load } = require('./runtime.js');

// The modules keep the timers that there are when they are loaded: here one that goes off when a test says so.
const timers = new Map();
const { setTimeout: realTimeout, clearTimeout: realClear } = globalThis;
globalThis.setTimeout = (act, after_ms) => { const id = {}; timers.set(id, { act, after_ms }); return id; };
globalThis.clearTimeout = (id) => timers.delete(id);
const loaded = load('queue').finally(() => Object.assign(globalThis, { setTimeout: realTimeout, clearTimeout: realClear }));

const goOff = () => {
  const due = [...timers.values()];
  timers.clear();
  for (const { act } of due) act();
};
const settled = () => new Promise(setImmediate);

async function queueOf() {
  const { createQueue } = await loaded;
  timers.clear();
  const queue = createQueue();
  const begun = [];
  const end = {};
  const add = (name) => queue.add((release) => { begun.push(name); end[name] = release; });
  return { add, begun, end };
}

test('a job begins when the one before it has ended', async () => {
  const { add, begun, end } = await queueOf();
  for (const name of ['a', 'b', 'c']) add(name);
  assert.deepEqual(begun, ['a']);
  end.a();
  await settled();
  assert.deepEqual(begun, ['a', 'b']);
  end.b();
  await settled();
  assert.deepEqual(begun, ['a', 'b', 'c']);
  assert.equal(timers.size, 1);
});

test('one that hangs holds the next up for 250 ms', async () => {
  const { add, begun, end } = await queueOf();
  for (const name of ['a', 'b', 'c']) add(name);
  assert.deepEqual([...timers.values()].map(({ after_ms }) => after_ms), [250]);
  goOff();
  assert.deepEqual(begun, ['a', 'b']);
  end.a(); // too late to begin another one
  await settled();
  assert.deepEqual(begun, ['a', 'b']);
});

test('a job that comes to an idle queue begins at once', async () => {
  const { add, begun, end } = await queueOf();
  add('a');
  end.a();
  await settled();
  assert.equal(timers.size, 0);
  add('b');
  assert.deepEqual(begun, ['a', 'b']);
});

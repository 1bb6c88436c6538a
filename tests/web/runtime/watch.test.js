'use strict';

/* How the state is followed in a world of another platform, by a clock that the test winds: what is asked, and when. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load, noting } = require('./runtime.js');

const PROBLEM = { code: 'wrong-platform', detail: 'The world is of wx.' };
const elsewhere = () => Response.json(PROBLEM, { status: 404 });
const stream = () => new Response(new ReadableStream({}));
const ONLINE = { network: { networkType: 'wifi', isConnected: true } };

/** What the runtime keeps of the process while it loads, in the test's hands. */
const asked = [];
const waits = [];
let answerTo = elsewhere;
const loading = withGlobals({
  fetch: async (url) => {
    asked.push(new URL(url).pathname);
    return asked.at(-1) === '/tt/state' ? Response.json(ONLINE) : answerTo();
  },
  setTimeout: (over, ms) => waits.push({ over, ms }),
  clearTimeout: (timer) => { waits[timer - 1].isCleared = true; },
}, () => load('watch'));

async function withGlobals(globals, job) {
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, globalThis[name]]));
  Object.assign(globalThis, globals);
  try {
    return await job();
  } finally {
    Object.assign(globalThis, before);
  }
}

const settled = () => new Promise(setImmediate);

/** A watch that follows until the test ends, after its first request. */
async function follow(t, answer) {
  const { createWatch } = await loading;
  asked.splice(0);
  waits.splice(0);
  answerTo = answer;
  const log = noting();
  const heard = [];
  const watch = createWatch({ url: 'http://127.0.0.1:8717', headers: {} }, log, (state) => heard.push(state));
  t.after(() => watch.stop());
  watch.start();
  await settled();
  return { watch, heard, said: log.said };
}

async function wind(times) {
  for (let time = 0; time < times; time += 1) {
    waits.at(-1).over();
    await settled();
  }
}

test('it is asked for more and more seldom, and the state not at all, which would turn the world', async (t) => {
  const { heard, said } = await follow(t, elsewhere);
  await wind(7);
  assert.deepEqual(waits.map(({ ms }) => ms / 1000), [2, 4, 8, 16, 32, 64, 64, 64]);
  assert.deepEqual([new Set(asked), heard], [new Set(['/tt/events']), []]);
  assert.match(said[0][1], /until a call of tt is answered there: The world is of wx\./);
});

test('a call that was answered makes it listen again, at once', async (t) => {
  const { watch, heard } = await follow(t, elsewhere);
  await wind(3);
  asked.splice(0);
  answerTo = stream;
  watch.answered();
  await settled();
  assert.deepEqual([asked, heard, waits.at(-1).isCleared], [['/tt/events', '/tt/state'], [ONLINE], true]);
});

test('a world that is of this platform again is followed as any: who loses it comes back in a second', async (t) => {
  const { watch } = await follow(t, elsewhere);
  answerTo = () => new Response('');
  watch.answered();
  await settled();
  assert.deepEqual(waits.map(({ ms }) => ms), [2000, 1000]);
});

test('any other refusal is asked again each second, whatever calls are answered', async (t) => {
  const { watch, said } = await follow(t, () => Response.json({ code: 'not-found', detail: 'Nothing.' }, { status: 404 }));
  await wind(2);
  watch.answered();
  await settled();
  assert.deepEqual(waits.map(({ ms }) => ms), [1000, 1000, 1000]);
  assert.match(said[0][1], /\(HTTP 404\): tried again each second/);
});

test('who stops to follow leaves no timer behind', async (t) => {
  const { watch } = await follow(t, elsewhere);
  watch.stop();
  await settled();
  assert.deepEqual([waits.map(({ isCleared }) => isCleared), asked], [[true], ['/tt/events']]);
});

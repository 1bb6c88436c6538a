'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load } = require('./runtime.js');

// ---- three fingers ---------------------------------------------------------------------------

/** How often a tap was seen in these [type, id, timeMs, x]. */
async function taps(...told) {
  const { createThreeFingers } = await load('three-fingers');
  let count = 0;
  const hear = createThreeFingers(() => { count += 1; });
  for (const [type, id, timeMs, x = 0] of told) hear(`pointer${type}`, { id, x, y: 0, timeMs });
  return count;
}

const DOWN = [['down', 1, 0], ['down', 2, 20], ['down', 3, 40]];
const UP = [['up', 2, 150], ['up', 1, 160], ['up', 3, 170]];

test('three fingers that come and go are a tap, and again', async () => {
  assert.equal(await taps(...DOWN, ...UP), 1);
  assert.equal(await taps(...DOWN, ...UP, ...DOWN, ...UP), 2);
  assert.equal(await taps(...DOWN, ['move', 1, 90, 10], ...UP), 1); // a finger is never quite still
});

for (const [what, told] of Object.entries({
  'two fingers': [...DOWN.slice(0, 2), ...UP.slice(0, 2)],
  'four fingers': [...DOWN, ['down', 4, 50], ...UP, ['up', 4, 180]],
  'three, one of which moves': [...DOWN, ['move', 1, 90, 40], ...UP],
  'three that stay': [...DOWN, ...UP.slice(0, 2), ['up', 3, 700]],
  'three, of which the browser takes one': [...DOWN, ['cancel', 1, 100], ...UP],
  'three one after the other': [['down', 1, 0], ['up', 1, 30], ['down', 2, 50], ['up', 2, 80], ['down', 3, 90], ['up', 3, 99]],
  'three that nobody saw come': UP,
})) {
  test(`${what}: no tap`, async () => { assert.equal(await taps(...told), 0); });
}

// ---- what is shown ---------------------------------------------------------------------------

const CALL = { api: 'login', outcome: 'ok', code: null, duration_ms: 0.25, received_at: '2026-01-02T03:04:05.678Z' };

test('a call is told with its outcome, code, duration and the time of day here', async () => {
  const { timeOfDay, wordsOf } = await load('game-panel-view');
  const here = new Date(CALL.received_at);
  const two = (number) => String(number).padStart(2, '0');
  const time = [here.getHours(), here.getMinutes(), here.getSeconds()].map(two).join(':');
  assert.equal(timeOfDay(CALL.received_at), time);
  assert.deepEqual(wordsOf(CALL), { api: 'login', outcome: 'ok', isBad: false, took: '0.3 ms', time });
  const failed = wordsOf({ ...CALL, outcome: 'server-error', code: 0, duration_ms: 1999.6 });
  assert.deepEqual([failed.outcome, failed.isBad, failed.took], ['server-error 0', true, '2000 ms']);
  const waits = wordsOf({ ...CALL, outcome: null, duration_ms: null });
  assert.deepEqual([waits.outcome, waits.isBad, waits.took], ['under way', false, '']);
});

test('the button stays wholly within the window', async () => {
  const { atEdge } = await load('game-panel-view');
  assert.deepEqual([-50, 8, 100, 344, 9999].map((at) => atEdge(at, 400)), [8, 8, 100, 344, 344]);
});

// ---- switches --------------------------------------------------------------------------------

const told = (on) => ({ told: { switches: [{ switch: 'delay', on }], calls: [] } });

/** A keeper whose questions wait in `asked` until they are answered, and what its panel shows. */
async function keeper() {
  const { createKeeper } = await load('game-panel');
  const asked = [];
  const shown = { updates: [], words: '', isOpen: false };
  const ask = (switching) => new Promise((answer) => asked.push({ switching, answer }));
  const kept = createKeeper({ url: 'http://127.0.0.1:9' }, ask, () => ({
    update: ({ switches }) => shown.updates.push(switches[0].on),
    tell: (words) => { shown.words = words; },
    isOpen: () => shown.isOpen,
  }));
  kept.take(told(false));
  return { ...kept, asked, shown };
}

test('a switch shows what the emulator answers', async () => {
  const { turned, asked, shown } = await keeper();
  const turning = turned('delay', true);
  assert.deepEqual(asked[0].switching, { switch: 'delay', on: true });
  asked[0].answer(told(true));
  await turning;
  assert.deepEqual(shown.updates, [false, true]);
});

test('a switch that is refused goes back, in words', async () => {
  const { turned, asked, shown } = await keeper();
  const turning = turned('delay', true);
  asked[0].answer({ refusal: 'No.' });
  await turning;
  assert.deepEqual([shown.updates, shown.words], [[false, false], 'No.']);
});

test('so does one for which nobody answers, and the words say where', async () => {
  const { turned, asked, shown } = await keeper();
  const turning = turned('delay', true);
  asked[0].answer({ silence: 'Failed to fetch' });
  await turning;
  assert.match(shown.words, /http:\/\/127\.0\.0\.1:9.*Failed to fetch/);
  assert.deepEqual(shown.updates, [false, false]);
});

test('what was asked before a switch was turned does not turn it back', async () => {
  const { toggled, turned, asked, shown } = await keeper();
  shown.isOpen = true;
  toggled();
  const turning = turned('delay', true);
  asked[1].answer(told(true));
  await turning;
  shown.isOpen = false; // ends it
  asked[0].answer(told(false));
  await new Promise(setImmediate);
  assert.deepEqual(shown.updates, [false, true]);
});

test('of two that are turned at once the last answer counts', async () => {
  const { turned, asked, shown } = await keeper();
  const both = [turned('delay', true), turned('delay', false)];
  asked[0].answer(told(true));
  await both[0];
  assert.deepEqual(shown.updates, [false]);
  asked[1].answer(told(false));
  await both[1];
  assert.deepEqual(shown.updates, [false, false]);
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const load = (name) => import(`../../emulator/tt_emulator/web/ui/logic/${name}`);

const entry = (key, start, end, row = 'alice') => ({ key, start, end, row, value: { id: key } });
const keys = (items) => items.map(({ key }) => key);
const WIDTH = 1000;

/** Numbers that look random and are the same each time. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

test('each row has its items by their beginning, and those that overlap lie in lanes', async () => {
  const { layOut, AXIS_PX, LABEL_PX, LANE_PX } = await load('timeline.js');
  const layout = layOut([entry('c', 50, 60), entry('a', 0, 30), entry('b', 20, 25), entry('z', 10, 12, 'bob')]);
  const [alice, bob] = layout.rows;
  assert.deepEqual([alice.name, bob.name], ['alice', 'bob']);
  assert.deepEqual(keys(alice.items), ['a', 'b', 'c']);
  assert.deepEqual(alice.items.map(({ lane }) => lane), [0, 1, 0]);
  assert.equal(alice.top, AXIS_PX);
  assert.equal(bob.top, alice.top + alice.height);
  assert.equal(alice.height - bob.height, LANE_PX);
  assert.ok(bob.height > LABEL_PX + LANE_PX);
  assert.deepEqual([layout.start, layout.end], [0, 60]);
});

test('a call that is under way lasts until now, or the end of all', async () => {
  const { layOut } = await load('timeline.js');
  const entries = [entry('a', 0, null), entry('b', 5, 90)];
  assert.equal(layOut(entries).byKey.get('a').end, 90);
  assert.equal(layOut(entries, 200).byKey.get('a').end, 200);
  assert.equal(layOut(entries.slice(1), 200).end, 90); // nothing lasts
});

test('calls whose moments are told to the millisecond do not seem to overlap', async () => {
  const { layOut } = await load('timeline.js');
  const layout = layOut([entry('a', 0, 0.4), entry('b', 0, 0.3), entry('c', 1, 1.2)]);
  assert.deepEqual(layout.rows[0].items.map(({ lane }) => lane), [0, 0, 0]);
});

test('what testers did lies above all rows', async () => {
  const { ACTS, entriesOf, layOut } = await load('timeline.js');
  const call = { id: 1, player: 'alice', api: 'login', received_at: '1970-01-01T00:00:00.005Z', duration_ms: 2 };
  const act = { key: 'act', at_ms: 9 };
  for (const by of ['player', 'api']) {
    const layout = layOut(entriesOf([call], [act], by));
    assert.deepEqual(layout.rows.map(({ name }) => name), [ACTS, call[by]]);
    const { start, end } = layout.byKey.get('call 1');
    assert.deepEqual([start, end], [5, 7]);
  }
  const [exact] = entriesOf([{ ...call, at_ms: 5.25, duration_ms: null }], [], 'player');
  assert.deepEqual([exact.start, exact.end], [5.25, null]);
});

test('nothing at all is laid out as well', async () => {
  const { hit, layOut, shown, stepFrom, ticks, whole } = await load('timeline.js');
  const layout = layOut([]);
  const window = whole(layout);
  assert.ok(window.end > window.start);
  assert.deepEqual(shown(layout, window), []);
  assert.equal(hit(layout, window, WIDTH, { x: 5, y: 40 }), null);
  assert.equal(stepFrom(layout, undefined, 'right', window), null);
  assert.ok(ticks(window, WIDTH, 90).at.length <= WIDTH / 90 + 1);
});

test('a window shows what is in it, that which began long before included', async () => {
  const { layOut, shown } = await load('timeline.js');
  const random = numbers(7);
  const next = () => random.next().value;
  const entries = Array.from({ length: 500 }, (_, id) => {
    const start = next() * 1000;
    return entry(id, start, start + next() ** 6 * 800, `player ${Math.floor(next() * 4)}`);
  });
  const layout = layOut(entries);
  for (let round = 0; round < 50; round += 1) {
    const start = next() * 1000;
    const window = { start, end: start + next() * 100 };
    const wanted = entries.filter((one) => one.end >= window.start && one.start <= window.end);
    assert.deepEqual(new Set(keys(shown(layout, window))), new Set(keys(wanted)));
  }
});

test('of ten thousand calls only those that a window shows are looked at', async () => {
  const { layOut, within } = await load('timeline.js');
  const [row] = layOut(Array.from({ length: 10_000 }, (_, id) => entry(id, id * 10, id * 10 + 3))).rows;
  assert.deepEqual(within(row, { start: 50_001, end: 50_042 }), [5000, 5005]);
  assert.deepEqual(within(row, { start: -9, end: -1 }), [0, 0]);
  assert.deepEqual(within(row, { start: 1e9, end: 2e9 }), [10_000, 10_000]);
});

test('a zoom keeps its place, and no window leaves what there is', async () => {
  const { moved, zoomed } = await load('timeline.js');
  const bounds = { start: 0, end: 1000 };
  assert.deepEqual(zoomed({ start: 0, end: 1000 }, 0.5, 250, bounds), { start: 125, end: 625 });
  assert.deepEqual(zoomed({ start: 100, end: 200 }, 100, 150, bounds), bounds);
  const least = zoomed({ start: 100, end: 101 }, 1e-9, 100.5, bounds);
  assert.ok(least.end - least.start >= 1 && least.start >= 99);
  assert.deepEqual(moved({ start: 100, end: 200 }, 5000, bounds), { start: 900, end: 1000 });
  assert.deepEqual(moved({ start: 100, end: 200 }, -5000, bounds), { start: 0, end: 100 });
});

test('what is chosen comes into the window, which stays where it is if it can', async () => {
  const { holding } = await load('timeline.js');
  const bounds = { start: 0, end: 1000 };
  const window = { start: 100, end: 200 };
  assert.equal(holding(window, { start: 150, end: 160 }, bounds), window);
  for (const start of [0, 50, 250, 990]) {
    const found = holding(window, { start, end: start + 1 }, bounds);
    assert.ok(found.start <= start && start <= found.end, `${start} in ${found.start}–${found.end}`);
    assert.equal(Math.round(found.end - found.start), 100);
  }
});

test('a finger hits the call under it, or the nearest one, in its lane', async () => {
  const { AXIS_PX, LABEL_PX, LANE_PX, hit, layOut } = await load('timeline.js');
  const alice = [entry('long', 0, 500), entry('inner', 100, 200), entry('far', 900, 900.1)];
  const layout = layOut([...alice, entry('bob', 0, 10, 'bob')]);
  const window = { start: 0, end: 1000 };
  const lane = (number) => AXIS_PX + LABEL_PX + (number + 0.5) * LANE_PX;
  const at = (x, y) => hit(layout, window, WIDTH, { x, y })?.key ?? null;
  assert.equal(at(150, lane(0)), 'long');
  assert.equal(at(150, lane(1)), 'inner');
  assert.equal(at(904, lane(0)), 'far');
  assert.equal(at(700, lane(0)), null);
  assert.equal(at(5, layout.rows[1].top + LABEL_PX + 3), 'bob');
  assert.equal(at(5, 3), null); // the axis
  assert.equal(at(5, 5000), null);
});

test('a gap is told where its text has room, and the time is that between the calls', async () => {
  const { gaps, layOut } = await load('timeline.js');
  const [row] = layOut([entry('a', 0, 100), entry('b', 50, 60), entry('c', 2200, 2210), entry('d', 2215, 2220)]).rows;
  const wide = () => 40;
  assert.deepEqual(gaps(row, { start: 0, end: 4000 }, WIDTH, wide), [{ left: 25, right: 550, text: '2.1 s' }]);
  assert.deepEqual(gaps(row, { start: 0, end: 4000 }, WIDTH, () => 600), []);
  const inside = gaps(row, { start: 1000, end: 2000 }, WIDTH, wide);
  assert.deepEqual(inside, [{ left: 0, right: WIDTH, text: '2.1 s' }]);
});

test('spans are told in the units that people use', async () => {
  const { spanText } = await load('timeline.js');
  const short = [0.25, 3.14, 340, 999.7, 2100, 59_940].map(spanText);
  assert.deepEqual(short, ['0.25 ms', '3.1 ms', '340 ms', '1.0 s', '2.1 s', '59.9 s']);
  assert.deepEqual([59_960, 185_000, 7_500_000].map(spanText), ['1 min 0 s', '3 min 5 s', '2 h 5 min']);
});

test('ticks are round moments with room for their text', async () => {
  const { ticks } = await load('timeline.js');
  assert.deepEqual(ticks({ start: 130, end: 630 }, 500, 90), { step: 100, at: [200, 300, 400, 500, 600] });
  for (const length of [3, 70, 5000, 1e5, 1e7, 1e9, 1e11]) {
    const { step, at } = ticks({ start: 1.79e12, end: 1.79e12 + length }, WIDTH, 90);
    assert.ok((step / length) * WIDTH >= 90 && at.length >= 1, `${length}: ${step}`);
    assert.ok(at.every((moment) => moment % step === 0));
  }
});

test('arrows walk along a row and to the nearest call of the next one', async () => {
  const { layOut, stepFrom } = await load('timeline.js');
  const layout = layOut([
    ...[0, 100, 200].map((start) => entry(`a${start}`, start, start + 1)),
    ...[90, 180].map((start) => entry(`b${start}`, start, start + 1, 'bob')),
  ]);
  const window = { start: 50, end: 150 };
  const from = (key, way) => stepFrom(layout, layout.byKey.get(key), way, window).key;
  assert.equal(from(undefined, 'right'), 'b90');
  assert.equal(from('a0', 'right'), 'a100');
  assert.equal(from('a200', 'right'), 'a200');
  assert.equal(from('a0', 'left'), 'a0');
  assert.equal(from('a200', 'down'), 'b180');
  assert.equal(from('a0', 'down'), 'b90');
  assert.equal(from('b90', 'up'), 'a100');
  assert.equal(from('b90', 'down'), 'b90');
  assert.equal(stepFrom(layout, undefined, 'down', { start: 300, end: 400 }).key, 'a0');
});

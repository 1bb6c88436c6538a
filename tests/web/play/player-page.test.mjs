import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ConsoleLog, createLimit, readMessage } from '../../../emulator/tt_emulator/web/ui/logic/frame-messages.js';
import { gameOrigin, withQuery } from '../../../emulator/tt_emulator/web/ui/logic/game-address.js';
import { PHONES, phoneOf, safeAreaOf, scaleIn } from '../../../emulator/tt_emulator/web/ui/logic/phones.js';
import { consoleText } from '../../../emulator/tt_emulator/web/play/console-text.js';

for (const [what, data] of [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'ready'],
  ['an unknown type', { type: 'eval', code: '1' }],
  ['a name that all objects have', { type: 'constructor' }],
  ['__proto__', { type: '__proto__' }],
  ['a type that is no text', { type: ['x'] }],
  ['lines that are no list', { type: 'lines', lines: { length: 5 } }],
  ['a time that is none', { type: 'first-frame', ms: NaN }],
  ['a time before the start', { type: 'first-frame', ms: -1 }],
]) {
  test(`a message of the game's is not believed: ${what}`, () => assert.equal(readMessage(data), null));
}

test('lines are texts, cut short, with a known level and a place', () => {
  const lines = [
    { level: 'warn', text: 'a', file: 'game.js', line: 3 },
    { level: '<b>', text: { toString: 'x' }, file: 5, line: -1 },
    null,
    { text: 'x'.repeat(1e6), file: 'y'.repeat(1e6), line: 2.5 },
    ...Array(1000).fill({ level: 'log', text: '' }),
  ];
  const found = readMessage({ type: 'lines', lines, dropped: 'many' });
  assert.deepEqual(found.lines.slice(0, 3), [
    { level: 'warn', text: 'a', file: 'game.js', line: 3 },
    { level: 'log', text: '', file: null, line: null },
    { level: 'log', text: '', file: null, line: null },
  ]);
  assert.ok(found.lines[3].text.length <= 4000 && found.lines[3].file.length <= 300);
  assert.equal(found.lines.length, 100);
  assert.equal(found.dropped, 0);
});

test('a picture is a PNG of some size, or none', () => {
  const png = new Blob(['x'], { type: 'image/png' });
  assert.equal(readMessage({ type: 'picture', id: 1, picture: png }).picture, png);
  for (const picture of [null, 'data:', new Blob(['<script>'], { type: 'text/html' }), { type: 'image/png', size: 1 }]) {
    assert.equal(readMessage({ type: 'picture', id: 1, picture }).picture, null);
  }
});

test('so many messages a second are taken, and the next second as many again', () => {
  const take = createLimit(3);
  assert.deepEqual([0, 1, 2, 999, 1000].map(take), [true, true, true, false, true]);
});

test('the console keeps the latest lines, and counts what it leaves out', () => {
  const log = new ConsoleLog(2);
  log.add([{ level: 'log', text: 'a' }, { level: 'error', text: 'b' }, { level: 'info', text: 'c' }], 4, 0);
  assert.deepEqual(log.lines.map(({ text }) => text), ['b', 'c']);
  assert.equal(log.dropped, 5);
  assert.deepEqual(log.from('warn').map(({ text }) => text), ['b']);
  log.clear();
  assert.deepEqual([log.lines, log.dropped], [[], 0]);
});

test('the game is another port of the host by which one came', () => {
  assert.equal(gameOrigin('http://127.0.0.1:5000', '192.168.1.5'), 'http://192.168.1.5:5000');
  assert.equal(gameOrigin('http://127.0.0.1:5000', '[::1]'), 'http://[::1]:5000');
});

test('another word of the query leaves the others', () => {
  assert.equal(withQuery('?player=a&world=b', { world: 'c d' }), '?player=a&world=c+d');
  assert.equal(withQuery('?player=a', { player: null }), '');
});

test('a phone on its side has its insets there', () => {
  for (const { name, width, height } of PHONES) {
    const upright = phoneOf(name, false);
    const lying = phoneOf(name, true);
    assert.deepEqual([lying.width, lying.height], [height, width]);
    for (const phone of [upright, lying]) {
      const area = safeAreaOf(phone);
      assert.equal(area.right - area.left, area.width);
      assert.ok(area.width > 0 && area.height > 0 && area.right <= phone.width && area.bottom <= phone.height);
    }
  }
  assert.equal(phoneOf('no such phone', false).width, PHONES[0].width);
});

test('a phone is made as small as its room, and never larger than it is', () => {
  assert.equal(scaleIn({ width: 400, height: 800 }, { width: 400, height: 400 }), 0.5);
  assert.equal(scaleIn({ width: 400, height: 800 }, { width: 4000, height: 4000 }), 1);
});

for (const [given, text] of [
  [['a', 1, true, null, undefined], 'a 1 true null undefined'],
  [['%s is %d years, %o %%', 'a', 5, { b: 'c' }], 'a is 5 years, {b: "c"} %'],
  [['%cred', 'color: red', 'x'], 'red x'],
  [['%s %s', 'a'], 'a %s'],
  [['100%', 2], '100% 2'],
  [[{ a: [1, { b: { c: 1 } }] }], '{a: [1, {…}]}'],
  [[[]], '[]'],
  [[() => 1], 'ƒ '],
  [[Symbol('x'), 10n], 'Symbol(x) 10'],
  [[Array(5000).fill(0)], '[… 5000]'],
  [[], ''],
]) {
  test(`the console says ${text.slice(0, 40)}`, () => assert.equal(consoleText(given), text));
}

test('the console asks no getter of the game, and survives what throws', () => {
  const cycle = { get x() { throw new Error('asked'); } };
  cycle.self = cycle;
  assert.equal(consoleText([cycle]), '{x: (…), self: {x: (…), self: {…}}}');
  const hostile = new Proxy({}, { ownKeys() { throw new Error('asked'); }, get() { throw new Error('asked'); } });
  assert.equal(consoleText([hostile]), '{…}');
  assert.ok(consoleText(['x'.repeat(1e6)]).length < 3000);
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const load = (name) => import(`../../emulator/tt_emulator/web/ui/${name}`);
const named = (head, ...words) => ({ head, words });
const heads = (found) => found.map(({ head }) => head);

test('a command whose name begins with what is typed comes before one that only holds it', async () => {
  const { findCommands } = await load('logic/commands.js');
  const commands = [named('http-not-200', 'the network'), named('server-error'), named('network-unavailable', '网络 999985')];
  assert.deepEqual(heads(findCommands(commands, 'net')), ['network-unavailable', 'http-not-200']);
  assert.deepEqual(heads(findCommands(commands, '网络')), ['network-unavailable']);
  assert.deepEqual(heads(findCommands(commands, '985')), ['network-unavailable']);
  assert.deepEqual(heads(findCommands(commands, 'err')), ['server-error']);
  assert.equal(findCommands(commands, ' ').length, 3);
});

test('a number before an error is every how many calls it comes, and a number alone may be a code', async () => {
  const { nthIn } = await load('logic/commands.js');
  assert.deepEqual(nthIn('5 net', 3), { n: 5, rest: 'net' });
  assert.deepEqual(nthIn('5 ', 3), { n: 5, rest: '' });
  assert.deepEqual(nthIn('200', 3), { n: 3, rest: '200' });
  assert.deepEqual(nthIn('1 net', 1), { n: 2, rest: '1 net' });
});

test('no key is a shortcut while something is written or another key is held', async () => {
  const { commandOf } = await load('logic/commands.js');
  const commands = [{ key: 'e' }];
  const main = { tagName: 'MAIN' };
  assert.equal(commandOf({ key: 'e', target: main }, commands), commands[0]);
  assert.equal(commandOf({ key: 'x', target: main }, commands), undefined);
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'isComposing'])
    assert.equal(commandOf({ key: 'e', target: main, [held]: true }, commands), undefined, held);
  for (const target of [
    { tagName: 'INPUT', type: 'search' },
    { tagName: 'INPUT', type: 'number' },
    { tagName: 'TEXTAREA', type: 'textarea' },
    { tagName: 'SELECT', type: 'select-one' },
    { tagName: 'DIV', isContentEditable: true },
  ])
    assert.equal(commandOf({ key: 'e', target }, commands), undefined, target.tagName);
  assert.equal(commandOf({ key: 'e', target: { tagName: 'INPUT', type: 'checkbox' } }, commands), commands[0]);
});

test('an arrow stays at the ends of a list', async () => {
  const { stepTo } = await load('logic/commands.js');
  assert.deepEqual(
    [stepTo('ArrowDown', 0, 2), stepTo('ArrowDown', 1, 2), stepTo('ArrowUp', 0, 2), stepTo('End', 0, 9), stepTo('Home', 5, 9)],
    [1, 1, 0, 8, 0],
  );
  assert.deepEqual([stepTo('a', 0, 2), stepTo('ArrowDown', 0, 0)], [null, null]);
});

test('fields offer few names of many, those that begin with what is typed first', async () => {
  const { offersFor } = await load('logic/offers.js');
  const many = Array.from({ length: 10_000 }, (_, number) => `player-${number}`);
  assert.equal(offersFor(many, '').length, 50);
  assert.deepEqual(offersFor(['ab', 'xa', 'a'], 'a'), ['ab', 'a', 'xa']);
  assert.deepEqual(offersFor(many, 'PLAYER-9999'), ['player-9999']);
  assert.ok(offersFor(['x-7', ...many], '7', 2).length === 2);
});

test('the keys of a call are those in its options, whatever else stands there', async () => {
  const { keysOf } = await load('logic/offers.js');
  assert.deepEqual(keysOf({ KVDataList: [{ key: 'a' }, null, { key: 3 }], keyList: ['b', 4], key: 'c' }), ['a', 'b', 'c']);
  assert.deepEqual([keysOf({ KVDataList: 'x', keyList: 7 }), keysOf({}), keysOf(undefined)], [[], [], []]);
});

test('what arms a fault once more is what was written, without its account', async () => {
  const { specAgain } = await load('logic/faults.js');
  const account = { id: 'f1', matched: 2, hits: 1, remaining: 1, completed: false, near_miss: null, armed_at: 'a', expires_at: 'b' };
  const written = { error: 'network-unavailable', times: 2, ttl_s: 600, moment: 'before', delay_ms: 0, skip: 0 };
  assert.deepEqual(specAgain({ ...account, ...written, api: null, probability: 1 }), written);
  assert.equal(specAgain({ ...account, ...written, probability: 0.5 }).probability, 0.5);
});

const call = (id, api = 'login') => ({ id, api, player: 'a', options: {}, reply: null, fault: null, answered_at: null });

/** clear() of calls with these ids, what was asked of the server, and the notices. */
async function bench(...ids) {
  const { CallLog } = await load('logic/calls.js');
  const { clearing } = await load('core/clearing.js');
  const calls = new CallLog();
  for (const id of ids) calls.put(call(id));
  const asked = [];
  const notices = [];
  const bound = { refuse: false };
  const clear = clearing({
    api: {
      get: async () => ({ requests: calls.ids.map((id) => calls.get(id)) }),
      remove: async (path) => asked.push(path),
    },
    state: { calls },
    attempt: async (work) => !bound.refuse && (await work(), true),
    notice: (text, more) => { notices.push(more); return more?.over; },
    tell() {},
    t: (name) => name,
  });
  return { calls, asked, notices, clear, bound };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what is cleared is hidden at once, and forgotten by the server when it can no longer be taken back', async () => {
  const { calls, asked, notices, clear } = await bench(1, 2);
  clear({});
  assert.deepEqual([calls.find({}, 10).total, calls.hides, asked], [0, true, []]);
  notices[0].over();
  await settled();
  assert.deepEqual(asked, ['requests?']);
});

test('a clear that is taken back asks nothing of the server', async () => {
  const { calls, asked, notices, clear } = await bench(1, 2);
  clear({});
  notices[0].action.run();
  await settled();
  assert.deepEqual([calls.find({}, 10).total, calls.hides, asked], [2, false, []]);
});

test('calls that come after a clear stay', async () => {
  const { calls, asked, notices, clear } = await bench(3, 4);
  clear({});
  calls.put(call(5));
  assert.deepEqual(calls.find({}, 10).found.map(({ id }) => id), [5]);
  notices[0].over();
  await settled();
  assert.deepEqual(asked, ['requests?limit=2']);
});

test('calls whose clearing is refused are shown again', async () => {
  const { calls, notices, clear, bound } = await bench(1);
  clear({ api: 'login' });
  bound.refuse = true;
  notices[0].over();
  await settled();
  assert.equal(calls.find({}, 10).total, 1);
});

test('nothing is asked for calls that were cleared elsewhere meanwhile', async () => {
  const { calls, asked, notices, clear } = await bench(1);
  clear({});
  calls.clear();
  notices[0].over();
  await settled();
  assert.deepEqual(asked, []);
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const load = () => import('../../emulator/tt_emulator/web/ui/logic/story.js');

const BEGIN = '2026-01-01T00:00:00.000Z';
const call = (id, offset_ms, more = {}) => ({
  kind: 'call',
  offset_ms,
  id,
  api: 'login',
  player: 'alice',
  domain: 'main',
  call_id: null,
  options: {},
  received_at: BEGIN,
  duration_ms: 0.5,
  reply: { errMsg: 'login:ok' },
  fault: null,
  reason: '',
  ...more,
});
const act = (offset_ms, did) => ({ kind: 'tester', offset_ms, at: BEGIN, did });
const story = (deeds, more = {}) => ({
  bundle: 1,
  version: '0.1.0',
  platform: 'tt',
  seed: 1,
  world: { settings: { fail_object: 'full', strict_canvas: false } },
  faults: [],
  counts: {},
  deeds,
  ...more,
});

test('a file that is no story is refused in a sentence of its own kind', async () => {
  const { NoStory, readStory } = await load();
  const why = (text) => {
    try {
      readStory(text);
    } catch (error) {
      assert.ok(error instanceof NoStory, error);
      return [error.why, ...error.values];
    }
    return null;
  };
  const told = (bundle) => why(JSON.stringify(bundle));
  assert.deepEqual(why('{"bundle": 1'), ['noJson']);
  const others = [[], null, 7, {}, { schema: 1, players: [] }, { bundle: 'x' }, { bundle: 1 }, { bundle: 1, deeds: {} }];
  for (const other of others) assert.deepEqual(told(other), ['noBundle']);
  assert.deepEqual(told({ bundle: 2, version: '9.0' }), ['newer', 2, '9.0', 1]);
  const badCalls = [{ received_at: 'soon' }, { reply: [] }, { options: null }, { duration_ms: 'x' }].map((more) => call(1, 0, more));
  for (const wrong of [null, 1, {}, call(1, 'x'), ...badCalls, act(0, { kind: 'x' })])
    assert.deepEqual(told(story([call(1, 0), wrong])), ['badDeed', 2]);
  assert.equal(told(story([call(1, 0), act(1, { kind: 'faults' })])), null);
  assert.equal(why(`\uFEFF${JSON.stringify(story([]))}`), null); // as some editors save it
});

test('its calls are told as the journal shows them, at their moment', async () => {
  const { callsOf } = await load();
  const underWay = call(2, 1.25, { duration_ms: null, reply: null });
  const [one, two] = callsOf(story([call(1, 0), act(1, { kind: 'faults' }), underWay]));
  assert.deepEqual([one.at_ms, two.at_ms], [Date.parse(BEGIN), Date.parse(BEGIN) + 1.25]);
  assert.notEqual(one.answered_at, null);
  assert.equal(two.answered_at, null);
});

test('what testers did is told with what it changed', async () => {
  const { actsOf, faultsOf } = await load();
  const armed = [{ id: 'f1', spec: { error: 'network-unavailable', times: 1 } }];
  const bundle = story([
    act(0, { kind: 'world', fields: { fail_object: 'errMsg', strict_canvas: false } }),
    act(1, { kind: 'world', fields: { fail_object: 'errMsg', strict_canvas: true } }),
    act(2, { kind: 'world', fields: { clock: { frozen_at: 1 } } }),
    act(3, { kind: 'player', openid: 'bob', put: { score: {} }, remove: ['level'], profile: { network: 'offline' } }),
    act(4, { kind: 'forget-player', openid: 'bob' }),
    act(5, { kind: 'faults', armed, taken_off: ['f0'] }),
  ]);
  const acts = actsOf(bundle);
  assert.deepEqual(
    acts.map(({ kind, subject, changed }) => [kind, subject, changed]),
    [
      ['world', '', ['fail_object']],
      ['world', '', ['strict_canvas']],
      ['world', '', ['clock']],
      ['player', 'bob', ['network', 'score', 'level']],
      ['forget-player', 'bob', []],
      ['faults', '', ['f0']],
    ],
  );
  assert.deepEqual(acts.at(-1).armed, [{ error: 'network-unavailable', times: 1, id: 'f1' }]);
  assert.equal(new Set(acts.map(({ key }) => key)).size, acts.length);
  const before = { ...bundle, faults: [{ id: 'f0', spec: { wire: 'hang' } }] };
  assert.deepEqual([...faultsOf(before)].map(([id, fault]) => [id, fault.error ?? fault.wire]), [
    ['f0', 'hang'],
    ['f1', 'network-unavailable'],
  ]);
});

test('how many calls is a whole number, or all', async () => {
  const { lastOf } = await load();
  assert.deepEqual(['', '  ', '1', ' 250 '].map(lastOf), [null, null, 1, 250]);
  assert.deepEqual(['0', '-1', '1.5', '1e3', 'x', '9'.repeat(20)].map(lastOf), Array(6).fill(undefined));
});

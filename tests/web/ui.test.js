'use strict';

const assert = require('node:assert/strict');
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');

const UI = join(__dirname, '../../emulator/tt_emulator/web/ui');
const load = (name) => import(`../../emulator/tt_emulator/web/ui/${name}`);

const exchange = (id, more = {}) => ({
  id,
  call_id: null,
  api: 'login',
  player: 'alice',
  domain: 'main',
  options: {},
  fault: null,
  reason: '',
  reply: { errMsg: 'login:ok' },
  received_at: '2026-01-01T00:00:00.000Z',
  answered_at: '2026-01-01T00:00:00.001Z',
  duration_ms: 1,
  ...more,
});
const OFFLINE = { errMsg: 'login:fail network unavailable', errorCode: 999985, errorType: 'U' };

test('the length of a pair is counted in UTF-8 bytes, against the documented limits', async () => {
  const { measured, saveLimits } = await load('logic/bytes.js');
  const limit = (name, max) => ({ api: 'setUserCloudStorage', name, max });
  const limits = saveLimits([limit('key', 128), limit('key_and_value', 1024), { api: 'other', name: 'key', max: 1 }]);
  assert.deepEqual(limits, { key: 128, both: 1024, pairs: Infinity });
  assert.deepEqual(measured({ key: '名字', value: '👍' }, limits), { key: 6, both: 10, over: false });
  assert.equal(measured({ key: 'k'.repeat(128), value: 'v'.repeat(896) }, limits).over, false);
  assert.equal(measured({ key: 'k'.repeat(129), value: '' }, limits).over, true);
  assert.equal(measured({ key: 'k'.repeat(128), value: 'v'.repeat(897) }, limits).over, true);
});

test('what became of a call is told by its reply', async () => {
  const { outcomeOf, codeOf } = await load('logic/calls.js');
  assert.equal(outcomeOf(exchange(1)), 'ok');
  assert.equal(outcomeOf(exchange(1, { reply: OFFLINE })), 'fail');
  assert.equal(outcomeOf(exchange(1, { reply: { errMsg: 'checkSession:fail' } })), 'fail');
  assert.equal(outcomeOf(exchange(1, { reply: null })), 'lost');
  const server = (reply) => exchange(1, { domain: 'server', reply });
  assert.deepEqual(
    [{ error: 0 }, { err_no: 0, err_tips: 'success' }, { access_token: 'x' }].map((reply) => outcomeOf(server(reply))),
    ['ok', 'ok', 'ok'],
  );
  assert.deepEqual(
    [{ error: 1, errcode: 40018 }, { err_no: -1 }, { errcode: 87009, errmsg: '' }].map((reply) => outcomeOf(server(reply))),
    ['fail', 'fail', 'fail'],
  );
  assert.equal(codeOf({ reply: { error: 1, errcode: 40018 } }), 40018);
  assert.equal(outcomeOf(exchange(1, { answered_at: null, reply: null })), 'pending');
  assert.deepEqual(
    [OFFLINE, { errMsg: 'x:fail', errNo: 21101 }, { errMsg: 'x:fail' }].map((reply) => codeOf({ reply })),
    [999985, 21101, null],
  );
  const texts = [{ err_code: '-12006', errno: 0 }, { errno: 112 }, { errCode: -17008 }];
  assert.deepEqual(texts.map((fields) => codeOf({ reply: { errMsg: 'x:fail', ...fields } })), ['-12006', 112, -17008]);
});

test('calls are held newest first, each once, and the oldest are forgotten', async () => {
  const { CallLog } = await load('logic/calls.js');
  const log = new CallLog(3);
  for (const id of [2, 1, 4, 3]) log.put(exchange(id));
  log.put(exchange(4, { reply: OFFLINE }));
  log.put(exchange(4, { answered_at: null, reply: null })); // an older view comes late
  const { found, total } = log.find({}, 2);
  assert.deepEqual(
    found.map(({ id }) => id),
    [4, 3],
  );
  assert.equal(found[0].reply, OFFLINE);
  assert.equal(total, 3);
  assert.deepEqual(
    log.find({}, 10, 3).found.map(({ id }) => id),
    [3, 2],
  );
});

test('many large calls do not fill the memory', async () => {
  const { CallLog } = await load('logic/calls.js');
  const log = new CallLog(100, 1000);
  for (let id = 1; id <= 10; id += 1) log.put(exchange(id, { options: { key: 'x'.repeat(290) } }));
  assert.deepEqual(
    log.find({}, 10).found.map(({ id }) => id),
    [10, 9, 8],
  );
});

test('calls are found by API, player, outcome, fault and any word in them', async () => {
  const { CallLog } = await load('logic/calls.js');
  const log = new CallLog();
  log.put(exchange(1, { options: { keyList: ['Score'] } }));
  log.put(exchange(2, { player: 'bob', reply: OFFLINE, fault: 'f1' }));
  log.put(exchange(3, { api: 'checkSession' }));
  const ids = (filter) => log.find(filter, 10).found.map(({ id }) => id);
  assert.deepEqual(ids({ api: 'login' }), [2, 1]);
  assert.deepEqual(ids({ player: 'bob', outcome: 'ok' }), []);
  assert.deepEqual(ids({ outcome: 'fail' }), [2]);
  assert.deepEqual(ids({ outcome: 'fault' }), [2]);
  assert.deepEqual(ids({ text: 'score' }), [1]);
  assert.deepEqual(ids({ text: 'NETWORK' }), [2]);
});

test('a number of calls says how many are gone, and that it is not known before somebody has counted', async () => {
  const { CallLog, partOf } = await load('logic/calls.js');
  const log = new CallLog(3);
  for (const id of [8, 9]) log.put(exchange(id));
  assert.equal(partOf(log), 'unknown');
  log.counted(2);
  assert.equal(partOf(log), 'all');
  log.counted(2000);
  assert.deepEqual(partOf(log), ['2', '2,000']);
  log.put(exchange(10, { answered_at: null, reply: null }));
  assert.equal(log.came, 2001);
  log.clear();
  assert.equal(log.came, null);
});

test('what the list itself lets go is counted, too, and does not come back', async () => {
  const { CallLog } = await load('logic/calls.js');
  const log = new CallLog(2);
  log.counted(0); // of a moment ago
  for (const id of [1, 2, 3, 4]) log.put(exchange(id));
  log.put(exchange(1));
  assert.deepEqual([log.size, log.came], [2, 4]);
});

const FRESH = {
  link: 'live',
  faults: [],
  conditions: {
    players: { offline: 0, session_expired: 0, session_none: 0, account_out: 0, account_declines: 0 },
    host_lacks: [],
    settings: [],
    clock_offset_ms: 0,
    clock_frozen_at: null,
  },
  health: { status: 'ok', set_aside: [] },
};
const laidOver = (path, value) => {
  const state = structuredClone(FRESH);
  const names = path.split('.');
  const last = names.pop();
  names.reduce((at, name) => at[name], state)[last] = value;
  return state;
};

test('all calls are answered normally only if nothing is the matter', async () => {
  const { standingOf } = await load('logic/causes.js');
  assert.deepEqual(standingOf(FRESH), { standing: 'calm', causes: [] });
  assert.deepEqual(standingOf(laidOver('health.edited', [])), { standing: 'calm', causes: [] });
  assert.deepEqual(standingOf({ ...FRESH, faults: [{}] }), { standing: 'disturbed', causes: [] });
});

for (const [path, value, kind, values] of [
  ['conditions.players.offline', 1, 'offline', [1, 'offline']],
  ['conditions.players.session_expired', 2, 'session_expired', [2, 'session_expired']],
  ['conditions.players.session_none', 1, 'session_none', [1, 'session_none']],
  ['conditions.players.account_out', 1, 'account_out', [1, 'account_out']],
  ['conditions.players.account_declines', 1, 'account_declines', [1, 'account_declines']],
  ['conditions.players.banned', 3, 'player_other', [3, 'banned']],
  ['conditions.host_lacks', ['login', 'x'], 'host_lacks', [2, 'login, x']],
  ['conditions.settings', ['fail_object'], 'settings', [1, 'fail_object']],
  ['conditions.clock_frozen_at', '2026-01-01T00:00:00.000Z', 'clock_frozen', ['2026-01-01T00:00:00.000Z']],
  ['conditions.clock_offset_ms', -5, 'clock_moved', [-5]],
  ['health.set_aside', ['a.json'], 'set_aside', [1]],
  ['health.edited', [{ file: 'a', line: null, reason: '' }], 'edited', [1]],
  ['health.status', 'storage-lost', 'storage', ['storage-lost']],
]) {
  test(`calls are not answered normally with ${path}`, async () => {
    const { standingOf } = await load('logic/causes.js');
    const { standing, causes } = standingOf(laidOver(path, value));
    assert.equal(standing, 'disturbed');
    assert.deepEqual(
      causes.map((cause) => [cause.kind, cause.values]),
      [[kind, values]],
    );
    const { en } = await load('text/en.js');
    assert.ok(`cause.${kind}` in en);
  });
}

test('nothing is claimed of what was not read, whichever part it is', async () => {
  const { standingOf } = await load('logic/causes.js');
  for (const path of [
    'faults',
    'conditions',
    'health',
    'conditions.players',
    'conditions.players.offline',
    'conditions.host_lacks',
    'conditions.settings',
    'conditions.clock_offset_ms',
    'health.set_aside',
    'health.status',
  ]) {
    for (const nothing of [null, undefined]) {
      assert.equal(standingOf(laidOver(path, nothing)).standing, 'unknown', path);
    }
  }
  for (const link of ['connecting', 'lost', 'gone', 'locked']) {
    assert.deepEqual(standingOf({ ...laidOver('conditions.players.offline', 1), link }), {
      standing: 'unknown',
      causes: [],
    });
  }
  const half = standingOf({ ...laidOver('conditions.players.offline', 1), health: null });
  assert.deepEqual([half.standing, half.causes.length], ['unknown', 1]);
});

test('a time is told in its two largest units', async () => {
  const { aheadText } = await load('logic/time.js');
  assert.deepEqual([90_061_000, -5, 604_800_000, 1500].map(aheadText), ['+1 d 1 h', '−5 ms', '+7 d', '+1 s 500 ms']);
});

test('a file that was set aside is told by name alone or with line and reason', async () => {
  const { findingOf } = await load('logic/causes.js');
  assert.deepEqual(findingOf('a.json'), { file: 'a.json', line: null, reason: '' });
  const told = { file: 'a', line: 3, reason: 'r' };
  assert.deepEqual(findingOf(told), told);
});

test('an edit clashes with what somebody else has stored since it began, and with nothing else', async () => {
  const { clashes, valueOf, withValue } = await load('logic/edits.js');
  const pairs = [
    { key: 'a', value: '1' },
    { key: 'b', value: '' },
  ];
  assert.deepEqual([valueOf(pairs, 'b'), valueOf(pairs, 'c')], ['', null]);
  assert.equal(clashes('1', { loaded: '1', mine: '2' }), false);
  assert.equal(clashes('2', { loaded: '1', mine: '2' }), false); // both want the same
  assert.equal(clashes('3', { loaded: '1', mine: '2' }), true);
  assert.equal(clashes(null, { loaded: '1', mine: '2' }), true);
  assert.equal(clashes('', { loaded: null, mine: '2' }), true);
  assert.equal(clashes(null, { loaded: '1', mine: null }), false);
  assert.deepEqual(withValue(pairs, 'a', null), [pairs[1]]);
  assert.deepEqual(withValue(pairs, 'a', '9'), [{ key: 'a', value: '9' }, pairs[1]]);
  assert.deepEqual(withValue(pairs, 'c', '9'), [...pairs, { key: 'c', value: '9' }]);
});

test('the same again is the fault that struck, else the code that came back', async () => {
  const { again } = await load('logic/calls.js');
  const base = { api: 'login', player: 'alice', times: 1 };
  const failed = exchange(1, { reply: OFFLINE });
  assert.deepEqual(again(failed), { error: 999985, ...base });
  assert.deepEqual(again(failed, { error: 108002, detail: 'busy', moment: 'after', hits: 1 }), {
    error: 108002,
    detail: 'busy',
    moment: 'after',
    ...base,
  });
  assert.deepEqual(again(exchange(1, { reply: null }), { wire: 'hang', duration_ms: 50, moment: 'before' }), {
    wire: 'hang',
    duration_ms: 50,
    moment: 'before',
    ...base,
  });
  assert.deepEqual(again(failed, { sequence: ['ok', 999985] }), { error: 999985, ...base });
  const bare = exchange(1, { reply: { errMsg: 'x:fail', err_code: '0' } });
  assert.equal(again(bare, undefined, 'connect-fail').error, 'connect-fail');
  assert.equal(again(bare).error, '0');
  assert.equal(again(exchange(1, { reply: { errMsg: 'x:fail' } })), null);
  assert.equal(again(exchange(1)), null);
  assert.equal(again(exchange(1, { reply: null })), null);
});

test('a fault is written with what was filled in and nothing else', async () => {
  const { limited, specOf } = await load('logic/faults.js');
  const nothing = { api: '', player: '', key: '', percent: 100, delayMs: 0, skip: 0, moment: 'before' };
  assert.deepEqual(specOf({ wire: 'hang' }, null, nothing, 600), { wire: 'hang', ttl_s: 600 });
  assert.deepEqual(
    specOf(
      { error: 'x' },
      2,
      { api: 'login', player: 'a', key: 'k*', percent: 25, delayMs: 9, skip: 1, moment: 'after' },
      60,
    ),
    {
      error: 'x',
      ttl_s: 60,
      times: 2,
      api: 'login',
      player: 'a',
      key: 'k*',
      probability: 0.25,
      delay_ms: 9,
      skip: 1,
      moment: 'after',
    },
  );
  assert.deepEqual(
    limited([{ error: 'x' }, { error: 'y', ttl_s: 5 }], 60).map(({ ttl_s: ttl }) => ttl),
    [60, 5],
  );
});

test('every Nth, a delay alone, a reply and the fields of some kinds are written as the control API takes them', async () => {
  const { everyNth, replyIn, specOf } = await load('logic/faults.js');
  assert.deepEqual(everyNth(3, 'network-unavailable'), { sequence: ['ok', 'ok', 'network-unavailable'], loop: true });
  const filled = { percent: 50, delayMs: 9, detail: '忙', status: 503, durationMs: 0 };
  assert.deepEqual(specOf(everyNth(2, 'x'), null, filled, 60), { ...everyNth(2, 'x'), ttl_s: 60, delay_ms: 9 });
  const always = { ttl_s: 60, probability: 0.5, delay_ms: 9 };
  for (const [what, field] of [
    [{ error: 'server-error' }, { detail: '忙' }],
    [{ error: 'internal-error' }, {}],
    [{ wire: 'http_status' }, { status: 503 }],
    [{ wire: 'hang' }, { duration_ms: 0 }],
    [{ wire: 'close' }, {}],
    [{ delay_ms: 5 }, { delay_ms: 5 }],
    [{ reply: { errMsg: 'login:ok' } }, {}],
  ])
    assert.deepEqual(specOf(what, null, filled, 60), { ...what, ...always, ...field });
  const empty = { detail: '', status: '', durationMs: '' };
  assert.deepEqual(specOf({ wire: 'hang' }, null, empty, 60), { wire: 'hang', ttl_s: 60 });

  const odd = { errMsg: 'login:fail 忙', n: [1.5, null] };
  assert.deepEqual(replyIn(JSON.stringify(odd), 'login'), { reply: odd });
  assert.equal(replyIn('{"errMsg": "login:ok"}', 'login').wrong, undefined);
  assert.deepEqual(replyIn('{"error": 2}', 'set_user_storage', ['set_user_storage']), { reply: { error: 2 } });
  assert.deepEqual(replyIn('{"error": 2}', 'login', ['set_user_storage']), { wrong: 'noMessage' });
  for (const [text, wrong] of [
    ['{', 'noJson'],
    ['[]', 'noObject'],
    ['null', 'noObject'],
    ['{}', 'noMessage'],
    ['{"errMsg": "other:ok"}', 'noMessage'],
    ['{"errMsg": "login:okay"}', 'noMessage'],
  ])
    assert.deepEqual(replyIn(text, 'login'), { wrong }, text);
});

test('a file is named by world and time, in letters that every disk takes', async () => {
  const { fileName } = await load('logic/file-name.js');
  const moment = new Date(2026, 10, 29, 5, 3, 9);
  assert.equal(fileName('default', 'world.json', moment), 'default-2026-11-29T05-03-09.world.json');
  assert.equal(fileName('第一关', 'har', moment), '第一关-2026-11-29T05-03-09.har');
  assert.equal(fileName('a/b:c*', 'story.json', moment), 'a_b_c_-2026-11-29T05-03-09.story.json');
});

test('a fault is moved among those that are seen, and those that are over keep their neighbours', async () => {
  const { placed, placeAt } = await load('logic/order.js');
  const ids = ['a', 'over', 'b', 'c', 'gone'];
  const shown = ['a', 'b', 'c'];
  assert.deepEqual(placed(ids, shown, 'c', 0), ['c', 'a', 'over', 'b', 'gone']);
  assert.deepEqual(placed(ids, shown, 'a', 1), ['over', 'b', 'a', 'c', 'gone']);
  assert.deepEqual(placed(ids, shown, 'a', 2), ['over', 'b', 'c', 'a', 'gone']);
  assert.deepEqual(placed(ids, shown, 'b', 1), ids);
  assert.deepEqual([5, 15, 99].map((y) => placeAt([10, 20], y)), [0, 1, 2]);
});

test('a fault is active until it is spent or its time is over', async () => {
  const { clockText, isActive, leftMs } = await load('logic/faults.js');
  const fault = { completed: false, expires_at: '2026-01-01T00:10:00.000Z' };
  const begin = Date.parse('2026-01-01T00:00:00.000Z');
  assert.equal(leftMs(fault, begin), 600_000);
  assert.equal(isActive(fault, begin), true);
  assert.equal(isActive(fault, begin + 600_000), false);
  assert.equal(isActive({ ...fault, completed: true }, begin), false);
  assert.equal(isActive({ completed: false, expires_at: null }, begin), true);
  assert.deepEqual([600_000, 59_001, 3_700_000].map(clockText), ['10:00', '1:00', '1:01:40']);
});

test('a fault says in words what it does and to whom', async () => {
  const { armedAs, clausesOf, kindOf } = await load('logic/faults.js');
  assert.deepEqual(kindOf({ sequence: ['ok', 'close'] }), ['sequence', 'ok → close']);
  assert.deepEqual(kindOf({ sequence: ['ok', 'close'], loop: true }), ['sequence', 'ok → close ↻']);
  assert.deepEqual(kindOf({ reply: { errMsg: 'login:fail 忙' } }), ['reply', 'login:fail 忙']);
  assert.deepEqual(kindOf({ delay_ms: { median: 300, sigma: 1, max: 900 } }), ['delay', '~300 ms, ≤ 900 ms']);
  assert.deepEqual(
    clausesOf({ error: 'x', api: ['a', 'b'], probability: 0.5, moment: 'before', delay_ms: 0, skip: 0 }),
    [
      ['api', 'a, b'],
      ['probability', '50 %'],
    ],
  );
  assert.deepEqual(clausesOf({ wire: 'hang', duration_ms: 0, status: null }), [['duration', '0 ms']]);
  const row = { api: 'login', name: 'network-unavailable', code: 999985 };
  const faults = [
    { error: 'network-unavailable' },
    { error: 999985, api: ['login'] },
    { error: 999985, api: 'other' },
    { wire: 'hang' },
  ];
  assert.deepEqual(armedAs(faults, row), faults.slice(0, 2));
  assert.deepEqual(armedAs(faults, { kind: 'wire', name: 'hang' }), [faults[3]]);
  const delay = { delay_ms: 5 };
  assert.deepEqual(armedAs([...faults, { error: 'x', delay_ms: 5 }, delay], { kind: 'delay_ms', name: 'delay_ms' }), [delay]);
});

test('an armed error has its code beside its name where that is one for all that it strikes', async () => {
  const { errorTitle } = await load('logic/faults.js');
  const rows = [
    { api: 'login', name: 'internal-error', code: 999993 },
    { api: 'getStorage', name: 'internal-error', code: 20000 },
    { api: 'setStorage', name: 'framework-error', code: 20000 },
    { api: 'getUserInfo', name: 'session-failure', code: null },
  ];
  assert.equal(errorTitle(rows, { error: 'internal-error', api: 'login' }), 'internal-error 999993');
  assert.equal(errorTitle(rows, { error: 'internal-error' }), 'internal-error');
  assert.equal(errorTitle(rows, { error: 20000, api: ['setStorage'] }), 'framework-error 20000');
  assert.equal(errorTitle(rows, { error: 20000 }), '20000');
  assert.equal(errorTitle(rows, { error: 'session-failure' }), 'session-failure');
});

test('errors are found by code, text, type, and by their meaning in both languages', async () => {
  const { findRows } = await load('logic/search.js');
  const rows = [
    { api: 'login', name: 'network-unavailable', code: 999985, message: 'network unavailable', type: 'U' },
    { api: 'login', name: 'service-error', code: null, message: null, type: null },
  ];
  const meanings = {
    'network-unavailable': { en: 'the player is offline', zh: '网络不可用' },
    'service-error': { en: 'the login service failed', zh: '登录服务' },
  };
  const found = (wanted, type) => findRows(rows, meanings, wanted, type).map(({ name }) => name);
  assert.deepEqual(found('9999'), ['network-unavailable']);
  assert.deepEqual(found('Offline login'), ['network-unavailable']);
  assert.deepEqual(found('登录'), ['service-error']);
  assert.deepEqual(found('', 'U'), ['network-unavailable']);
  assert.equal(found('').length, 2);
});

test('kinds of faults are found by family, name, and by their words in both languages', async () => {
  const { findKinds } = await load('logic/search.js');
  const words = (en, zh) => ({ en, zh });
  const kinds = [
    { family: 'wire', name: 'stall', title: words('A pause', '中途停顿'), effect: words('late', '很慢') },
    { family: 'client', name: 'never', title: words('No callback', '没有回调'), effect: words('so', '如此') },
    { family: 'sequence', name: null, title: words('In turn', '依次'), effect: words('so', '如此') },
  ];
  const found = (wanted) => findKinds(kinds, wanted).map(({ name }) => name);
  assert.deepEqual(found(''), ['stall', 'never']); // what has no name needs more than a click
  for (const wanted of ['wire', 'STALL', 'a pause', '停顿', 'late', '慢', 'Pause 很慢'])
    assert.deepEqual(found(wanted), ['stall'], wanted);
  assert.deepEqual(found('依次'), []);
});

test('what is slow is found by what people feel of it', async () => {
  const { findKinds } = await load('logic/search.js');
  const kind = (family, name) => ({ family, name, title: { en: '', zh: '' }, effect: { en: '', zh: '' } });
  const kinds = [kind('wire', 'hang'), kind('wire', 'close'), kind('delay_ms', null), kind('reply', null)];
  for (const wanted of ['慢', '延迟', '超时', 'slow', 'SLOW', 'timeout'])
    assert.deepEqual(findKinds(kinds, wanted), [kinds[0], kinds[2]], wanted);
});

test('a list of players takes newer views in, and those who have something stored by now', async () => {
  const { findPlayers, mergedPlayers } = await load('logic/search.js');
  const player = (openid, ...keys) => ({ openid, nickname: '', KVDataList: keys.map((key) => ({ key, value: '' })) });
  const list = [player('a', 'x'), player('c')];
  const merged = mergedPlayers(list, [player('c', 'y'), player('b', 'z'), player('d')]);
  assert.deepEqual(merged, [player('a', 'x'), player('b', 'z'), player('c', 'y')]);
  assert.deepEqual(findPlayers(merged, 'Z'), [player('b', 'z')]);
  assert.equal(findPlayers(merged, ' ').length, 3);
});

test('a curl line is safe to paste, whatever the player wrote', async () => {
  const { curlOf } = await load('logic/snippets.js');
  const line = curlOf(exchange(1, { player: "o'小", options: { code: "'; rm -rf $HOME" }, domain: 'open' }), {
    url: 'http://localhost:1',
    world: 'w',
  });
  assert.equal(
    line,
    [
      'curl http://localhost:1/tt/login',
      "-H 'X-Emulator-World: w'",
      "-H 'X-Emulator-Player: o'\\''%E5%B0%8F'",
      "-H 'X-Emulator-Domain: open'",
      "-d '{\"code\":\"'\\''; rm -rf $HOME\"}'",
    ].join(' \\\n  '),
  );
});

test('a test for pytest has what it takes for the call to end in the same way', async () => {
  const { pytestOf, python } = await load('logic/snippets.js');
  assert.equal(python({ a: [null, true, 1.5, 'é"\n'] }), '{"a": [None, True, 1.5, "é\\"\\n"]}');
  const struck = pytestOf(exchange(1, { reply: OFFLINE, fault: 'f1' }), {
    fault: { error: 'network-unavailable', moment: 'before' },
  });
  assert.match(
    struck,
    /^def test_login\(tt_emulator\):\n {4}tt_emulator\.fault\(error="network-unavailable", moment="before", api="login", times=1\)\n/,
  );
  assert.match(struck, /reply = tt_emulator\.call\("login", \{\}, player="alice"\)/);
  assert.match(struck, /assert reply\["errorCode"\] == 999985/);
  const natural = pytestOf(exchange(1, { reply: OFFLINE }), { name: 'network-unavailable' });
  assert.match(natural, /tt_emulator\.player\("alice", network="offline"\)/);
  const lost = pytestOf(exchange(1, { reply: null, fault: 'f1' }), { fault: { wire: 'close', moment: 'before' } });
  assert.match(lost, /tt_emulator\.fault\(wire="close", .*\n[^]*tt_emulator\.wait_for\(api="login", count=1\)/);
});

test('the name of a failure is told by its code, else by its text, and not at all where several fit', async () => {
  const { nameOf } = await load('logic/reproduction.js');
  const rows = [
    { api: 'login', name: 'a', code: 1, message: 'one' },
    { api: 'login', name: 'b', code: null, message: 'two' },
    { api: 'login', name: 'c', code: null, message: null },
    { api: 'login', name: 'd', code: 4, message: null },
    { api: 'other', name: 'e', code: 5, message: 'five' },
    { api: 'login', name: 'f', code: '0', message: 'six' },
    { api: 'login', name: 'g', code: '0', message: 'other:fail:seven' },
  ];
  const name = (reply) => nameOf(exchange(1, { reply }), rows);
  assert.equal(name({ errMsg: 'login:fail whatever', errorCode: 1 }), 'a');
  assert.equal(name({ errMsg: 'login:fail one' }), 'a');
  assert.equal(name({ errMsg: 'login:fail two' }), 'b');
  assert.equal(name({ errMsg: 'login:fail' }), undefined);
  assert.equal(name({ errMsg: 'login:fail six', err_code: '0', errno: 0 }), 'f');
  assert.equal(name({ errMsg: 'other:fail:seven', err_code: '0' }), 'g');
  assert.equal(name({ errMsg: 'login:fail eight', err_code: '0' }), undefined);
  assert.equal(name({ errMsg: 'login:fail five', errorCode: 5 }), undefined);
  assert.equal(name({ errMsg: 'login:ok' }), undefined);
});

test('what cannot be copied into a test is named, and known causes alone are prepared', async () => {
  const { reproduction } = await load('logic/reproduction.js');
  const failed = (more) => exchange(1, { reply: { errMsg: 'login:fail x', errorCode: 7 }, ...more });
  assert.deepEqual(reproduction(failed()), { ready: null, missing: 'unknown' });
  assert.deepEqual(reproduction(failed(), { name: 'a-name-of-tomorrow' }), { ready: null, missing: 'unknown' });
  assert.equal(reproduction(failed({ domain: 'server' })).missing, 'server');
  assert.equal(reproduction(exchange(1, { answered_at: null, reply: null })).missing, 'pending');
  assert.equal(reproduction(exchange(1, { reply: null })).missing, 'unknown');
  assert.equal(reproduction(exchange(1, { reply: null, fault: 'f1' })).missing, 'fault');
  assert.equal(reproduction(exchange(1, { fault: 'f1' })).missing, 'fault');
  const own = { errMsg: 'login:fail mine' };
  assert.deepEqual(reproduction(exchange(1, { reply: own, fault: 'f1' }), { fault: { reply: own } }).ready.fields, {
    reply: own,
    api: 'login',
    times: 1,
  });
});

test('a link names player and world, and takes no address that is none', async () => {
  const { gameLink, isLoopback, pageLink } = await load('logic/links.js');
  const origin = 'http://192.168.1.5:8717';
  assert.equal(gameLink(origin, { page: '', player: 'a b', world: 'w' }), `${origin}/?tt-player=a+b&tt-world=w`);
  assert.equal(
    gameLink(origin, { page: 'http://192.168.1.5:7456/?x=1', player: '', world: 'default' }),
    'http://192.168.1.5:7456/?x=1',
  );
  assert.throws(() => gameLink(origin, { page: 'javascript:alert(1)', player: 'a', world: 'w' }), TypeError);
  assert.equal(pageLink(origin, { world: 'default', token: 'a/+' }), `${origin}/__emulator/ui/#token=a%2F%2B`);
  assert.deepEqual(['localhost', '127.0.0.1', '[::1]', 'a.localhost', '192.168.1.5', '127.evil'].map(isLoopback), [
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('only players whom an address can name are asked for by their path', async () => {
  const { fitsPath } = await load('logic/links.js');
  const kept = (openid) => new URL(`players/${encodeURIComponent(openid)}`, 'http://x/v1/').pathname;
  for (const openid of ['.', '..', '...', '.a', 'a/../b', '%2e', '%2e%2e', ' ', '小明', '?', '#']) {
    assert.equal(fitsPath(openid), kept(openid) === `/v1/players/${encodeURIComponent(openid)}`, openid);
  }
});

test('a scenario from a file is kept under the name it says, or else that of the file', async () => {
  const { nameOf } = await load('logic/scenarios.js');
  const words = JSON.stringify({ name: { en: 'Slow', zh: '慢网' }, faults: [] });
  assert.deepEqual([nameOf(words, 'x.json', 'zh'), nameOf(words, 'x.json', 'en')], ['慢网', 'Slow']);
  assert.equal(nameOf('{"name": " a/b\\\\c "}', 'x.json', 'en'), 'a b c');
  assert.equal(nameOf('{"name": "../../x"}', 'y.json', 'en'), 'x');
  assert.equal(nameOf(`{"name": "${'😀'.repeat(100)}"}`, 'y.json', 'en'), '😀'.repeat(60));
  for (const text of ['[]', '{}', 'nope', 'null', '{"name": 5}', '{"name": "-."}', '{"name": {"en": 1}}'])
    assert.equal(nameOf(text, '慢网-2026.scenario.json', 'en'), '慢网-2026', text);
  assert.equal(nameOf('{}', '.json', 'en'), 'scenario');
});

test('a name that is taken gets the first number that is free', async () => {
  const { freeName } = await load('logic/scenarios.js');
  assert.equal(freeName('a', ['b']), 'a');
  assert.equal(freeName('a', ['a', 'a 3']), 'a 2');
  assert.equal(freeName('a', ['a', 'a 2', 'a 3']), 'a 4');
});

test('a strike is news once: when the call is first told with its fault', async () => {
  const { isStrike } = await load('logic/strikes.js');
  assert.equal(isStrike(exchange(1), undefined), false);
  assert.equal(isStrike(exchange(1, { fault: 'f1' }), undefined), true);
  assert.equal(isStrike(exchange(1, { fault: 'f1' }), exchange(1)), true);
  assert.equal(isStrike(exchange(1, { fault: 'f1' }), exchange(1, { fault: 'f1' })), false);
});

test('the title tells what struck unseen, and how much is armed', async () => {
  const { titleOf } = await load('logic/strikes.js');
  assert.deepEqual(
    [titleOf(0, 0), titleOf(2, 0), titleOf(0, 3), titleOf(2, 3)],
    ['tt-emulator', '(2) tt-emulator', '● 3 tt-emulator', '● 3 (2) tt-emulator'],
  );
});

test('only snapshots whom an address can name are asked for', async () => {
  const { fitsSegment } = await load('logic/links.js');
  assert.deepEqual(['.', '..', 'a/b', '/', '第一关', 'a b', '%2F', '...'].map(fitsSegment), [
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
  ]);
});

test('events are read from a stream however it is cut', async () => {
  const { createParser } = await load('core/stream.js');
  const text = ': listening\n\nid: 7\nevent: exchange\ndata: {"a":"\u2028"}\n\nid: 8\nevent: faults\ndata: []\n\n';
  for (const size of [1, 5, text.length]) {
    const feed = createParser();
    const events = [];
    for (let at = 0; at < text.length; at += size) events.push(...feed(text.slice(at, at + size)));
    assert.deepEqual(events, [
      { id: 7, kind: 'exchange', data: '{"a":"\u2028"}' },
      { id: 8, kind: 'faults', data: '[]' },
    ]);
  }
});

test('work that is asked for again and again is done at once, and once more at the end', async () => {
  const { throttled } = await load('core/app.js');
  let done = 0;
  const run = throttled(5, async () => {
    done += 1;
  });
  for (let ask = 0; ask < 50; ask += 1) run();
  assert.equal(done, 1);
  while (done < 2) await new Promise(setImmediate);
});

test('both languages have the same texts with the same places in them, and every text is used', async () => {
  const [{ en }, { zh }] = [await load('text/en.js'), await load('text/zh.js')];
  assert.deepEqual(Object.keys(zh), Object.keys(en));
  const places = (text) => [...new Set(text.match(/\{\d/g))].sort();
  for (const [name, text] of Object.entries(en)) assert.deepEqual(places(zh[name]), places(text), name);
  const source = ['.', 'core', 'play', 'views']
    .flatMap((folder) =>
      readdirSync(join(UI, folder))
        .filter((file) => file.endsWith('.js'))
        .map((file) => readFileSync(join(UI, folder, file), 'utf8')),
    )
    .join('\n');
  const asked = [...source.matchAll(/\bt\('([^']+)'/g)].map(([, name]) => name);
  assert.deepEqual(
    asked.filter((name) => !(name in en)),
    [],
  );
  const families = [...source.matchAll(/`([a-z_]+\.)\$\{/g)].map(([, prefix]) => prefix);
  const used = (name) => source.includes(`'${name}'`) || families.some((prefix) => name.startsWith(prefix));
  const computed = /^(kind|account|network)\./; // both halves come from lists
  assert.deepEqual(
    Object.keys(en).filter((name) => !used(name) && !computed.test(name)),
    [],
  );
});

test('a text is filled in, and minds one and many', async () => {
  const { chooseLanguage, t } = await load('texts.js');
  chooseLanguage('en');
  assert.equal(t('hitsAndLeft', 1, 2), '1 hit, 2 left');
  assert.equal(t('callCount', 0), '0 calls');
  assert.equal(t('no such text'), 'no such text');
  chooseLanguage('zh');
  assert.equal(t('callCount', 3), '3 次调用');
});

const tries = (count, gaps, more = {}) => {
  const start = Date.parse('2026-01-01T00:00:00.000Z');
  let at = start;
  return Array.from({ length: count }, (_, index) => {
    if (index) at += 1 + gaps[index - 1];
    const came = new Date(at).toISOString();
    const went = new Date(at + 1).toISOString();
    const last = index === count - 1;
    return exchange(index + 1, { reply: last ? undefined : OFFLINE, received_at: came, answered_at: went, ...(last && { reply: { errMsg: 'login:ok' } }), ...more });
  });
};

test('tries after a failure are a burst, which hammers, backs off, or neither', async () => {
  const { burstsOf } = await load('logic/bursts.js');
  const kind = (gaps) => burstsOf(tries(gaps.length + 1, gaps)).map((burst) => [burst.tries, burst.kind, burst.gaps_ms]);
  assert.deepEqual(kind([0, 2]), [[3, 'hammering', [0, 2]]]);
  assert.deepEqual(kind([2100, 5000, 15_200]), [[4, 'backsOff', [2100, 5000, 15_200]]]);
  assert.deepEqual(kind([2000, 499]), [[3, 'hammering', [2000, 499]]]);
  assert.deepEqual(kind([500, 500]), [[3, 'gaps', [500, 500]]]);
  assert.deepEqual(kind([500]), [[2, 'gaps', [500]]]);
  assert.deepEqual(kind([]), []);
});

test('a success ends a burst, and each API and player has its own', async () => {
  const { burstsOf } = await load('logic/bursts.js');
  const fine = tries(1, []);
  assert.deepEqual(burstsOf([...fine, { ...fine[0], id: 2 }]), []);
  const [one, two] = tries(2, [0]);
  const bob = { ...one, id: 3, player: 'bob' };
  const again = { ...two, id: 4 };
  assert.deepEqual(burstsOf([one, bob, two, again]).map(({ player, tries: number }) => [player, number]), [['alice', 2]]);
});

test('a try under way or lost in a burst is told as far as one knows', async () => {
  const { burstsOf } = await load('logic/bursts.js');
  const [one, two, three] = tries(3, [3, 3]);
  const under = { ...two, answered_at: null, reply: null };
  assert.deepEqual(burstsOf([one, under, three]).map((burst) => burst.tries), [2]);
  const lost = { ...one, reply: null };
  assert.deepEqual(burstsOf([lost, two]).map((burst) => [burst.tries, burst.kind]), [[2, 'hammering']]);
});

test('a burst is one line', async () => {
  const { chooseLanguage, t } = await load('texts.js');
  const { burstsOf } = await load('logic/bursts.js');
  const { burstText } = await load('views/burst.js');
  const line = (gaps) => burstText(t, burstsOf(tries(gaps.length + 1, gaps))[0]);
  chooseLanguage('en');
  assert.equal(line([0, 2]), '3 tries, 0 ms and 2 ms apart: hammering');
  assert.equal(line([2100, 5000, 15_200]), '2.1 s, 5.0 s, 15.2 s: backs off');
  assert.equal(line([700, 600]), '3 tries, 700 ms and 600 ms apart');
  chooseLanguage('zh');
  assert.equal(line([0, 2]), '尝试 3 次，间隔 0 ms、2 ms：连续猛试');
  chooseLanguage('en');
});

const pairs = (...given) => given.map(([key, value]) => ({ key, value, at: '2026-01-01T00:00:00.000Z' }));
const round = (before, after, more = {}) => ({
  id: 1,
  exact: true,
  whole: true,
  before: { schema: 1, players: before, ...more },
  after: after && { schema: 1, players: after, ...more },
});

test('what a call changed is told pair by pair, and of the player field by field', async () => {
  const { changesOf } = await load('logic/state.js');
  const before = [{ openid: 'alice', session: 'expired', KVDataList: pairs(['a', '1'], ['b', '2'], ['c', '']) }];
  const after = [{ openid: 'alice', session: 'valid', KVDataList: pairs(['b', '3'], ['c', ''], ['d', '']) }];
  assert.deepEqual(changesOf(round(before, after), 'alice'), [
    { kind: 'pair', name: 'a', was: '1', now: null },
    { kind: 'pair', name: 'b', was: '2', now: '3' },
    { kind: 'pair', name: 'd', was: null, now: '' },
    { kind: 'field', name: 'session', was: '"expired"', now: '"valid"' },
  ]);
  assert.deepEqual(changesOf(round(before, before), 'alice'), []);
  assert.deepEqual(changesOf(round([], []), 'alice'), []);
  assert.equal(changesOf(round(before, null), 'alice'), null);
});

test('a copied test brings along what its API reads, and no more', async () => {
  const { setupOf, fileOf } = await load('logic/state.js');
  const stored = pairs(['a', '1'], ['b', '2']);
  const alice = { openid: 'alice', network: 'offline', nickname: 'A', friends: ['bob'], KVDataList: stored };
  const get = exchange(1, {
    api: 'getUserCloudStorage',
    options: { keyList: ['b'] },
    reply: { errMsg: 'getUserCloudStorage:ok', KVDataList: [{ key: 'b', value: '2' }] },
  });
  const wanted = { openid: 'alice', network: 'offline', KVDataList: [{ key: 'b', value: '2' }] };
  assert.deepEqual(setupOf(get, round([alice], [alice])), { schema: 1, players: [wanted] });

  const save = exchange(1, { api: 'setUserCloudStorage', reply: { errMsg: 'setUserCloudStorage:ok' } });
  const full = { ...save, reply: { errMsg: 'setUserCloudStorage:fail', errorCode: 108002 } };
  assert.equal('KVDataList' in setupOf(save, round([alice], [alice])).players[0], false);
  assert.equal(setupOf(full, round([alice], [alice])).players[0].KVDataList.length, 2);

  const struck = { ...get, fault: 'f1' };
  assert.equal(setupOf(struck, round([alice], [alice]), { error: 'internal-error', moment: 'before' }), null);
  assert.ok(setupOf(struck, round([alice], [alice]), { error: 'internal-error', moment: 'after' }));
  assert.equal(setupOf(get, round([], [])), null);
  const clock = { frozen_at: '2031-05-01T00:00:00.000Z' };
  assert.deepEqual(setupOf(get, round([], [], { clock })), { schema: 1, clock, players: [] });

  const bad = exchange(1, { api: 'getCloudStorageByRelation', reply: { errMsg: 'getCloudStorageByRelation:fail' } });
  assert.deepEqual(setupOf(bad, round([alice], [alice])).players[0].friends, ['bob']);
  const large = { ...alice, KVDataList: pairs(['b', 'x'.repeat(3000)]) };
  assert.equal(fileOf(get, setupOf(get, round([large], [large]))), 'getUserCloudStorage-1.json');
  assert.equal(fileOf(get, setupOf(get, round([alice], [alice]))), null);
});

test('both copies import the state first, and then compare what was stored', async () => {
  const { pytestOf, javascriptOf } = await load('logic/snippets.js');
  const get = exchange(1, {
    api: 'getUserCloudStorage',
    options: { keyList: ['b'] },
    reply: { errMsg: 'getUserCloudStorage:ok', KVDataList: [{ key: 'b', value: '2' }] },
  });
  const alice = { openid: 'alice', KVDataList: pairs(['b', '2']) };
  const about = { state: round([alice], [alice]) };
  assert.match(pytestOf(get, about), /import_world\(\{"schema": 1, "players": \[\{"openid": "alice", "KVDataList"/);
  assert.match(pytestOf(get, about), /assert reply\["KVDataList"\] == \[\{"key": "b", "value": "2"\}\]/);
  assert.match(javascriptOf(get, about), /await emu\.importWorld\(\{"schema":1,"players":\[\{"openid":"alice"/);
  assert.match(javascriptOf(get, about), /assert\.deepEqual\(reply\.KVDataList, \[\{"key":"b","value":"2"\}\]\)/);
  const { missingOf } = await load('logic/snippets.js');
  assert.equal(missingOf(get, { state: { ...about.state, exact: false } }), 'overlap');
  assert.equal(missingOf(get, { state: { ...about.state, whole: false } }), 'part');
});

const STATES_OF_PLAYERS = [
  {
    pointer: '/mood/today',
    title: { en: 'Mood', zh: '心情' },
    kind: 'choice',
    states: [
      { value: 'fine', title: { en: 'fine', zh: '好' }, fails: [] },
      { value: 'cross', title: { en: 'cross', zh: '差' }, fails: ['sulks'] },
    ],
  },
  { pointer: '/home', title: { en: 'Home', zh: '家' }, kind: 'text', states: [{ value: null, title: {}, fails: ['lost'] }] },
];

test('the state by which a call failed is found in the player whom it met', async () => {
  const { reasonsIn, patchOf, failing, otherStates } = await load('logic/player-fields.js');
  const { statesOf } = await load('logic/causes.js');
  const cross = { openid: 'a', mood: { today: 'cross' }, home: 'here', network: 'online', session: 'valid' };

  assert.deepEqual(reasonsIn(STATES_OF_PLAYERS, 'sulks', cross).map(({ state }) => state.value), ['cross']);
  assert.deepEqual(reasonsIn(STATES_OF_PLAYERS, 'sulks', { mood: { today: 'fine' } }), []);
  assert.deepEqual(reasonsIn(STATES_OF_PLAYERS, 'lost', {}).map(({ field }) => field.pointer), ['/home']);
  assert.deepEqual(patchOf('/mood/today', 'fine'), { mood: { today: 'fine' } });
  assert.deepEqual(failing(STATES_OF_PLAYERS), ['mood', 'home']);
  assert.deepEqual(otherStates(STATES_OF_PLAYERS).map(({ name }) => name), ['mood/today=cross']);
  assert.deepEqual(statesOf(cross, STATES_OF_PLAYERS), ['mood/today=cross']);
});

test('a copied call is for the platform of its world, and brings what made it fail', async () => {
  const { curlOf, pytestOf, javascriptOf } = await load('logic/snippets.js');
  const platform = { name: 'mu', prefix: '/mu/', global_name: 'mu' };
  const failed = exchange(1, { reply: { errMsg: 'login:fail sulks', number: 7 } });
  const met = { before: { schema: 1, platform: 'mu', players: [{ openid: 'alice', mood: { today: 'cross' } }] } };
  const about = { platform, name: 'sulks', playerFields: STATES_OF_PLAYERS, fields: ['mood'], state: { ...met, exact: true, whole: true } };

  assert.match(curlOf(failed, { url: 'http://x', world: 'default', platform }), /^curl http:\/\/x\/mu\/login /);
  const python = pytestOf(failed, about);
  assert.match(python, /^import pytest\n\n\n@pytest\.mark\.tt_platform\("mu"\)\ndef test_login/);
  assert.match(python, /import_world\(\{"schema": 1, "platform": "mu", "players": \[\{"openid": "alice", "mood": \{"today": "cross"\}\}\]\}\)/);
  const script = javascriptOf(failed, about);
  assert.match(script, /createEmulator\(\{ platform: 'mu' \}\)/);
  assert.match(script, /const mu = await emu\.createMU\(/);
  assert.match(script, /mu\.login\(\{ \.\.\.options, complete \}\)/);
});

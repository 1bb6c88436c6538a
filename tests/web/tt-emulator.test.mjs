/*
 * tt-emulator.mjs against the emulator at TT_EMULATOR_URL (test_tt_emulator.py starts one), and against a stub.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEmulator, Refused, Unmet, version } from '../../emulator/tt_emulator/web/tt-emulator.mjs';
import stub from './stub.js';

const SAVE = { KVDataList: [{ key: 'score', value: '1' }] };
const OK = { errMsg: 'setUserCloudStorage:ok' };
const SAVED = { api: 'setUserCloudStorage' };

const call = (tt, api, options) => new Promise((complete) => { tt[api]({ ...options, complete }); });
const inBrief = async (emu) => (await (await fetch(`${emu.url}/__emulator/v1/worlds`)).json()).worlds;
const worlds = async (emu) => (await inBrief(emu)).map(({ name }) => name);

/** A world for the test `t`, and its player's way to save. */
async function start(t, settings) {
  t.mock.method(console, 'info', () => {}); // tt.js tells of each fault
  const emu = createEmulator(settings);
  t.after(() => emu.done({ passed: false }));
  const tt = await emu.createTT({ player: 'alice' });
  return { emu, tt, save: () => call(tt, 'setUserCloudStorage', SAVE) };
}

async function startWX(t) {
  t.mock.method(console, 'info', () => {});
  const emu = createEmulator({ platform: 'wx' });
  t.after(() => emu.done({ passed: false }));
  return { emu };
}

test('each has a world of its own, and its tt plays there', async (t) => {
  const [one, other] = [await start(t), await start(t)];
  assert.notEqual(one.emu.world, other.emu.world);
  await one.emu.fail('server-error');
  assert.equal((await one.save()).errorCode, 108002);
  assert.deepEqual(await other.save(), OK);
  assert.deepEqual((await other.emu.player('alice')).KVDataList, SAVE.KVDataList);
  assert.deepEqual((await one.emu.player('alice')).KVDataList, []);
});

test('a world can be of WeChat, from its first verb on', async (t) => {
  const { emu } = await startWX(t);
  await emu.player('bob', { KVDataList: SAVE.KVDataList });
  await emu.player('player-1', { friends: ['bob'] });
  const fault = await emu.fail('auth-deny', { api: 'getFriendCloudStorage', times: 1 });
  const open = await emu.createWX({ domain: 'open' });
  const ask = () => call(open, 'getFriendCloudStorage', { keyList: ['score'] });
  assert.deepEqual(await ask(), { errMsg: 'getFriendCloudStorage:fail auth deny', err_code: '-12006', errno: 0 });
  assert.deepEqual((await ask()).data.map(({ openid }) => openid), ['bob']);
  assert.equal((await fault.refresh()).hits, 1);
  const wx = await emu.createWX();
  assert.deepEqual(await wx.setUserCloudStorage(SAVE), OK); // a promise, as it has no callback
  assert.equal((await inBrief(emu)).find(({ name }) => name === emu.world).platform, 'wx');
  assert.ok((await emu.errors('getFriendCloudStorage')).length > 0);
});

for (const platform of ['zz', '', 'toString', ['wx'], 1]) {
  test(`a platform that there is not is refused before anything is sent: ${JSON.stringify(platform)}`, () => {
    const message = `platform: ${JSON.stringify(platform)} is not tt or wx.`;
    assert.throws(() => createEmulator({ url: 'http://nobody.test', platform }), { message });
  });
}

test('a world can be named', async (t) => {
  const { emu } = await start(t, { world: `named-${process.pid}` });
  assert.equal(emu.world, `named-${process.pid}`);
  assert.deepEqual(await emu.faults(), []);
  assert.ok((await worlds(emu)).includes(emu.world));
});

test('a page is told its world, its player and which emulator', () => {
  const emu = createEmulator({ url: 'http://127.0.0.1:9000/', world: 'w' });
  const ours = 'tt-url=http%3A%2F%2F127.0.0.1%3A9000';
  assert.equal(emu.url, 'http://127.0.0.1:9000');
  assert.equal(emu.page('/?a=1', { player: '小明' }),
    `http://127.0.0.1:9000/?a=1&tt-world=w&tt-player=%E5%B0%8F%E6%98%8E&${ours}`);
  assert.equal(emu.page('http://localhost:7456/x?tt-url=other'), `http://localhost:7456/x?${ours}&tt-world=w`);
});

test('a fault is armed, seen, and disarmed, also by its function alone', async (t) => {
  const { emu, save } = await start(t);
  const fault = await emu.fail('network-unavailable', { ...SAVED, times: 2, label: 'twice' });
  assert.deepEqual([fault.error, fault.remaining, fault.label], ['network-unavailable', 2, 'twice']);
  assert.equal((await save()).errorCode, 999985);
  assert.equal((await fault.refresh()).hits, 1);
  assert.equal((await emu.faults()).length, 1);
  const { disarm } = fault;
  await disarm();
  await disarm(); // twice is fine
  assert.deepEqual(await save(), OK);
});

const TAKEN_OFF = {
  'by itself': (emu, fault) => fault.disarm(),
  'with all': (emu) => emu.disarmAll(),
  'by a reset': (emu) => emu.reset(['faults']),
};
for (const [how, takeOff] of Object.entries(TAKEN_OFF)) {
  for (const times of [1, 2]) {
    test(`a fault that was taken off ${how} tells what it did, at its end and in done() (times ${times})`, async (t) => {
      const { emu, save } = await start(t);
      const fault = await emu.fail('server-error', { ...SAVED, times });
      await save();
      await takeOff(emu, fault);
      await fault.end();
      assert.deepEqual([fault.hits, fault.remaining, fault.near_miss], [1, times - 1, null]);
      if (times === 1) await emu.done();
      else await assert.rejects(emu.done(), /f1 was not used up \(1 left\): server-error.* struck 1\./);
    });
  }
}

test('of a fault whose world was dropped nothing is claimed, and another with its id is left alone', async (t) => {
  const { emu, save } = await start(t);
  const fault = await emu.fail('server-error', { ...SAVED, times: 2 });
  await save();
  let other = fault;
  while (other.armed_at === fault.armed_at) {
    await fetch(`${emu.url}/__emulator/v1/worlds/${emu.world}`, { method: 'DELETE' });
    other = await emu.fail('network-unavailable');
  }
  assert.equal(other.id, fault.id);
  await fault.end();
  assert.deepEqual([fault.hits, fault.remaining, fault.near_miss], [null, null, null]);
  assert.equal((await emu.faults()).length, 1);
  await emu.done();
});

test('any fault can be armed, and all disarmed', async (t) => {
  const { emu, save } = await start(t);
  await emu.fault({ sequence: ['server-error', 'ok', 999993] });
  assert.deepEqual([(await save()).errorCode, (await save()).errorCode, (await save()).errorCode], [108002, undefined, 999993]);
  await emu.fail(999985);
  await emu.disarmAll();
  assert.deepEqual(await emu.faults(), []);
});

test('players, settings and the clock are read and set', async (t) => {
  const { emu, save } = await start(t);
  assert.equal((await emu.player('alice', { network: 'offline' })).network, 'offline');
  assert.equal((await save()).errorCode, 999985);
  assert.equal((await emu.player('alice')).network, 'offline');
  assert.equal((await emu.settings({ fail_object: 'errMsg' })).fail_object, 'errMsg');
  assert.deepEqual(await save(), { errMsg: 'setUserCloudStorage:fail network unavailable' });
  assert.equal((await emu.settings()).fail_object, 'errMsg');
  assert.equal((await emu.clock({ freeze: true })).frozen, true);
  assert.equal((await emu.clock()).frozen, true);
});

test('the journal is read, asked and waited for', async (t) => {
  const { emu, save, tt } = await start(t);
  assert.deepEqual(await emu.requests(), []);
  const waiting = emu.waitFor({ ...SAVED, count: 2, timeout_ms: 20_000 });
  await save();
  await save();
  await call(tt, 'login');
  assert.deepEqual([(await waiting).ok, (await waiting).count], [true, 2]);
  const third = { ...SAVED, count: 3, timeout_ms: 1 };
  await assert.rejects(emu.waitFor(third), (error) => error instanceof Unmet && /wanted at least 3, found 2/.test(error.message));
  assert.equal((await emu.waitFor({ ...third, check: false })).ok, false);
  assert.equal((await emu.waitFor(third, { check: false })).ok, false);
  assert.equal((await emu.requests()).length, 3);
  assert.deepEqual((await emu.requests({ api: 'setUserCloudStorage', limit: 1 })).map(({ id }) => id), [1]);
  assert.equal((await emu.requests('login')).length, 1);
  await emu.assertCalled('login');
  await emu.assertCalled({ ...SAVED, player: 'alice', ok: true, count: 2 });
  await assert.rejects(emu.assertCalled({ api: 'logn', count: 0 }), /unknown API 'logn'; did you mean login/);
  await assert.rejects(emu.assertCalled({ ...SAVED, count: 1 }), (error) =>
    error instanceof Unmet && /wanted exactly 1, found 2/.test(error.message));
  assert.equal((await emu.coverage()).calls.login, 1);
  assert.ok((await emu.errors('login')).every(({ api }) => api === 'login'));
});

test('data are kept, brought back and forgotten', async (t) => {
  const { emu, save } = await start(t);
  const held = async () => (await emu.player('alice')).KVDataList.length;
  await save();
  assert.equal(await emu.snapshot('第一关 50%?'), '第一关 50%?');
  await emu.restore('第一关 50%?');
  await emu.snapshot();
  await emu.player('alice', { KVDataList: [] });
  const empty = await emu.snapshot('empty');
  await emu.restore();
  assert.equal(await held(), 1);
  await emu.restore(empty);
  assert.equal(await held(), 0);
  await emu.restore();
  await emu.reset(['data']);
  assert.equal(await held(), 0);
});

test('a world goes out as one document, and in again', async (t) => {
  const { emu, save } = await start(t);
  await save();
  const document = JSON.parse(JSON.stringify(await emu.exportWorld()));
  await emu.importWorld({ schema: 1, players: [] });
  assert.deepEqual((await emu.player('alice')).KVDataList, []);
  await emu.importWorld(document);
  assert.deepEqual(await emu.exportWorld(), document);
});

test('a story goes out as one document, and is played again', async (t) => {
  const { emu, save } = await start(t);
  await emu.fail('network-unavailable', { times: 1 });
  await save();
  await save();
  const bundle = JSON.parse(JSON.stringify(await emu.bundle()));
  assert.equal(bundle.deeds.length, 2);
  assert.deepEqual((await emu.bundle({ last: 1, player: 'alice' })).deeds.map(({ id }) => id), [2]);

  const again = await emu.replay(bundle);
  assert.deepEqual([again.same, again.differences], [true, []]);
  assert.ok((await worlds(emu)).includes(again.world));

  bundle.deeds[0].reply = OK;
  const { same, differences: [found] } = await emu.replay(bundle);
  assert.equal(same, false);
  assert.deepEqual([found.deed, found.id, found.player, found.parts[0].pointer], [0, 1, 'alice', '/reply/errMsg']);
});

test('what is refused is told with what to do', async (t) => {
  const { emu } = await start(t);
  await assert.rejects(emu.fail('network-unavailble'), (error) => error instanceof Refused
    && error.status === 422 && error.problem.code === 'unprocessable'
    && /did you mean network-unavailable\? Nothing was armed/.test(error.message));
});

for (const number of [NaN, Infinity, -Infinity]) {
  test(`${number} is refused, where JSON would leave it out`, async (t) => {
    const { emu } = await start(t);
    await assert.rejects(emu.fail('network-unavailable', { probability: number }), /^TypeError: probability is .*no number in JSON/);
    await assert.rejects(emu.clock({ advance_s: number }), TypeError);
    assert.deepEqual(await emu.faults(), []);
  });
}

test('the end drops the world', async (t) => {
  const { emu, save } = await start(t);
  const { disarm } = await emu.fail('network-unavailable');
  await save();
  await emu.done();
  await emu.done(); // twice is fine
  await disarm(); // a cleanup that comes later must not make it anew
  assert.ok(!(await worlds(emu)).includes(emu.world));
});

test('a world that nobody came to is not made by its end', async (t) => {
  const emu = createEmulator();
  await emu.done();
  assert.ok(!(await worlds(emu)).includes(emu.world));
});

for (const fault of [{ error: 'server-error', times: 2 }, { sequence: ['ok', 'server-error'] }]) {
  test(`the end fails for a fault with strikes left: ${Object.keys(fault)}`, async (t) => {
    const { emu, save } = await start(t);
    await emu.fault({ ...fault, label: 'mine' });
    await save();
    await assert.rejects(emu.done(), (error) => error instanceof Unmet
      && /^fault f1 was not used up \(1 left\): .*label mine/.test(error.message)
      && /\n#1 alice setUserCloudStorage \{"KVDataList"/.test(error.message));
    assert.ok(!(await worlds(emu)).includes(emu.world));
  });
}

test('faults may be left if that is said, or if the test has failed', async (t) => {
  for (const [settings, outcome] of [[{ allowUnconsumed: true }], [{}, { passed: false }]]) {
    const { emu } = await start(t, settings);
    await emu.fail('server-error', { times: 1 });
    await emu.done(outcome);
  }
});

/** A file that is not there yet, nor is its folder. */
async function newFile(t) {
  const folder = await mkdtemp(join(tmpdir(), 'tt-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'stories', 'story.json');
}
const called = async (file) => JSON.parse(await readFile(file, 'utf8')).deeds.map(({ api }) => api);

test('the story of a test that failed becomes a file, of which the console tells', async (t) => {
  const [{ emu, save }, story] = [await start(t), await newFile(t)];
  const said = t.mock.method(console, 'log', () => {});
  await emu.fail('server-error', { times: 2 });
  await save();
  await emu.done({ passed: false, story });
  assert.deepEqual(await called(story), ['setUserCloudStorage']);
  assert.deepEqual(said.mock.calls.map((call) => call.arguments), [[`tt-emulator: the story of the test is in ${story}`]]);
});

test('the story of a test that fails at its end becomes a file, and the failure is told', async (t) => {
  const [{ emu, save }, story] = [await start(t), await newFile(t)];
  await emu.fail('server-error', { times: 2 });
  await save();
  await assert.rejects(emu.done({ story }), /fault f1 was not used up/);
  assert.deepEqual(await called(story), ['setUserCloudStorage']);
});

test('a test that passed leaves no story, and the console says nothing', async (t) => {
  const [{ emu, save }, story] = [await start(t), await newFile(t)];
  const said = t.mock.method(console, 'log', () => {});
  await save();
  await emu.done({ passed: true, story });
  await assert.rejects(readFile(story), { code: 'ENOENT' });
  assert.equal(said.mock.callCount(), 0);
  assert.ok(!(await worlds(emu)).includes(emu.world));
});

test('a story that cannot be written does not hide why the test failed', async (t) => {
  const [{ emu }, story] = [await start(t), await newFile(t)];
  const warned = t.mock.method(console, 'warn', () => {});
  await emu.fail('server-error', { times: 1 });
  await assert.rejects(emu.done({ story: join(fileURLToPath(import.meta.url), story) }), /fault f1 was not used up/);
  assert.match(warned.mock.calls[0].arguments[0], /^tt-emulator: the story of the test was not kept: E/);
});

test('a story that cannot be had does not hide why the test failed, nor that it passed', async (t) => {
  for (const passed of [false, true]) {
    const [{ emu, save }, story] = [await start(t), await newFile(t)];
    const warned = t.mock.method(console, 'warn', () => {});
    await save();
    await emu.requests();
    await fetch(`${emu.url}/__emulator/v1/worlds/${emu.world}`, { method: 'DELETE' });
    await emu.done({ passed, story });
    assert.equal(warned.mock.callCount(), passed ? 0 : 1);
    warned.mock.restore();
  }
});

test('the report tells how the calls of a backend ended, by whichever field says it', async (t) => {
  const { emu } = await start(t);
  const ask = (query) => fetch(`${emu.url}/api/apps/token?${query}`, { headers: { 'X-Emulator-World': emu.world } });
  await ask('appid=a&secret=s&grant_type=client_credential');
  await ask('appid=a&secret=s');
  const [granted, refused] = (await emu.report()).split('\n');
  assert.match(granted, / -> ok \[/);
  assert.match(refused, / -> 参数为空 \[there is no grant_type\]/);
});

const ENDS = { end: (fault) => fault.end };
if (Symbol.asyncDispose) ENDS['await using'] = (fault) => fault[Symbol.asyncDispose];

for (const [name, endOf] of Object.entries(ENDS)) {
  test(`a block undoes its fault also if it throws, and its strikes left are told at the end: ${name}`, async (t) => {
    const { emu, save } = await start(t);
    const end = endOf(await emu.fail('server-error', { times: 2 }));
    await save();
    await end(); // alone, as t.after calls it
    assert.deepEqual(await emu.faults(), []);
    await assert.rejects(emu.done(), /fault f1 was not used up \(1 left\)/);
    await end(); // after the world's end it does nothing
    assert.ok(!(await worlds(emu)).includes(emu.world));
  });
}

// ---- worlds that nobody ends -----------------------------------------------------------------------

/** What a process prints that does this with the helper, and the worlds that are there afterwards. */
async function inProcess(t, deeds) {
  const folder = await mkdtemp(join(tmpdir(), 'tt-'));
  t.after(() => rm(folder, { recursive: true }));
  const helper = new URL('../../emulator/tt_emulator/web/tt-emulator.mjs', import.meta.url);
  const file = join(folder, 'high score.test.mjs');
  await writeFile(file, `import { createEmulator } from ${JSON.stringify(helper)};\n${deeds}`);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  return { stdout: stdout.trim(), stderr, worlds: await worlds(createEmulator()) };
}

const LEFT = 'const emu = createEmulator(); console.log(emu.world); await emu.fail("server-error", { times: 1 });';

test('a world says whose it is: the file of the test, and its process', async (t) => {
  const { stdout } = await inProcess(t, 'console.log(createEmulator().world, process.pid);');
  const [world, pid] = stdout.split(' ');
  assert.match(world, new RegExp(`^js-high-score\\.test-${pid}-[a-z0-9]{6,}$`));
});

for (const [how, end] of [['comes to its end', ''], ['fails', 'await Promise.reject(new Error("x")).catch(() => { process.exitCode = 1; });']]) {
  test(`a world without its done() is dropped when the process ${how}, and that is said`, async (t) => {
    const { stdout, stderr, worlds: left } = await inProcess(t, LEFT + end);
    assert.match(stdout, /^js-/);
    assert.ok(!left.includes(stdout), stdout);
    assert.match(stderr, new RegExp(`done\\(\\) was not called for world ${stdout}: it is dropped`));
  });
}

test('one that was named is kept, and one that nobody entered is not spoken of', async (t) => {
  const { stderr, worlds: left } = await inProcess(t, `
    await createEmulator({ world: 'kept-${process.pid}' }).fail('server-error');
    createEmulator(); await createEmulator().errors('login');`);
  assert.equal(stderr, '');
  assert.ok(left.includes(`kept-${process.pid}`));
});

test('nothing of it stays in the process', async (t) => {
  const before = process.listenerCount('beforeExit');
  const { emu } = await start(t);
  await emu.done();
  assert.equal(process.listenerCount('beforeExit'), before);
});

// ---- where a test runner replaces what a page has --------------------------------------------------

for (const name of ['fetch', 'AbortSignal', 'Response', 'Headers', 'setTimeout', 'crypto', 'performance']) {
  test(`without the global ${name} it works all the same`, async (t) => {
    const kept = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, value: undefined });
    try {
      const emu = createEmulator();
      await emu.fail('server-error');
      await emu.done();
    } finally {
      Object.defineProperty(globalThis, name, kept);
    }
  });
}

test('a Node that does not hand out its modules is asked for them by import', async (t) => {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = undefined; // as before 20.16
  t.after(() => { process.getBuiltinModule = getBuiltinModule; });
  const { createEmulator: create } = await import('../../emulator/tt_emulator/web/tt-emulator.mjs?early');
  const emu = create();
  t.after(() => emu.done());
  assert.deepEqual(await call(await emu.createTT(), 'setUserCloudStorage', SAVE), OK);
});

test('a report tells calls and faults, and why one never struck', async (t) => {
  const { emu, save } = await start(t);
  assert.equal(await emu.report(), 'no call came');
  await emu.fail('server-error', SAVED);
  await emu.fail('server-error', { ...SAVED, player: 'bob' });
  await save();
  assert.deepEqual((await emu.report()).split('\n'), [
    '#1 alice setUserCloudStorage {"KVDataList":[{"key":"score","value":"1"}]} -> setUserCloudStorage:fail * [f1 struck, hit 1]',
    'f1 server-error, api setUserCloudStorage: struck 1',
    'f2 server-error, api setUserCloudStorage, player bob: never struck: api matched, player did not: alice against bob',
  ]);
});

test('a report of more calls than it shows says how many came before', async (t) => {
  const { emu, save } = await start(t);
  for (let each = 0; each < 1030; each += 1) await save();
  const [first, second] = (await emu.report()).split('\n');
  assert.equal(first, '(1010 earlier calls)');
  assert.match(second, /^#1011 /);
});

test('a report steers no terminal', async (t) => {
  const { emu } = await start(t);
  const tt = await emu.createTT({ player: '\u202eann' });
  await call(tt, 'setUserCloudStorage', { KVDataList: [{ key: 'k', value: '\u001b[31m\n\u009b' }] });
  const report = await emu.report();
  assert.match(report, /^#1 \\u\{202e\}ann setUserCloudStorage .*\\u001b\[31m\\n\\u\{9b\}/);
  assert.doesNotMatch(report, /[\p{C}]/u);
});

test('tries without a pause are told with their gaps', async (t) => {
  const { emu, save } = await start(t);
  await save();
  await save();
  const verdict = await emu.waitFor({ ...SAVED, count: 2, max_gap_ms: [80_000_000] });
  assert.equal(verdict.gaps_ms.length, 1);
  await assert.rejects(emu.assertCalled({ ...SAVED, count: 2, min_gap_ms: 80_000_000 }),
    (error) => error instanceof Unmet && /^gap 1, from #1 to #2: .* too short\)$/.test(error.message));
});

// ---- against a stub --------------------------------------------------------------------------------

const ANSWERS = { '/health': { version }, '/v1/faults': { faults: [] }, '/v1/requests': { requests: [] }, '/v1/play': { pages: [] } };

function answering(answers) {
  return (request, response) => {
    const value = { ...ANSWERS, ...answers }[request.path.replace('/__emulator', '').split('?')[0]];
    response.writeHead(value === undefined ? 204 : 200, { 'Content-Type': 'application/json' });
    response.end(value === undefined ? '' : JSON.stringify(value));
  };
}

test('a server of another version is refused', async (t) => {
  const { url } = await stub.startStub(t, answering({ '/health': { version: '9.9.9' } }));
  await assert.rejects(createEmulator({ url }).faults(),
    new Error(`tt-emulator.mjs is version ${version}, the emulator at ${url} is 9.9.9. Copy the one that fits: tt-emulator js DIR.`));
});

test('a failure of the emulator fails the end, unless that is said', async (t) => {
  const { url, requests } = await stub.startStub(t, answering({ '/v1/requests/count': { count: 1 } }));
  await assert.rejects(createEmulator({ url }).done(), /the emulator failed to answer/);
  await createEmulator({ url, allowInternalErrors: true }).done();
  assert.deepEqual(requests.filter(({ method }) => method === 'DELETE').length, 2);
});

test('world and token travel with each request', async (t) => {
  const { url, requests } = await stub.startStub(t, answering({}));
  await createEmulator({ url, world: 'w.1', token: 'secret' }).faults();
  assert.ok(requests.every(({ headers }) => headers['x-emulator-world'] === 'w.1'));
  assert.ok(requests.every(({ headers }) => headers.authorization === 'Bearer secret'));
});

test('where nobody or somebody else answers, that is told', async (t) => {
  const dead = await stub.deadUrl();
  await assert.rejects(createEmulator({ url: dead }).faults(), (error) =>
    error.message.startsWith(`No tt-emulator answers at ${dead}: ECONNREFUSED. Is it running?`));
  const { url } = await stub.startStub(t, stub.says(200, '<html>'));
  await assert.rejects(createEmulator({ url }).faults(), new RegExp(`^Error: ${url} answers \\(HTTP 200\\), but not`));
});

test('what failed once is tried again', async (t) => {
  let up = false;
  const { url } = await stub.startStub(t, (...args) => (up ? answering({}) : stub.says(503, ''))(...args));
  const emu = createEmulator({ url });
  await assert.rejects(emu.faults());
  up = true;
  assert.deepEqual(await emu.faults(), []);
});

// ---- beside tt.js -----------------------------------------------------------------------------------

async function copied(t, change = (text) => text) {
  const folder = await mkdtemp(join(tmpdir(), 'tt-'));
  t.after(() => rm(folder, { recursive: true }));
  const web = fileURLToPath(new URL('../../emulator/tt_emulator/web/', import.meta.url));
  await cp(join(web, 'tt-emulator.mjs'), join(folder, 'tt-emulator.mjs'));
  await writeFile(join(folder, 'tt.js'), change(await readFile(join(web, 'tt.js'), 'utf8')));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  return import(pathToFileURL(join(folder, 'tt-emulator.mjs')));
}

test('in a package of ES modules it finds tt.js all the same', async (t) => {
  const { createEmulator: create } = await copied(t);
  const emu = create();
  t.after(() => emu.done());
  assert.deepEqual(await call(await emu.createTT(), 'setUserCloudStorage', SAVE), OK);
  await emu.assertCalled(SAVED);
});

test('a tt.js of another version is refused', async (t) => {
  const { createEmulator: create } = await copied(t, (text) => text.replace(`'${version}'`, "'0.0.1'"));
  await assert.rejects(create().createTT(),
    new Error(`tt-emulator.mjs is version ${version}, tt.js beside it 0.0.1. Copy both anew: tt-emulator js DIR.`));
});

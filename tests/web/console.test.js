'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { openPage } = require('./page.js');
const { createTT, deadUrl, listenTo, outcome, says, startStub } = require('./stub.js');

const REFUSED = { errMsg: 'setUserCloudStorage:fail KVDataList', errorCode: 999999, errorType: 'D' };

test('the reason of a refusal is told once, decoded, and the reply stays as documented', async (t) => {
  const warnings = listenTo(t, 'warn');
  const reason = encodeURIComponent('键 is 129 bytes, the limit is 128');
  const { url } = await startStub(t, says(200, REFUSED, { 'X-Emulator-Reason': reason }));
  const tt = createTT({ url });
  for (let n = 0; n < 3; n += 1) assert.deepEqual((await outcome(tt, 'setUserCloudStorage')).reply, REFUSED);
  assert.deepEqual([...warnings],
    ['[tt-emulator] tt.setUserCloudStorage was refused: 键 is 129 bytes, the limit is 128']);
});

test('a problem is told with its detail and its hint', async (t) => {
  const warnings = listenTo(t, 'warn');
  const problem = { status: 400, detail: 'The world name is not allowed.', hint: 'Use letters and digits.' };
  const { url } = await startStub(t, says(400, problem));
  await outcome(createTT({ url }), 'login');
  await warnings.heard();
  assert.equal(warnings[0], `[tt-emulator] tt.login: ${url} answered HTTP 400. `
    + 'The world name is not allowed. Use letters and digits.');
});

test('another server than the emulator is suspected by name', async (t) => {
  const warnings = listenTo(t, 'warn');
  const { url } = await startStub(t, says(404, '<h1>Not found</h1>'));
  await outcome(createTT({ url }), 'login');
  await warnings.heard();
  assert.match(warnings[0], /answered HTTP 404\. Does data-url name another server/);
});

test('what an armed fault did to the answer is put down to nothing else', async (t) => {
  const warnings = listenTo(t, 'warn');
  const lines = listenTo(t, 'info');
  for (const [status, body] of [[500, '{}'], [200, '{"errMsg":']]) {
    const { url } = await startStub(t, says(status, body, { 'X-Emulator-Fault': 'f7' }));
    const tt = createTT({ url });
    await outcome(tt, 'login');
    await outcome(tt, 'checkSession');
    assert.match(lines.pop(), /met the armed fault f7/);
  }
  assert.deepEqual([...warnings], []);
});

test('silence is told once, with the reason and the remedy', async (t) => {
  const warnings = listenTo(t, 'warn');
  const url = await deadUrl();
  const tt = createTT({ url });
  await outcome(tt, 'login');
  await outcome(tt, 'login');
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /no answer from http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\).*Start it with: tt-emulator start/);
});

test('an armed fault that struck is named, with the way to disarm it', async (t) => {
  const lines = listenTo(t, 'info');
  const { url } = await startStub(t, says(200, REFUSED, { 'X-Emulator-Fault': 'f-7' }));
  await outcome(createTT({ url }), 'setUserCloudStorage');
  assert.deepEqual([...lines], ['[tt-emulator] tt.setUserCloudStorage met the armed fault f-7. '
    + `To disarm: curl -X DELETE ${url}/__emulator/v1/faults`]);
  await outcome(createTT({ url, world: 'w.1' }), 'login');
  assert.match(lines.pop(), /faults -H X-Emulator-World:w\.1$/);
});

test('a name that is not emulated is undefined and mentioned once', (t) => {
  const lines = listenTo(t, 'info');
  const tt = createTT();
  assert.equal(typeof tt.createVideo === 'function', false);
  assert.equal('createVideo' in tt, false);
  assert.equal(tt.createVideo, undefined);
  assert.equal(lines.length, 1);
  assert.match(lines[0], /^\[tt-emulator\] tt\.createVideo is not emulated/);
});

test('a name that only a page has is undefined in Node, and said to be a page\'s', (t) => {
  const types = readFileSync(path.join(__dirname, '../../emulator/tt_emulator/web/tt.d.ts'), 'utf8');
  const names = [...types.matchAll(/interface (?:ScreenTT extends TT|\w+ extends ScreenTT) \{(.*?)\n  \}/gs)]
    .flatMap(([, members]) => members.match(/^    \w+(?=[(:?])/gm).map((name) => name.trim()));
  assert.ok(names.length > 35);
  const lines = listenTo(t, 'info');
  const tt = createTT();
  for (const name of new Set(names)) {
    assert.equal(tt[name], undefined);
    assert.equal(lines.pop(), `[tt-emulator] tt.${name} is there only in a page, and undefined in Node.`
      + ` Guard it, or set tt.${name} to a stand-in.`);
  }
});

test('point 20: tt.getFriendCloudStorage is undefined, and one hint names the right API', (t) => {
  const lines = listenTo(t, 'info');
  for (const domain of ['main', 'open']) {
    const tt = createTT({ domain });
    assert.equal(typeof tt.getFriendCloudStorage === 'function' || 'getFriendCloudStorage' in tt, false);
    assert.equal(tt.getFriendCloudStorage, undefined);
    assert.match(lines.pop(), /getCloudStorageByRelation\(\{type: 'friend'.*data-compat="wx"/);
    assert.deepEqual([...lines], []);
  }
});

test('by compat getFriendCloudStorage belongs to the open data domain, and the main one is told so', (t) => {
  const lines = listenTo(t, 'info');
  assert.equal(createTT({ compat: 'wx' }).getFriendCloudStorage, undefined);
  assert.equal(typeof createTT({ compat: 'wx', domain: 'open' }).getFriendCloudStorage, 'function');
  assert.deepEqual([...lines], ['[tt-emulator] tt.getFriendCloudStorage is undefined in the main domain: it belongs to the open data domain.']);
});

test('what a page has in its main domain is not promised to the open one', (t) => {
  const lines = listenTo(t, 'info');
  const tt = createTT({ domain: 'open' });
  for (const name of ['onShow', 'vibrateShort', 'getOpenDataContext']) {
    assert.equal(tt[name], undefined);
    assert.equal(lines.pop(), `[tt-emulator] tt.${name} is undefined in the open data domain: it belongs to the main domain,`
      + ' and is there only in a page.');
  }
  assert.equal(tt.env, undefined);
  assert.match(lines.pop(), /tt\.env is undefined in the open data domain: it belongs to the main domain\.$/);
  assert.equal(tt.createCanvas, undefined);
  assert.match(lines.pop(), /tt\.createCanvas is there only in a page, and undefined in Node\./);
});

test('a stand-in set by the game is used, and what the language reads is not mentioned', async (t) => {
  const lines = listenTo(t, 'info');
  const tt = createTT();
  tt.showToast = () => 'shown';
  assert.equal(tt.showToast(), 'shown');
  assert.equal(await tt, tt);
  assert.equal(`${tt}`, '[object Object]');
  assert.equal(tt.hasOwnProperty('login'), true); // eslint-disable-line no-prototype-builtins
  JSON.stringify(tt);
  assert.deepEqual([...lines], []);
});

// ---- in which language -----------------------------------------------------------------------

const LOCALES = [
  ['zh-CN', 'en-US', 'zh'], ['zh', undefined, 'zh'], ['ZH-Hant', '', 'zh'], ['zh_TW', 'ja', 'zh'], ['en', 'zh-CN', 'zh'], ['', 'zh', 'zh'],
  ['en', 'en-US', 'en'], ['', '', 'en'], [undefined, undefined, 'en'], ['', 'ja-zh', 'en'], ['ja', 'en-zh', 'en'],
];

for (const [lang, language, spoken] of LOCALES) {
  test(`a page in ${lang} of a browser in ${language} hears ${spoken}`, () => {
    const said = [];
    openPage({ lang, language, console: { info: (line) => said.push(line) } });
    const known = {
      en: '[tt-emulator] tt is emulated by http://127.0.0.1:8717: player player-1, world default.',
      zh: '[tt-emulator] tt 由 http://127.0.0.1:8717 模拟：玩家 player-1，世界 default。',
    };
    assert.deepEqual(said, [known[spoken]]);
  });
}

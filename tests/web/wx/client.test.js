'use strict';

/* wx.js under Node, against a stand-in for the emulator: promises, domains and failures. */
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { deadUrl, listenTo, outcome, says, startStub } = require('../stub.js');
const { createWX } = require('../../../emulator/tt_emulator/web/wx.js');

const okTo = (request, response) => says(200, { errMsg: `${request.path.replace('/wx/', '')}:ok` })(request, response);
const PAIRS = [{ key: 'score', value: '1' }];

test('calls go to the prefix of the platform, with the domain they come from', async (t) => {
  const { url, requests } = await startStub(t, okTo);
  const { events } = await outcome(createWX({ url, player: 'alice', domain: 'open' }), 'getFriendCloudStorage', { keyList: ['score'] });
  assert.deepEqual(events.map(([name]) => name), ['success', 'complete']);
  const { path, headers, body } = requests[0];
  assert.deepEqual([path, headers['x-emulator-domain'], body], ['/wx/getFriendCloudStorage', 'open', '{"keyList":["score"]}']);
});

// ---- promises --------------------------------------------------------------------------------

test('without callbacks a call that has one gives a promise of its success', async (t) => {
  const { url } = await startStub(t, okTo);
  const wx = createWX({ url });
  assert.deepEqual(await wx.setUserCloudStorage({ KVDataList: PAIRS }), { errMsg: 'setUserCloudStorage:ok' });
  assert.deepEqual(await wx.checkSession(), { errMsg: 'checkSession:ok' });
});

for (const callback of ['success', 'fail', 'complete']) {
  test(`with ${callback} it gives none`, async (t) => {
    const { url } = await startStub(t, okTo);
    assert.equal(createWX({ url }).setUserCloudStorage({ KVDataList: PAIRS, [callback]() {} }), undefined);
  });
}

test('no API of the open data domain alone, and no login, gives a promise', async (t) => {
  const { url } = await startStub(t, okTo);
  const open = createWX({ url, domain: 'open' });
  for (const api of ['getUserCloudStorage', 'getFriendCloudStorage', 'getGroupCloudStorage', 'getUserInfo', 'modifyFriendInteractiveStorage']) {
    assert.equal(open[api]({}), undefined, api);
  }
  assert.equal(createWX({ url }).login(), undefined);
});

test('a failure rejects the promise with the object that fail would get', async (t) => {
  const reply = { errno: 0, err_code: '0', errMsg: 'setUserCloudStorage:fail connect fail' };
  const { url } = await startStub(t, says(200, reply));
  await assert.rejects(createWX({ url }).setUserCloudStorage({ KVDataList: PAIRS }), (failure) => {
    assert.deepEqual(failure, reply);
    return true;
  });
});

test('a rejected promise that nobody holds does not end the process', async (t) => {
  const { url } = await startStub(t, says(200, { errMsg: 'setUserCloudStorage:fail' }));
  createWX({ url }).setUserCloudStorage({ KVDataList: PAIRS });
  await outcome(createWX({ url }), 'setUserCloudStorage', { KVDataList: PAIRS }); // asked later, answered later
  await new Promise(setImmediate);
});

// ---- domains ---------------------------------------------------------------------------------

test('a name of the other domain is undefined, and one hint says where it belongs', (t) => {
  const lines = listenTo(t, 'info');
  const wx = createWX({ url: 'http://127.0.0.1:9', openData: 'sub' });
  assert.equal(wx.getFriendCloudStorage, undefined);
  assert.equal(wx.getFriendCloudStorage, undefined);
  assert.equal(lines.length, 1);
  assert.match(lines[0], /wx\.getFriendCloudStorage is undefined in the main domain, .* Call it in sub\/index\.js/);
});

test('the open data domain has what the platform lists, and nothing of storage, network and login', (t) => {
  const lines = listenTo(t, 'info');
  const open = createWX({ url: 'http://127.0.0.1:9', domain: 'open' });
  for (const api of ['setStorage', 'getStorageSync', 'request', 'login', 'downloadFile', 'getUserInteractiveStorage', 'canIUse']) {
    assert.equal(open[api], undefined, api);
  }
  assert.match(lines[0], /wx\.setStorage is undefined in the open data domain, as on the platform/);
  assert.equal(typeof open.getSystemInfoSync, 'function');
});

test('what comes of a page is told to be of pages', (t) => {
  const lines = listenTo(t, 'info');
  assert.equal(createWX({ url: 'http://127.0.0.1:9' }).getOpenDataContext, undefined);
  assert.match(lines[0], /wx\.getOpenDataContext is there only in a page/);
});

test('Douyin\'s own names are not there', () => {
  const names = Object.keys(createWX({ url: 'http://127.0.0.1:9' }));
  assert.deepEqual(names.filter((name) => /ImRank|Relation$|EnvInfo|UserGroup|Shortcut|MenuButtonLayout/.test(name)), []);
});

// ---- failures --------------------------------------------------------------------------------

test('without an emulator a call fails as it does without a connection', async () => {
  const open = createWX({ url: await deadUrl(), domain: 'open' });
  const { reply } = await outcome(open, 'getFriendCloudStorage', { keyList: [] });
  assert.deepEqual(reply, { errMsg: 'getFriendCloudStorage:fail connect fail', err_code: '0', errno: 0 });
});

test('where no text is known for it, it fails bare', async () => {
  const { reply } = await outcome(createWX({ url: await deadUrl() }), 'login');
  assert.deepEqual(reply, { errMsg: 'login:fail' });
});

for (const literal of ['getFriendUserGameData:fail 系统错误,错误码:-2', 'getFriendCloudStorage:fail:system apperror']) {
  test(`a text of another form is the API's own: ${literal}`, async (t) => {
    const { url } = await startStub(t, says(200, { errMsg: literal }));
    const { events } = await outcome(createWX({ url, domain: 'open' }), 'getFriendCloudStorage', { keyList: [] });
    assert.deepEqual(events, [['fail', { errMsg: literal }], ['complete', { errMsg: literal }]]);
  });
}

test('the setting fail_object leaves the text alone', async () => {
  const wx = createWX({ url: await deadUrl(), state: { fail_object: 'errMsg' } });
  const { reply } = await outcome(wx, 'setUserCloudStorage', { KVDataList: PAIRS });
  assert.deepEqual(reply, { errMsg: 'setUserCloudStorage:fail connect fail' });
});

// ---- what is answered here -------------------------------------------------------------------

test('a key that was never stored fails, and is empty for the Sync form', async (t) => {
  const { url } = await startStub(t, okTo);
  const wx = createWX({ url, player: 'stores' });
  assert.equal(wx.getStorageSync('nothing'), '');
  const { reply } = await outcome(wx, 'getStorage', { key: 'nothing' });
  assert.deepEqual(reply, { errMsg: 'getStorage:fail data not found' });
  await wx.setStorage({ key: 'a', data: { b: 1 } });
  assert.deepEqual(await wx.getStorage({ key: 'a' }), { errMsg: 'getStorage:ok', data: { b: 1 } });
});

test('a value that is too large fails in the words that clients look for', async (t) => {
  const { url } = await startStub(t, okTo);
  await assert.rejects(createWX({ url }).setStorage({ key: 'a', data: 'x'.repeat(1048577) }), { errMsg: 'setStorage:fail exceed storage max size' });
});

test('a message query is set within its limits', () => {
  const wx = createWX({ url: 'http://127.0.0.1:9' });
  const set = (shareMessageToFriendScene, query) => wx.setMessageToFriendQuery({ shareMessageToFriendScene, query });
  assert.deepEqual([set(0, ''), set(50, 'q'.repeat(128)), set(51, ''), set(-1, ''), set(1, 'q'.repeat(129)), set('1', ''), set(1)],
    [true, true, false, false, false, false, false]);
});

test('canIUse goes by the version and by the domain', () => {
  const wx = createWX({ url: 'http://127.0.0.1:9', state: { host: { SDKVersion: '2.9.0' } } });
  assert.equal(wx.canIUse('setUserCloudStorage.object.KVDataList.key'), true);
  assert.equal(wx.canIUse('getRelationFriendList'), false); // since 3.16.2
  assert.equal(wx.canIUse('getFriendCloudStorage'), false);
});

test('what the host does not offer is undefined, and canIUse says so', (t) => {
  const lines = listenTo(t, 'info');
  const wx = createWX({ url: 'http://127.0.0.1:9', state: { host: { unsupported: ['login', 'getSystemInfoSync'] } } });
  assert.deepEqual(['login', 'getSystemInfoSync', 'checkSession'].map((name) => [typeof wx[name], wx.canIUse(name)]),
    [['undefined', false], ['undefined', false], ['function', true]]);
  assert.deepEqual([...lines], ['login', 'getSystemInfoSync'].map((name) =>
    `[tt-emulator] wx.${name} is undefined: the setting host.unsupported says that the host does not offer it.`));
});

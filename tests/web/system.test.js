'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createTT, listenTo } = require('./stub.js');

test('the open data domain has no login', (t) => {
  listenTo(t, 'info');
  const tt = createTT({ domain: 'open' });
  assert.equal(tt.login, undefined);
  assert.equal(typeof tt.getUserCloudStorage, 'function');
  assert.equal(tt.canIUse('login'), false);
});

test('a name of the other domain is undefined, and the hint says where it is', (t) => {
  const lines = listenTo(t, 'info');
  assert.equal(createTT().getCloudStorageByRelation, undefined);
  assert.equal(createTT({ domain: 'open' }).login, undefined);
  assert.match(lines[0], /tt\.getCloudStorageByRelation is undefined in the main domain: it belongs to the open data domain/);
  assert.match(lines[1], /tt\.login is undefined in the open data domain: it belongs to the main domain/);
});

test('getEnvInfoSync and tt.env name the folder of the user', () => {
  const tt = createTT();
  assert.deepEqual(Object.keys(tt.getEnvInfoSync().microapp).sort(), ['appId', 'envType', 'mpVersion']);
  assert.deepEqual(tt.getEnvInfoSync().common, { USER_DATA_PATH: 'ttfile://user' });
  assert.equal(tt.env.USER_DATA_PATH, 'ttfile://user');
});

test('in Node no sound plays, and its onError and the console say so', async (t) => {
  const lines = listenTo(t, 'warn');
  const sound = createTT().createInnerAudioContext();
  const failed = new Promise((resolve) => { sound.onError(resolve); });
  Object.assign(sound, { src: 'a.mp3', loop: true });
  sound.play();
  assert.deepEqual(await failed, { errCode: 10001, errMsg: '系统错误' });
  assert.match(lines[0], /only pages of a browser can play any/);
  assert.throws(() => createTT().getAudioContext(), { message: 'getAudioContext:fail' });
});

test('there is no third domain', () => {
  assert.throws(() => createTT({ domain: 'sub' }), /domain is "main" or "open", got "sub"/);
});

test('compat takes wx and nothing else', () => {
  assert.throws(() => createTT({ compat: 'qq' }), /compat is "wx" or nothing, got "qq"/);
  assert.equal(typeof createTT({ compat: 'wx', domain: 'open' }).getFriendCloudStorage, 'function');
});

const CAN = {
  'setUserCloudStorage': true,
  'setUserCloudStorage.object': true,
  'setUserCloudStorage.object.KVDataList': true,
  'setUserCloudStorage.object.KVDataList.key': true,
  'setUserCloudStorage.object.KVDataList.colour': false,
  'setUserCloudStorage.object.KVDataList.key.deeper': false,
  'setUserCloudStorage.object.keyList': false,
  'setUserCloudStorage.object.success': true,
  'setUserCloudStorage.object.fail': false,
  'setUserCloudStorage.object.complete': false,
  'setUserCloudStorage.success': true,
  'setUserCloudStorage.success.errMsg': true,
  'setUserCloudStorage.success.data': false,
  'setUserCloudStorage.fail': false,
  'setUserCloudStorage.complete': false,
  'setUserCloudStorage.return': false,
  'setUserCloudStorage.callback': false,
  'setUserCloudStorage.': false,
  'getUserCloudStorage.success.KVDataList.value': true,
  'login.object.force': true,
  'login.object.force.0': false,
  'login.success.code': true,
  'getSystemInfoSync.return.SDKVersion': true,
  'getSystemInfoSync.return.safeArea.left': true,
  'getEnvInfoSync.return.microapp.envType': true,
  'onNetworkStatusChange': true,
  'setStorage.object.data': true,
  'getSystemInfoSync.object': false,
  'canIUse': true,
  'tt.login': false,
  'getFriendCloudStorage': false,
  'constructor': false,
  'login.toString': false,
  'login.object.valueOf': false,
  '': false,
};
for (const [schema, expected] of Object.entries(CAN)) {
  test(`canIUse("${schema}") is ${expected}`, () => assert.equal(createTT().canIUse(schema), expected));
}

test('canIUse answers false to what is no schema', () => {
  for (const schema of [undefined, null, 1, {}, [], ['login']]) assert.equal(createTT().canIUse(schema), false);
});

test('canIUse follows the emulated host: its version, part by part, and what it lacks', () => {
  const can = (host, schema) => createTT({ state: { host } }).canIUse(schema);
  assert.equal(can({ SDKVersion: '1.9.9' }, 'setUserCloudStorage'), false);
  assert.equal(can({ SDKVersion: '1.10.9' }, 'setUserCloudStorage'), false);
  assert.equal(can({ SDKVersion: '1.11.0' }, 'setUserCloudStorage'), true);
  assert.equal(can({ SDKVersion: '2.0' }, 'setUserCloudStorage'), true);
  assert.equal(can({ unsupported: ['login'] }, 'login.object.force'), false);
  assert.equal(can({ unsupported: ['login'] }, 'checkSession'), true);
});

test('point 18: getUserCloudStorage is in the main domain, unless the world is set to have it in the open one alone', (t) => {
  const lines = listenTo(t, 'info');
  const state = { own_data_in_main: false };
  for (const look of [
    (tt) => tt.getUserCloudStorage !== undefined,
    (tt) => 'getUserCloudStorage' in tt,
    (tt) => Object.keys(tt).includes('getUserCloudStorage'),
    (tt) => Object.prototype.hasOwnProperty.call(tt, 'getUserCloudStorage'),
    (tt) => tt.canIUse('getUserCloudStorage'),
  ]) {
    assert.equal(look(createTT({ state })), false, `${look}`);
    assert.equal(look(createTT()), true, `${look}`);
    assert.equal(look(createTT({ state, domain: 'open' })), true, `${look}`);
  }
  assert.deepEqual([...lines], ['[tt-emulator] tt.getUserCloudStorage is undefined in the main domain:'
    + ' the setting own_data_in_main is off.']);
});

test('what the game sets before it looks is kept', () => {
  const tt = createTT({ state: { own_data_in_main: false } });
  const [login, getUserCloudStorage] = [() => 'mine', () => 'mine too'];
  Object.assign(tt, { login, getUserCloudStorage });
  assert.deepEqual([tt.login, tt.getUserCloudStorage], [login, getUserCloudStorage]);
});

test('what the game defines, deletes or freezes before it looks stays so', () => {
  const defined = createTT({ state: {} });
  Object.defineProperty(defined, 'login', { value: 'mine' });
  assert.equal(defined.login, 'mine');
  const deleted = createTT({ state: {} });
  delete deleted.login;
  assert.equal('login' in deleted, false);
  assert.equal(typeof Object.freeze(createTT({ state: {} })).login, 'function');
});

test('getSystemInfoSync gives every documented field', () => {
  const info = createTT().getSystemInfoSync();
  assert.deepEqual(Object.keys(info).sort(), ['SDKVersion', 'appName', 'brand', 'deviceScore', 'language', 'model',
    'pixelRatio', 'platform', 'safeArea', 'screenHeight', 'screenWidth', 'statusBarHeight', 'system', 'version', 'windowHeight',
    'windowWidth']);
  assert.equal(info.language.substr(0, 2), 'zh');
  assert.equal(info.appName, 'Douyin');
  assert.match(info.SDKVersion, /^\d+\.\d+\.\d+$/);
  assert.deepEqual(info.safeArea, {
    left: 0, top: 0, right: info.windowWidth, bottom: info.windowHeight, width: info.windowWidth, height: info.windowHeight,
  });
});

test('the sizes of the phone are those that the world is set to, and the safe area follows the window', () => {
  const system = { platform: 'ios', windowWidth: 375, windowHeight: 667, pixelRatio: 2, safeArea: { top: 20, bottom: 600 } };
  const info = createTT({ state: { system } }).getSystemInfoSync();
  assert.deepEqual([info.platform, info.windowWidth, info.pixelRatio], ['ios', 375, 2]);
  assert.deepEqual(info.safeArea, { left: 0, right: 375, top: 20, bottom: 600, width: 375, height: 580 });
  const whole = createTT({ state: { system: { windowWidth: 375 } } }).getSystemInfoSync();
  assert.deepEqual(whole.safeArea, {
    left: 0, right: 375, top: 0, bottom: whole.windowHeight, width: 375, height: whole.windowHeight,
  });
});

test('getSystemInfoSync follows the emulated host, each time a new object', () => {
  const state = { host: { appName: 'Toutiao', SDKVersion: '1.11.1' }, system: { model: 'X', deviceScore: 9 } };
  const tt = createTT({ state });
  const { appName, SDKVersion, model, deviceScore, platform } = tt.getSystemInfoSync();
  assert.deepEqual({ appName, SDKVersion, model, deviceScore, platform },
    { appName: 'Toutiao', SDKVersion: '1.11.1', model: 'X', deviceScore: 9, platform: 'android' });
  assert.notEqual(tt.getSystemInfoSync(), tt.getSystemInfoSync());
});

const SYSTEM = { windowWidth: 375, windowHeight: 667, pixelRatio: 2, statusBarHeight: 20, deviceScore: 9, model: 'X' };

test('the narrower infos say what getSystemInfoSync says', () => {
  const tt = createTT({ state: { system: SYSTEM } });
  const info = tt.getSystemInfoSync();
  const { screenTop, ...window } = tt.getWindowInfo();
  const { benchmarkLevel, ...device } = tt.getDeviceInfo();
  const { enableDebug, ...app } = tt.getAppBaseInfo();
  assert.deepEqual([screenTop, benchmarkLevel, enableDebug], [0, 9, false]);
  for (const part of [window, device, app]) {
    for (const [name, value] of Object.entries(part)) assert.deepEqual(value, info[name], name);
  }
});

test('what a synchronous API returns has the fields of the catalog', () => {
  const tt = createTT();
  for (const api of ['getWindowInfo', 'getDeviceInfo', 'getAppBaseInfo', 'getMenuButtonLayout', 'getMenuButtonBoundingClientRect', 'getAccountInfoSync']) {
    const returned = tt[api]();
    for (const field of Object.keys(returned)) assert.equal(tt.canIUse(`${api}.return.${field}`), true, `${api} ${field}`);
    assert.equal(tt.canIUse(`${api}.return.nope`), false);
  }
});

test('the menu button lies below the status bar, within the window, and its sides fit its size', () => {
  const tt = createTT({ state: { system: SYSTEM } });
  const { left, right, top, bottom, width, height } = tt.getMenuButtonLayout();
  assert.deepEqual([right - left, bottom - top], [width, height]);
  assert.ok(top >= 20 && right < 375 && left > 0);
  assert.deepEqual(tt.getMenuButtonBoundingClientRect(), { left, right, top, bottom, width, height });
});

test('what has nothing to do takes what it is given', () => {
  const tt = createTT();
  assert.deepEqual([tt.triggerGC(), tt.setPreferredFramesPerSecond(30), tt.reportAnalytics('start', {}), tt.reportEvent('start')],
    [undefined, undefined, undefined, undefined]);
});

'use strict';

/* What a test's process replaces after wx.js was loaded changes nothing for wx either, its promises included. */
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const vm = require('node:vm');
const { listenTo, outcome } = require('../stub.js');

const WX_JS = require.resolve('../../../emulator/tt_emulator/web/wx.js');
const REPLACE_JS = path.join(__dirname, '../../browser/guest/replace.js');

/** A fetch whose answer is of another make than the realm's. */
const fetch = (url) => new Promise((resolve) => {
  const api = url.split('/').pop();
  const errMsg = api === 'removeUserCloudStorage' ? `${api}:fail` : `${api}:ok`;
  resolve({ status: 200, headers: { get: () => null }, text: async () => JSON.stringify({ errMsg }) });
});

test('all of a realm replaced by what throws changes nothing', async (t) => {
  listenTo(t, 'warn');
  const realm = vm.createContext({ fetch, setTimeout, clearTimeout, console });
  vm.runInContext('globalThis.window = globalThis; globalThis.module = { exports: {} };', realm);
  vm.runInContext(readFileSync(REPLACE_JS, 'utf8'), realm);
  vm.runInContext(readFileSync(WX_JS, 'utf8'), realm, { filename: WX_JS });
  const { createWX } = realm.module.exports;
  const wx = createWX({ url: 'http://127.0.0.1:1', state: {} });
  const replacement = realm.replaceEverything('what throws', [createWX]);
  const saved = wx.setUserCloudStorage({ KVDataList: [] });
  const removed = wx.removeUserCloudStorage({ keyList: [] });
  assert.equal((await outcome(wx, 'login')).reply.errMsg, 'login:ok');
  assert.equal((await outcome(wx, 'getStorage', { key: 'nothing' })).reply.errMsg, 'getStorage:fail data not found');
  assert.equal(wx.getFriendCloudStorage, undefined);
  const { called } = replacement;
  replacement.restore();
  assert.equal(JSON.stringify(called), '[]');
  assert.equal((await saved).errMsg, 'setUserCloudStorage:ok');
  await assert.rejects(async () => removed, { errMsg: 'removeUserCloudStorage:fail' });
});

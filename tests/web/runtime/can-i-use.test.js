'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load } = require('./runtime.js');

async function asked(schema, { SDKVersion = '3.50.0', unsupported = [], offered = true, others = [] } = {}) {
  const { canIUse } = await load('can-i-use');
  return canIUse(schema, { SDKVersion, unsupported }, () => offered, (name) => others.includes(name));
}

test('an API is there from its version on', async () => {
  const at = (SDKVersion) => asked('setUserCloudStorage', { SDKVersion }); // since 1.11.0
  assert.deepEqual(await Promise.all(['1.10.9', '1.11.0', '1.9.12', '2.0.0'].map(at)), [false, true, false, true]);
});

test('one that the host lacks, or that the domain does not offer, is not', async () => {
  assert.equal(await asked('login', { unsupported: ['login'] }), false);
  assert.equal(await asked('login', { offered: false }), false);
});

test('of a method that the catalog does not have only the name is known', async () => {
  assert.equal(await asked('createBannerAd', { others: ['createBannerAd'] }), true);
  assert.equal(await asked('createBannerAd.object.title', { others: ['createBannerAd'] }), false);
  assert.equal(await asked('createBannerAd'), false);
});

test('options, results and what is in them can be asked for', async () => {
  const known = ['setUserCloudStorage.object.KVDataList.key', 'login.success.code', 'getSystemInfoSync.return.safeArea.top', 'login.object.success'];
  const unknown = ['login.callback.code', 'login.return.code', 'login.success.nope', 'login.object.force.key',
    'setUserCloudStorage.object.KVDataList.nope', 'setUserCloudStorage.object.KVDataList.key.more', '', 'toString'];
  for (const schema of known) assert.equal(await asked(schema), true, schema);
  for (const schema of [...unknown, undefined, 1, null]) assert.equal(await asked(schema), false, String(schema));
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load } = require('./runtime.js');
const assembled = require('../../../emulator/tt_emulator/web/tt.js');

test('loaded as modules they make what the one script makes', async () => {
  await load('tt/install'); // where there is neither a page nor require, as a worker does by importScripts
  const { VERSION } = await load('version');
  const { createTT } = await load('tt/create-tt');
  assert.equal(globalThis.createTT, createTT);
  assert.equal(VERSION, assembled.version);
  for (const domain of ['main', 'open']) {
    const url = 'http://127.0.0.1:9';
    assert.deepEqual(Object.keys(createTT({ url, domain })), Object.keys(assembled.createTT({ url, domain })));
  }
});

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load, noting } = require('./runtime.js');

const OK = { reply: { errMsg: 'showModal:ok' } };
const failed = (api, row) => ({ errMsg: `${api}:fail ${row}` });

async function finished(act, answer = OK) {
  const { createFinisher } = await load('finisher');
  const acts = { showModal: act };
  return createFinisher(acts, acts, () => 1, failed, noting())('showModal', '{}')(answer);
}

test('what an act makes later is waited for, and part of the reply', async () => {
  assert.deepEqual((await finished(async () => ({ confirm: true }))).reply, { errMsg: 'showModal:ok', confirm: true });
});

test('an act that is refused later fails as one that is refused at once', async () => {
  const { Refusal } = await load('replies');
  const refuse = () => { throw new Refusal('user-cancelled'); };
  for (const act of [refuse, async () => refuse()]) {
    assert.deepEqual((await finished(act)).reply, { errMsg: 'showModal:fail user-cancelled' });
  }
});

test('an act that breaks fails by the internal error, at once and later', async () => {
  const broken = () => { throw new TypeError('mine'); };
  for (const act of [broken, async () => broken()]) {
    assert.deepEqual((await finished(act)).reply, { errMsg: 'showModal:fail internal-error' });
  }
});

test('after a failure of the emulator nothing is done', async () => {
  const answer = { reply: { errMsg: 'showModal:fail' } };
  assert.equal(await finished(() => assert.fail(), answer), answer);
});

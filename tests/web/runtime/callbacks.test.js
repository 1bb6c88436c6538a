'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { setTimeout: wait } = require('node:timers/promises');
const { load } = require('./runtime.js');

const OK = { errMsg: 'login:ok', code: 'c' };
const FAILED = { errMsg: 'login:fail app in background' };

/** Callbacks that note their name and what they got in `heard`; those of `throwing` throw then. */
function listening(throwing = []) {
  const heard = [];
  const callback = (name) => (reply) => {
    heard.push([name, reply]);
    if (throwing.includes(name)) throw new Error(name);
  };
  return { heard, success: callback('success'), fail: callback('fail'), complete: callback('complete') };
}

test('success or fail, then complete, with the same object', async () => {
  const { deliver } = await load('callbacks');
  for (const [reply, outcome] of [[OK, 'success'], [FAILED, 'fail']]) {
    const callbacks = listening();
    deliver('login', callbacks, reply);
    assert.deepEqual(callbacks.heard, [[outcome, reply], ['complete', reply]]);
    assert.equal(callbacks.heard[0][1], callbacks.heard[1][1]);
  }
});

test('what is no function is not called', async () => {
  const { deliver } = await load('callbacks');
  for (const other of [undefined, null, 'text', {}]) deliver('login', { success: other, complete: other }, OK);
});

test('a callback that throws is told of and keeps nothing from the others', async (t) => {
  const told = t.mock.method(console, 'error', () => {});
  const { deliver } = await load('callbacks');
  const callbacks = listening(['success', 'complete']);
  deliver('login', callbacks, OK);
  deliver('login', { success: async () => { throw new Error('later'); } }, OK);
  await wait();
  assert.deepEqual(callbacks.heard.map(([name]) => name), ['success', 'complete']);
  assert.deepEqual(told.mock.calls.map(({ arguments: [sentence, error] }) => [sentence, error.message]), [
    ['[tt-emulator] the success callback of tt.login threw:', 'success'],
    ['[tt-emulator] the complete callback of tt.login threw:', 'complete'],
    ['[tt-emulator] the success callback of tt.login threw:', 'later'],
  ]);
});

test('each fault of the runtime does what its word says', async (t) => {
  const told = t.mock.method(console, 'error', () => {});
  const { CLIENT_FAULTS } = await load('callbacks');
  const heardOf = async (word, api, reply) => {
    const callbacks = listening();
    CLIENT_FAULTS[word](api, callbacks, reply);
    const atOnce = callbacks.heard.splice(0);
    await wait();
    return callbacks.heard.length > 0 ? [...atOnce, 'later', ...callbacks.heard] : atOnce;
  };
  assert.deepEqual(await heardOf('twice', 'login', OK), [
    ['success', OK], ['complete', OK], 'later', ['success', OK], ['complete', OK]]);
  assert.deepEqual(await heardOf('never', 'login', OK), []);
  assert.deepEqual(await heardOf('throw', 'login', OK), []);
  assert.equal(told.mock.callCount(), 1);
  const without = { errMsg: 'login:ok', code: null, anonymousCode: null, isLogin: null };
  assert.deepEqual(await heardOf('malformed_ok', 'login', OK), [['success', without], ['complete', without]]);
  assert.deepEqual(await heardOf('malformed_ok', 'checkSession', { errMsg: 'checkSession:ok' }), [['success', {}], ['complete', {}]]);
});

'use strict';

/* The questions to the player by themselves: which windows come, in what order, and whom an answer reaches. */
const assert = require('node:assert/strict');
const { test } = require('node:test');

const FRIENDS = 'scope.WxFriendInteraction';
const OTHERS = 'scope.interactedUserInfo';
const undetermined = { scopes: { [FRIENDS]: 'undetermined', [OTHERS]: 'undetermined' }, privacy: 'agreed' };

/** Windows that a test answers: {consent, drawn, told, answer(yes)}; `state` may change. */
async function asking(state) {
  const { createConsent } = await import('../../../emulator/tt_emulator/web/runtime/wx/consent.js');
  const drawn = [];
  const told = [];
  const waiting = [];
  const draw = (...window) => {
    drawn.push(window.join(' '));
    return new Promise((resolve) => { waiting.push(resolve); });
  };
  const consent = createConsent(async () => state, async (answer) => { told.push(answer); }, draw);
  const turn = () => new Promise(setImmediate);
  const answer = async (yes) => {
    await turn();
    waiting.shift()(yes);
    await turn();
  };
  return { consent, drawn, told, answer, turn };
}

test('an undetermined scope is asked for, and the emulator is told the answer before the call goes on', async () => {
  const { consent, drawn, told, answer } = await asking(undetermined);
  const goesOn = consent.need('getFriendCloudStorage', [FRIENDS]);
  await answer(false);
  await goesOn;
  assert.deepEqual(drawn, [`scope ${FRIENDS} getFriendCloudStorage`]);
  assert.deepEqual(told, [{ scope: FRIENDS, answer: 'denied' }]);
});

for (const held of ['granted', 'denied']) {
  test(`one that is ${held} is not`, async () => {
    const { consent, drawn } = await asking({ ...undetermined, scopes: { [FRIENDS]: held } });
    await consent.need('getFriendCloudStorage', [FRIENDS]);
    assert.deepEqual(drawn, []);
  });
}

test('calls that wait for the same answer share one window', async () => {
  const { consent, drawn, told, answer } = await asking(undetermined);
  const calls = ['getFriendCloudStorage', 'getUserInfo', 'getGroupInfo'].map((api) => consent.need(api, [FRIENDS]));
  await answer(true);
  await Promise.all(calls);
  assert.equal(drawn.length, 1);
  assert.deepEqual(told, [{ scope: FRIENDS, answer: 'granted' }]);
});

test('windows come one after the other', async () => {
  const { consent, drawn, answer, turn } = await asking(undetermined);
  const calls = [consent.need('getUserInteractiveStorage', [FRIENDS]), consent.need('getRelationFriendList', [OTHERS])];
  await turn();
  assert.equal(drawn.length, 1);
  await answer(true);
  assert.equal(drawn.length, 2);
  await answer(true);
  await Promise.all(calls);
});

test('privacy is asked for first; who refuses it is asked for no more', async () => {
  const { consent, drawn, told, answer } = await asking({ ...undetermined, privacy: 'undecided' });
  const goesOn = consent.need('getFriendCloudStorage', [FRIENDS, 'privacy']);
  await answer(false);
  await goesOn;
  assert.deepEqual(drawn, ['privacy agreement getFriendCloudStorage']);
  assert.deepEqual(told, [{ privacy: true, answer: 'denied' }]);
});

test('after a refusal of privacy no window comes until the world\'s clock is there', async () => {
  const again = '2026-01-01T00:00:10.000Z';
  const state = { ...undetermined, privacy: 'refused', asks_again_at: again, now: '2026-01-01T00:00:09.999Z' };
  const { consent, drawn, told, answer, turn } = await asking(state);
  const fails = consent.need('getFriendCloudStorage', [FRIENDS, 'privacy']);
  await turn();
  assert.deepEqual([drawn, told], [[], []]);
  await fails;
  state.now = again;
  const goesOn = consent.need('getFriendCloudStorage', [FRIENDS, 'privacy']);
  await answer(true);
  await answer(true);
  await goesOn;
  assert.deepEqual(drawn, ['privacy agreement getFriendCloudStorage', `scope ${FRIENDS} getFriendCloudStorage`]);
});

for (const privacy of ['undeclared', 'unannounced', 'no-popup']) {
  test(`what the game has not set up asks nobody: ${privacy}`, async () => {
    const { consent, drawn, turn } = await asking({ ...undetermined, privacy });
    const fails = consent.need('getFriendCloudStorage', [FRIENDS, 'privacy']);
    await turn();
    assert.deepEqual(drawn, []);
    await fails;
  });
}

test('each confirmation is a window of its own', async () => {
  const { consent, drawn, answer } = await asking(undetermined);
  const first = consent.confirm('interaction', 'modifyFriendInteractiveStorage');
  const second = consent.confirm('interaction', 'modifyFriendInteractiveStorage');
  await answer(true);
  await answer(false);
  assert.deepEqual([await first, await second], [true, false]);
  assert.equal(drawn.length, 2);
});

test('an answer that the emulator did not hear ends the window all the same', async () => {
  const { createConsent } = await import('../../../emulator/tt_emulator/web/runtime/wx/consent.js');
  const consent = createConsent(async () => undetermined, async () => { throw new Error('gone'); }, async () => true);
  await assert.rejects(consent.need('getUserInfo', [FRIENDS]), /gone/);
  assert.equal(await consent.confirm('sharing', 'shareMessageToFriend'), true);
});

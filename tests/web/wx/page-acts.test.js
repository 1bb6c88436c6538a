'use strict';

/* What a page adds to calls of this platform's own, by itself. */
const assert = require('node:assert/strict');
const { test } = require('node:test');

const FRIENDS = 'scope.WxFriendInteraction';
const OTHERS = 'scope.interactedUserInfo';

async function settingAfter(answers) {
  const { ownActParts } = await import('../../../emulator/tt_emulator/web/runtime/wx/page-acts.js');
  return ownActParts({ asking: answers && { answers: async () => answers } }).consent.getSetting();
}

test('the settings of who was asked for nothing are empty', async () => {
  assert.deepEqual(await settingAfter({ [FRIENDS]: 'undetermined', [OTHERS]: 'undetermined' }), { authSetting: {} });
  assert.deepEqual(await settingAfter(null), { authSetting: {} });
});

test('they have what the player said, and nothing that was not asked', async () => {
  assert.deepEqual(await settingAfter({ [FRIENDS]: 'denied', [OTHERS]: 'undetermined' }), { authSetting: { [FRIENDS]: false } });
});

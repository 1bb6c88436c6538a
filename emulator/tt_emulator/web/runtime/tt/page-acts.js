// What a page does on calls of this platform's own.
import { isTouched } from '../browser.js';
import { intrinsic } from '../language.js';
import { askConsent, permissionActs } from '../permissions.js';
import { pick } from '../pick.js';
import { Refusal } from '../replies.js';

// There is no sidebar.
const SIDEBAR = {
  checkScene: () => ({ isExist: false }),
  navigateToScene() { throw new Refusal('nowhere-to-go'); },
};

const GRANTED_AT_FIRST = { 'scope.screenRecord': true };

export const OWN_ACTS = {
  ...pick('permissions', ['authorize', 'getSetting']),
  ...pick('shortcut', ['addShortcut', 'checkShortcut']),
  ...pick('sidebar', ['checkScene', 'navigateToScene']),
};

function shortcutActs() {
  let exist = false;
  return {
    async addShortcut() {
      if (!isTouched('isActive', true)) throw new Refusal('gesture-missing');
      if (!await intrinsic(askConsent('添加到桌面？'))) throw new Refusal('user-cancelled');
      exist = true;
      return {};
    },
    checkShortcut: () => ({ status: { exist, needUpdate: false } }),
  };
}

/** What those are made of. */
export const ownActParts = () => ({ permissions: permissionActs(GRANTED_AT_FIRST), shortcut: shortcutActs(), sidebar: SIDEBAR });

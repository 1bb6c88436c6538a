// What a player is asked for, and what a game may do once they have agreed.
import { atNavigator, isTouched } from './browser.js';
import { askPlayer } from './dialogs.js';
import { button, element } from './elements.js';
import { intrinsic } from './language.js';
import { has, quietly } from './natives.js';
import { Refusal } from './replies.js';

const SCOPES = {
  'scope.userInfo': '用户信息', 'scope.userLocation': '位置信息', 'scope.record': '录音', 'scope.album': '相册', 'scope.camera': '摄像头',
  'scope.calendar': '日历', 'scope.gameClub': '游戏圈', 'scope.groupTag': '群标签',
};

export const askConsent = (text) => askPlayer({ role: 'alertdialog' }, (choose) => [element('p', {}, [text]),
  element('footer', {}, [button('拒绝', choose(false)), button('允许', choose(true), { class: 'main' })])]);

/** Each scope that is not `granted` from the first is asked for once; the page remembers until it is left. */
export function permissionActs(grantedAtFirst) {
  const granted = { ...grantedAtFirst };
  return {
    async authorize({ scope }) {
      if (!has(granted, scope)) granted[scope] = await intrinsic(askConsent('允许获取' + (SCOPES[scope] || scope) + '？'));
      if (!granted[scope]) throw new Refusal('scope-refused');
      return { data: { [scope]: 'ok' } };
    },
    getSetting: () => ({ authSetting: { ...granted } }),
  };
}

/** Of the page alone: a browser asks its user before it hands out the computer's. */
export function clipboardActs() {
  let kept = '';
  return {
    setClipboardData({ data }) { kept = data; },
    getClipboardData: () => ({ data: kept }),
  };
}

/** Nothing is sent: the player says how it ends. */
export const sharingActs = () => ({
  showShareMenu() {},
  async shareAppMessage() {
    if (!isTouched('isActive', true)) throw new Refusal('gesture-missing');
    if (!await intrinsic(askConsent('分享给好友？'))) throw new Refusal('user-cancelled');
    return {};
  },
});

/** Browsers refuse, and say so in the console, until somebody has touched the page. */
const vibrate = (duration_ms) => () => {
  if (isTouched('hasBeenActive', false)) quietly(() => atNavigator.vibrate(duration_ms));
};
export const vibrationActs = () => ({ vibrateShort: vibrate(15), vibrateLong: vibrate(400) });

/** What has nobody to go to. */
export const nowhereActs = () => ({
  requestSubscribeMessage() { throw new Refusal('internal-error'); },
  navigateToMiniProgram() { throw new Refusal('unsupported-on-game'); },
});

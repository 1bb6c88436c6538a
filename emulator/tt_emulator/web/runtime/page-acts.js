// What a page does of a call of the catalog once the emulator has said ok.
import { dialogActs } from './dialogs.js';
import { keyboardActs } from './keyboard.js';
import { array } from './language.js';
import { object } from './natives.js';
import { clipboardActs, nowhereActs, permissionActs, sharingActs, shortcutActs, vibrationActs } from './permissions.js';
import { orientationActs, sensorActs } from './sensors.js';
import { loadSubpackage } from './subpackages.js';

const SENSORS = ['startAccelerometer', 'stopAccelerometer', 'startGyroscope', 'stopGyroscope'];

const named = (part, names) => array.reduce(names, (acts, name) => ({ ...acts, [name]: (parts) => parts[part][name] }), {});

/** By the names of the APIs that are there only in a page: how the act is made. */
export const PAGE_ACTS = {
  ...named('sensors', SENSORS),
  ...named('orientation', ['setDeviceOrientation']),
  ...named('dialogs', ['showToast', 'hideToast', 'showLoading', 'hideLoading', 'showModal', 'showActionSheet']),
  ...named('permissions', ['authorize', 'getSetting']),
  ...named('shortcut', ['addShortcut', 'checkShortcut']),
  ...named('clipboard', ['setClipboardData', 'getClipboardData']),
  ...named('nowhere', ['requestSubscribeMessage', 'navigateToMiniProgram', 'checkScene', 'navigateToScene']),
  ...named('sharing', ['showShareMenu', 'shareAppMessage']),
  ...named('vibration', ['vibrateShort', 'vibrateLong']),
  ...named('subpackages', ['loadSubpackage']),
  ...named('keyboard', ['showKeyboard', 'updateKeyboard', 'hideKeyboard']),
};

/** The acts by their API: (options, kept, turn) → what they add to the reply, or a promise of it. They throw Refusal. */
export function pageActs(phone) {
  const parts = {
    sensors: sensorActs(),
    orientation: orientationActs(phone.events, phone.info),
    dialogs: dialogActs(),
    permissions: permissionActs(),
    shortcut: shortcutActs(),
    clipboard: clipboardActs(),
    nowhere: nowhereActs(),
    sharing: sharingActs(),
    vibration: vibrationActs(),
    subpackages: { loadSubpackage },
    keyboard: keyboardActs(phone.events),
  };
  return array.reduce(object.keys(PAGE_ACTS), (acts, name) => ({ ...acts, [name]: PAGE_ACTS[name](parts) }), {});
}

// What a page does of a call of the catalog once the emulator has said ok.
import { OWN_ACTS, ownActParts } from '#platform/page-acts.js';
import { dialogActs } from './dialogs.js';
import { keyboardActs } from './keyboard.js';
import { array } from './language.js';
import { object } from './natives.js';
import { clipboardActs, nowhereActs, sharingActs, vibrationActs } from './permissions.js';
import { pick } from './pick.js';
import { orientationActs, sensorActs } from './sensors.js';
import { loadSubpackage } from './subpackages.js';

const SENSORS = ['startAccelerometer', 'stopAccelerometer', 'startGyroscope', 'stopGyroscope'];

/** By the names of the APIs that are there only in a page: how the act is made. */
export const PAGE_ACTS = {
  ...pick('sensors', SENSORS),
  ...pick('orientation', ['setDeviceOrientation']),
  ...pick('dialogs', ['showToast', 'hideToast', 'showLoading', 'hideLoading', 'showModal', 'showActionSheet']),
  ...pick('clipboard', ['setClipboardData', 'getClipboardData']),
  ...pick('nowhere', ['requestSubscribeMessage', 'navigateToMiniProgram']),
  ...pick('sharing', ['showShareMenu', 'shareAppMessage']),
  ...pick('vibration', ['vibrateShort', 'vibrateLong']),
  ...pick('subpackages', ['loadSubpackage']),
  ...pick('keyboard', ['showKeyboard', 'updateKeyboard', 'hideKeyboard']),
  ...OWN_ACTS,
};

/** The acts by their API: (options, kept, turn) → what they add to the reply, or a promise of it. They throw Refusal. */
export function pageActs(phone) {
  const parts = {
    sensors: sensorActs(),
    orientation: orientationActs(phone.events, phone.info),
    dialogs: dialogActs(),
    clipboard: clipboardActs(),
    nowhere: nowhereActs(),
    sharing: sharingActs(),
    vibration: vibrationActs(),
    subpackages: { loadSubpackage },
    keyboard: keyboardActs(phone.events),
    ...ownActParts(phone),
  };
  return array.reduce(object.keys(PAGE_ACTS), (acts, name) => ({ ...acts, [name]: PAGE_ACTS[name](parts) }), {});
}

// wx.openSetting: where a player takes back what they said to a scope.
import { getter, setter } from '../classes.js';
import { askPlayer } from '../dialogs.js';
import { button, element } from '../elements.js';
import { array, each, intrinsic } from '../language.js';
import { localMethod } from '../local-methods.js';
import { object } from '../natives.js';
import { ASKING_SENTENCES } from './asking-sentences.js';

/** Draws a switch for each scope; → a promise of what they are set to when the player has done. */
function drawSetting(granted) {
  const boxes = object.create(null);
  const rows = array.map(object.keys(granted), (scope) => {
    boxes[scope] = element('input', { type: 'checkbox', role: 'switch' });
    setter.input.checked(boxes[scope], granted[scope]);
    return element('li', {}, [element('label', {}, [boxes[scope], ' ' + ASKING_SENTENCES['short ' + scope]()])]);
  });
  const title = ASKING_SENTENCES.setting();
  return askPlayer({ role: 'dialog', 'aria-modal': 'true', 'aria-label': title }, (choose) => [
    element('header', {}, [element('h2', {}, [title])]),
    rows.length > 0 ? element('ol', {}, rows) : element('p', {}, [ASKING_SENTENCES.nothingAsked()]),
    element('footer', {}, [button(ASKING_SENTENCES.done(), () => {
      const set = {};
      each(boxes, (scope, box) => { set[scope] = getter.input.checked(box); });
      choose(set)();
    }, { class: 'main' })]),
  ]);
}

/** What the player has said so far, as getSetting has it. */
export async function authSettingOf(asking) {
  const authSetting = {};
  each(await intrinsic(asking.answers()), (scope, answer) => {
    if (answer !== 'undetermined') authSetting[scope] = answer === 'granted';
  });
  return authSetting;
}

async function changeSetting(asking) {
  const before = await intrinsic(authSettingOf(asking));
  const authSetting = await intrinsic(drawSetting(before));
  const changed = array.filter(object.keys(authSetting), (scope) => authSetting[scope] !== before[scope]);
  for (let at = 0; at < changed.length; at += 1) await intrinsic(asking.change(changed[at], authSetting[changed[at]]));
  return { authSetting };
}

/** wx.openSetting; where nobody can be asked it fails, bare. */
export const openSetting = (asking) => localMethod('openSetting', asking === null ? undefined : () => changeSetting(asking));

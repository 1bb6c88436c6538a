// What a page does on calls of this platform's own.
import { each, intrinsic } from '../language.js';
import { pick } from '../pick.js';
import { Refusal } from '../replies.js';

export const OWN_ACTS = { ...pick('consent', ['authorize', 'getSetting']) };

/** The player's answers are the emulator's: one that is not given is asked for. */
const consentActs = (phone) => ({
  async authorize({ scope }) {
    if (phone.asking === null || !(await intrinsic(phone.asking.scope(scope, 'authorize')))) throw new Refusal('scope-refused');
    return {};
  },
  async getSetting() {
    const authSetting = {};
    if (phone.asking === null) return { authSetting };
    each(await intrinsic(phone.asking.answers()), (scope, answer) => {
      if (answer !== 'undetermined') authSetting[scope] = answer === 'granted';
    });
    return { authSetting };
  },
});

/** What those are made of. */
export const ownActParts = (phone) => ({ consent: consentActs(phone) });

// What a page does on calls of this platform's own.
import { each, intrinsic } from '../language.js';
import { has } from '../natives.js';
import { permissionActs } from '../permissions.js';
import { pick } from '../pick.js';

export const OWN_ACTS = { ...pick('consent', ['authorize', 'getSetting']) };

/** What the player says to a scope of the catalog the emulator keeps, to any other the page. */
function consentActs(asking) {
  const others = permissionActs();
  const known = async () => (asking === null ? {} : asking.answers());
  return {
    /** Those of the catalog were asked for before the call. */
    async authorize({ scope }) {
      if (!has(await intrinsic(known()), scope)) await intrinsic(others.authorize({ scope }));
      return {};
    },
    async getSetting() {
      const { authSetting } = others.getSetting();
      each(await intrinsic(known()), (scope, answer) => {
        if (answer !== 'undetermined') authSetting[scope] = answer === 'granted';
      });
      return { authSetting };
    },
  };
}

/** What those are made of. */
export const ownActParts = (phone) => ({ consent: consentActs(phone.asking) });

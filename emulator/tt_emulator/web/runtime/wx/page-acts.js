// What a page does on calls of this platform's own.
import { intrinsic } from '../language.js';
import { has } from '../natives.js';
import { permissionActs } from '../permissions.js';
import { pick } from '../pick.js';
import { authSettingOf } from './setting.js';

export const OWN_ACTS = { ...pick('consent', ['authorize', 'getSetting']) };

/** What the player says to a scope of the catalog the emulator keeps, to any other the page. */
function consentActs(asking) {
  const others = permissionActs();
  const known = () => (asking === null ? {} : asking.answers());
  return {
    /** Those of the catalog were asked for before the call. */
    async authorize({ scope }) {
      if (!has(await intrinsic(known()), scope)) await intrinsic(others.authorize({ scope }));
      return {};
    },
    async getSetting() {
      const { authSetting } = others.getSetting();
      return { authSetting: { ...authSetting, ...(asking === null ? {} : await intrinsic(authSettingOf(asking))) } };
    },
  };
}

/** What those are made of. */
export const ownActParts = (phone) => ({ consent: consentActs(phone.asking) });

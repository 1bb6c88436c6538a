// What a page's wx has beside the catalog. The open domain's are a list of the platform's: what is not there is undefined.
import { has, String } from '../natives.js';
import { asObject } from '../passed.js';
import { CATALOG } from './catalog.js';
import { COMMON, COMMON_OF_BOTH } from '../member-table.js';
import { createNativeButton } from '../native-buttons.js';
import { ENV } from './host.js';
import { array } from '../language.js';
import { OWN_SENTENCES } from './sentences.js';
import { openSetting } from './setting.js';
import { takeMode } from './shared-canvas.js';

/** A button that a game lays over its canvas; whose information a tap would tell is not emulated. */
const userInfoButton = (log) => (passed) => createNativeButton(passed, (options, heard) => {
  log.say('info', OWN_SENTENCES.noUserInfo());
  heard({ errMsg: 'getUserInfo:fail auth deny' });
});

/** A tap opens the setting, and is told what comes of it. */
const settingButton = (open) => (passed) => createNativeButton(passed, (options, complete) => open({ complete }));

/** The context; its mode is that of the first call. */
function openContext({ context, phone, log }, options) {
  const opened = context.get(options);
  const { sharedCanvasMode: mode } = asObject(options);
  if (!takeMode(opened.canvas, mode, phone)) log.say('warn', OWN_SENTENCES.otherMode(String(mode)));
  return opened;
}

export const MEMBERS = {
  main: {
    ...COMMON_OF_BOTH,
    getOpenDataContext: (parts) => (options) => openContext(parts, options),
    ...COMMON.main,
    createUserInfoButton: ({ log }) => userInfoButton(log),
    openSetting: ({ phone }) => openSetting(phone.asking),
    createOpenSettingButton: ({ phone }) => settingButton(openSetting(phone.asking)),
    getEnterOptionsSync: ({ life }) => life.getLaunchOptionsSync,
    onInteractiveStorageModified: ({ phone }) => phone.handedOver.interactiveModified.on,
    onShareMessageToFriend: ({ phone }) => phone.handedOver.messageShared.on,
    offShareMessageToFriend: ({ phone }) => phone.handedOver.messageShared.off,
  },
  open: { ...COMMON_OF_BOTH, ...COMMON.open },
};
/** What the main domain has beside those by a setting. */
export const membersBySetting = () => ({});
// In Node, too.
export const MEMBERS_EVERYWHERE = { main: { env: () => ({ ...ENV }) }, open: {} };

const isIn = (name, domain) => has(MEMBERS[domain], name) || has(MEMBERS_EVERYWHERE[domain], name)
  || (has(CATALOG, name) && !CATALOG[name].memberOf && array.includes(CATALOG[name].domains, domain));

/** Why wx does not have that name, by a rule of this platform's own; else null. */
export function ownCauseOf(name, { domain }) {
  if (isIn(name, domain)) return null;
  if (domain === 'main') return isIn(name, 'open') ? 'onlyInOpen' : null;
  return isIn(name, 'main') ? 'notAllowed' : null;
}

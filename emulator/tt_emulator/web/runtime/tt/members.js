// What a page's tt has beside the catalog.
import { COMMON, COMMON_OF_BOTH } from '../member-table.js';
import { cancelAnimationFrame, has, inPage, requestAnimationFrame } from '../natives.js';
import { ENV } from './host.js';
import { recorderGetter } from './recorder.js';
import { OWN_SENTENCES } from './sentences.js';

// Every name that a domain has only in a page, and how it is made: install, the hints of the console and canIUse go by these.
const MEMBERS_OF_BOTH = {
  ...COMMON_OF_BOTH,
  requestAnimationFrame: () => (callback) => requestAnimationFrame(callback),
  cancelAnimationFrame: () => (id) => cancelAnimationFrame(id),
};
export const MEMBERS = {
  main: {
    ...MEMBERS_OF_BOTH,
    getOpenDataContext: ({ context }) => () => context.get(),
    postMessage: ({ context }) => (message) => context.get().postMessage(message), // games post on the namespace, too
    ...COMMON.main,
    getGameRecorderManager: ({ log }) => recorderGetter(log),
  },
  open: {
    ...MEMBERS_OF_BOTH,
    ...COMMON.open,
    offMessage: ({ inbox }) => inbox.leave,
    postMessage: ({ isTwoWay, outbox, log }) => (isTwoWay ? outbox.post : () => log.say('error', OWN_SENTENCES.oneWay())),
  },
};
// Of the open data domain, in the main one by the setting two_way_messages.
const TWO_WAY_MEMBERS = { onMessage: ({ context }) => context.outbox.listen, offMessage: ({ context }) => context.outbox.leave };
/** What the main domain has beside those by a setting. */
export const membersBySetting = (state) => (state.two_way_messages === true ? TWO_WAY_MEMBERS : {});
// In Node, too.
export const MEMBERS_EVERYWHERE = { main: { env: () => ({ ...ENV }) }, open: {} };

/** Why tt does not have that name, by a rule of this platform's own; else null. */
export function ownCauseOf(name, { domain, compat }) {
  if (name === 'getFriendCloudStorage') return compat === 'wx' ? 'elsewhere' : 'wechat'; // by compat the open one has it
  if (inPage && domain === 'main' && has(TWO_WAY_MEMBERS, name)) return 'twoWay';
  return name === 'getUserCloudStorage' ? 'ownData' : null;
}

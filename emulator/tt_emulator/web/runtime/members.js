// What a page's tt has beside the catalog.
import { createAd } from './ads.js';
import { ownRealm } from './browser.js';
import { CATALOG } from './catalog.js';
import { otherThan } from './domains.js';
import { canvasOf } from './elements.js';
import { array, each } from './language.js';
import { lifeCycleMembers } from './life-cycle.js';
import { managerMembers } from './managers.js';
import { cancelAnimationFrame, has, Image, inPage, requestAnimationFrame } from './natives.js';
import { buttonMembers } from './native-buttons.js';
import { createContext, withFixedSize } from './open-data-context.js';
import { PAGE_ACTS } from './page-acts.js';
import { ENV } from './phone-defaults.js';
import { EVENT_MEMBERS, eventMembers, hearWindow } from './phone-events.js';
import { canvasMaker, catchTouches } from './screen.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';
import { createTouches, TOUCHES, touchMembers } from './touches.js';

/** Members by their name, each made from what is in `parts`: {screen, context, life, …}. */
const pick = (part, names) => array.reduce(names, (members, name) => ({ ...members, [name]: (parts) => parts[part][name] }), {});
const ads = (names) => array.reduce(names, (members, name) => ({ ...members, [name]: ({ log }) => () => createAd(name, log) }), {});

// Every name that a domain has only in a page, and how it is made: install, the hints of the console and canIUse go by these.
const MEMBERS_OF_BOTH = {
  ...pick('touches', array.reduce(TOUCHES, (names, kind) => array.concat(names, ['onTouch' + kind, 'offTouch' + kind]), [])),
  createCanvas: ({ createCanvas }) => createCanvas,
  createImage: () => () => new Image(),
  requestAnimationFrame: () => (callback) => requestAnimationFrame(callback),
  cancelAnimationFrame: () => (id) => cancelAnimationFrame(id),
};
export const MEMBERS = {
  main: {
    ...MEMBERS_OF_BOTH,
    getOpenDataContext: ({ context }) => () => context.get(),
    postMessage: ({ context }) => (message) => context.get().postMessage(message), // games post on the namespace, too
    ...pick('events', EVENT_MEMBERS),
    ...pick('life', ['getLaunchOptionsSync', 'onShow', 'offShow', 'onHide', 'offHide', 'onError', 'offError']),
    ...pick('managers', ['getUpdateManager', 'getPerformance', 'getLogManager', 'getRealtimeLogManager', 'getGameRecorderManager']),
    onShareAppMessage: ({ sharing }) => sharing.on, // heard by nobody: there is nowhere to share to
    offShareAppMessage: ({ sharing }) => sharing.off,
    onShareTimeline: ({ timeline }) => timeline.on,
    offShareTimeline: ({ timeline }) => timeline.off,
    ...pick('buttons', ['createUserInfoButton', 'createOpenSettingButton', 'createGameClubButton', 'createFeedbackButton']),
    ...ads(['createRewardedVideoAd', 'createInterstitialAd', 'createBannerAd']),
  },
  open: {
    ...MEMBERS_OF_BOTH,
    getSharedCanvas: ({ shared }) => () => shared,
    onMessage: ({ inbox }) => inbox.listen,
    offMessage: ({ inbox }) => inbox.leave,
    postMessage: ({ isTwoWay, outbox, log }) => (isTwoWay ? outbox.post : () => log.say('error', SENTENCES.oneWay())),
  },
};
// Of the open data domain, in the main one by the setting two_way_messages.
const TWO_WAY_MEMBERS = { onMessage: ({ context }) => context.outbox.listen, offMessage: ({ context }) => context.outbox.leave };
// In Node, too.
export const MEMBERS_EVERYWHERE = { main: { env: () => ({ ...ENV }) }, open: {} };

/** Whether the page's tt of that domain has, in some world, the name. */
const isMember = (name, domain) => has(MEMBERS[domain], name) || has(MEMBERS_EVERYWHERE[domain], name)
  || (has(CATALOG, name) && !CATALOG[name].memberOf && array.includes(CATALOG[name].domains, domain));

/** Why tt does not have that name, as ABSENCES has it. */
export function causeOfAbsence(name, { domain, compat }) {
  if (name === 'getFriendCloudStorage') return compat === 'wx' ? 'elsewhere' : 'wechat'; // by compat the open one has it
  if (!inPage && (!has(CATALOG, name) || has(PAGE_ACTS, name))) return causeOutsidePages(name, domain);
  if (domain === 'main' && has(TWO_WAY_MEMBERS, name)) return 'twoWay';
  if (name === 'getUserCloudStorage') return 'ownData';
  return isMember(name, otherThan(domain)) && !isMember(name, domain) ? 'elsewhere' : 'unknown';
}

/** Where there is one domain alone, the main one, unless its maker wants the other. */
function causeOutsidePages(name, domain) {
  if (domain === 'open' && isMember(name, 'main') && !isMember(name, 'open')) {
    return has(MEMBERS_EVERYWHERE.main, name) ? 'elsewhere' : 'elsewhereInPages';
  }
  return has(MEMBERS.main, name) || has(MEMBERS.open, name) || has(PAGE_ACTS, name) ? 'pages' : 'unknown';
}

/** The members of `table`, made. */
export function madeOf(table, parts) {
  const members = {};
  each(table, (name, make) => { members[name] = make(parts); });
  return members;
}

/** All that tt has in the main domain of a page beside the catalog. */
export function mainMembers(config, state, phone, log) {
  const touches = createTouches(catchTouches);
  const parts = {
    log,
    createCanvas: canvasMaker(phone, log),
    touches: touchMembers(touches, ownRealm, log),
    context: createContext(config, state, phone, touches, log),
    events: eventMembers(phone.events),
    life: lifeCycleMembers(),
    managers: managerMembers(log),
    buttons: buttonMembers(phone.call),
    sharing: createSignal(() => {}),
    timeline: createSignal(() => {}),
  };
  hearWindow(phone.events, phone.info);
  phone.openContext = parts.context.get;
  return madeOf({ ...MEMBERS.main, ...(state.two_way_messages === true ? TWO_WAY_MEMBERS : {}) }, parts);
}

/** The same in the open data domain, of what the main one has handed over. */
export function openMembers(handover, phone, log) {
  const shared = handover.isStrict ? withFixedSize(handover.canvas) : handover.canvas;
  return madeOf(MEMBERS.open, { ...handover, shared, log, createCanvas: () => canvasOf(phone.canvasSize()) });
}

// What of the phone is this platform's own.
import { array, intrinsic } from '../language.js';
import { reportError } from '../natives.js';
import { asObject } from '../passed.js';
import { failureOf, openingOf, Refusal } from '../replies.js';
import { createSignal } from '../signals.js';
import { CATALOG } from './catalog.js';

const SHARE = 'shareMessageToFriend';
const MOST_SCENE = 50;

/** Whether the domain has the API, in a world of that state: what the host does not offer is undefined. */
export const hasApi = (api, config, { host }) => !array.includes(host.unsupported, api);

/** Of the friend's view there is nobody to see: it says whether it could be set. */
function setMessageToFriendQuery(passed) {
  const { shareMessageToFriendScene: scene, query } = asObject(passed);
  const { limits } = CATALOG.setMessageToFriendQuery;
  return typeof scene === 'number' && scene >= 0 && scene <= MOST_SCENE && typeof query === 'string' && query.length <= limits.query;
}

/** Methods that answer at once, by their API. */
export const ownSynchronous = () => ({ setMessageToFriendQuery });

/** What the main domain of a page hands to the other: the events that calls there make here. */
export function ownHandover() {
  const signalOf = () => createSignal((error) => reportError(error));
  return { interactiveModified: signalOf(), messageShared: signalOf() };
}

/** Of the open data domain, once the emulator has said ok: the main one hears, and the player is asked before a message is sent. */
function openActs({ interactiveModified, messageShared, asking }) {
  return {
    modifyFriendInteractiveStorage({ key }) { interactiveModified.emit(key); },
    async shareMessageToFriend() {
      const isSent = await intrinsic(asking === null || asking.confirm('sharing', SHARE));
      messageShared.emit({ success: isSent, errMsg: isSent ? openingOf(SHARE) + 'ok' : failureOf(SHARE, 'cancelled').errMsg });
      if (!isSent) throw new Refusal('cancelled');
      return {};
    },
  };
}

/** What a page does on a call, once the emulator has said ok. */
export const drawings = (config, { handover }) => (handover ? openActs(handover) : {});

/** Methods beside the catalog: none. */
export const ownMethods = () => ({});

/** What a call met and left, as the server tells it: what changed, and what of it a test has to bring along. */

import { outcomeOf } from './calls.js';

export const MOST_INLINE = 2000; // letters of a state that is written into a test; a larger one is a file beside it

const playerIn = (document, openid) => document.players.find((player) => player.openid === openid) ?? { openid };
const pairsOf = ({ KVDataList = [] }) => new Map(KVDataList.map(({ key, value }) => [key, value]));
const textsOf = ({ openid: _, KVDataList: __, ...profile }) =>
  new Map(Object.entries(profile).map(([name, value]) => [name, JSON.stringify(value)]));

function differing(kind, before, after) {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .map((name) => ({ kind, name, was: before.get(name) ?? null, now: after.get(name) ?? null }))
    .filter(({ was, now }) => was !== now);
}

/** What the call changed of its player: {kind: pair or field, name, was, now}, null for nothing; null while it is under way. */
export function changesOf({ before, after }, openid) {
  if (after === null) return null;
  const [was, now] = [before, after].map((document) => playerIn(document, openid));
  return [...differing('pair', pairsOf(was), pairsOf(now)), ...differing('field', textsOf(was), textsOf(now))];
}

/** Those of a player as people read them: before and after, null for what is not known. */
export const sidesOf = ({ before, after }, openid) =>
  [before, after].map((document) => document && playerIn(document, openid));

const ALL = Symbol('all pairs');
const RANKS = { ranks: true, others: true };
/** What each API reads beside the player's session, network and account; `keys` of pairs. */
const READS = {
  getUserCloudStorage: { keys: ({ keyList }) => keyList },
  setUserCloudStorage: { keys: (_, failed) => (failed ? ALL : []) },
  removeUserCloudStorage: {},
  getCloudStorageByRelation: { others: true, keys: ({ keyList, extra }) => [keyList, extra?.sortKey].flat() },
  getImRankData: RANKS,
  getImRankList: RANKS,
  setImRankData: RANKS,
  setImRankDataInOpenContext: RANKS,
  setUserGroup: {},
  login: {},
  checkSession: {},
};

/** Whether all that the API reads is in a state. */
export const isGiven = (api) => api in READS;

/** Whether the service answered, whatever a fault made of it. */
function served(exchange, fault) {
  if (exchange.fault === null) return true;
  if (!fault) return false;
  if (fault.sequence) return outcomeOf(exchange) === 'ok';
  return fault.moment === 'after' || Boolean(fault.client) || !(fault.error || fault.reply || fault.wire);
}

const STATE = ['session', 'network', 'account'];

/**
 * The document that a test imports first, with no more than the call depends on; null if that is a new world. Of its
 * player it has the `fields`, which can make calls fail.
 */
export function setupOf(exchange, { before }, fault, fields = STATE) {
  const { platform, settings, clock } = before;
  const reads = READS[exchange.api] ?? {};
  const taken = served(exchange, fault) && outcomeOf(exchange) !== 'lost' ? before.players : [];
  const players = taken.map((player) => partOf(player, exchange, reads, fields)).filter((part) => Object.keys(part).length > 1);
  const then = reads.ranks && players.length ? { frozen_at: momentOf(exchange, clock) } : clock;
  if (!settings && !then && !players.length) return null;
  return { schema: before.schema, ...(platform && { platform }), ...(settings && { settings }), ...(then && { clock: then }), players };
}

function partOf(player, exchange, { keys = () => [], others = false, ranks = false }, fields) {
  const wanted = keys(exchange.options, outcomeOf(exchange) === 'fail');
  const { friends, KVDataList = [], imRankData } = player;
  const state = Object.fromEntries(fields.map((name) => [name, player[name]]));
  const pairs = KVDataList.filter(({ key }) => wanted === ALL || (Array.isArray(wanted) && wanted.includes(key)));
  return defined({
    openid: player.openid,
    ...(player.openid === exchange.player && { ...state, ...(others && { friends }) }),
    KVDataList: pairs.length ? pairs.map((pair) => (others ? pair : { key: pair.key, value: pair.value })) : undefined,
    imRankData: ranks ? imRankData : undefined,
  });
}

/** What the world's clock said as the call came. */
const momentOf = ({ received_at: at }, clock) =>
  clock?.frozen_at ?? new Date(Date.parse(at) + (clock?.offset_ms ?? 0)).toISOString();

const defined = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The name of the file with that setup, if it is too large to stand in a test. */
export const fileOf = (exchange, setup) =>
  setup && JSON.stringify(setup).length > MOST_INLINE ? `${exchange.api}-${exchange.id}.json` : null;

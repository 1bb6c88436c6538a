/**
 * What has to be so in a fresh world before a call ends there in the same way: derived from what struck it, and from
 * the failures whose causes are known. What is left over is not guessed at, but told as missing.
 */

import { measured, saveLimits } from './bytes.js';
import { again, codeOf, outcomeOf } from './calls.js';
import { isByState } from './player-fields.js';
import { isGiven } from './state.js';

const PLAYERS = {
  'session-failure': { session: 'none' },
  'host-logged-out': { account: 'out' },
  'host-login-failed': { account: 'declines' },
  'network-unavailable': { network: 'offline' },
};
const RANKING = '排行榜'; // how the platform's text begins, see the catalog's rule ranking_value
const ITSELF = { ready: null, missing: null }; // its own arguments make it end so

const needs = (ready) => ({ ready, missing: null });
const lacks = (missing, ready = null) => ({ ready, missing });

/** What a failure says after `fail`; of a call of a game's own server all that it says. */
const textOf = ({ api, domain, reply }) =>
  domain === 'server'
    ? (reply.errmsg ?? reply.err_tips ?? reply.err_msg ?? '')
    : reply.errMsg.slice(`${api}:fail`.length).trim();

/** The catalog's name of the failure that an exchange ended with, if its code or its text tells which it is. */
export function nameOf(exchange, rows) {
  if (outcomeOf(exchange) !== 'fail') return undefined;
  const code = codeOf(exchange);
  const there = rows.filter((row) => row.api === exchange.api && (code === null || row.code === code));
  const isTold = (row) => [textOf(exchange), exchange.reply.errMsg].includes(row.message ?? '');
  const fit = code !== null && there.length === 1 ? there : there.filter(isTold); // a text may vary, where its code is one alone
  return fit.length === 1 ? fit[0].name : undefined;
}

/**
 * `fault` is the one that struck, as far as it is known; `name` is nameOf(exchange); `rows` and `limits` are the
 * catalog's; `state` is what the call met, where that is known. `ready` is a verb and what it takes, `missing` what cannot be copied along, by name.
 */
export function reproduction(exchange, { state = null, ...about } = {}) {
  const found = guessed(exchange, about);
  if (state === null) return found;
  const ready = found.ready?.verb === 'fault' ? found.ready : null; // all else is in the state
  const isThere = isGiven(exchange.api) || isByState(about.playerFields ?? [], about.name);
  const given = ['data', 'unknown'].includes(found.missing) && outcomeOf(exchange) !== 'lost' && isThere;
  const missing = given ? null : found.missing;
  return { ready, missing: missing ?? unsure(state) };
}

/** Why the test can be red although it has the state. */
function unsure({ exact, whole }) {
  if (!exact) return 'overlap';
  return whole ? null : 'part';
}

function guessed(exchange, { fault, name, rows = [], limits = [] }) {
  if (!['main', 'open'].includes(exchange.domain)) return lacks('server');
  if (outcomeOf(exchange) === 'pending') return lacks('pending');
  return exchange.fault === null ? ofWorld(exchange, { name, rows, limits }) : ofFault(exchange, { fault, name, rows, limits });
}

function ofFault(exchange, { fault, name, rows, limits }) {
  const outcome = outcomeOf(exchange);
  const decided = fault?.error ?? fault?.reply ?? null;
  const around = fault?.wire ?? fault?.client ?? null; // what the service answers lies in it
  if (decided === null && around === null && fault && !fault.sequence) return ofWorld(exchange, { name, rows, limits });
  if (!fault || fault.sequence) {
    if (outcome === 'lost') return lacks('fault');
    if (outcome === 'ok') return fault ? ofWorld(exchange, { name, rows, limits }) : lacks('fault');
  }
  const { player: _, ...fields } = again(exchange, fault, name) || {};
  if (!Object.keys(fields).length) return lacks('fault');
  const ready = { verb: 'fault', fields };
  if (around === null || outcome !== 'fail') return needs(ready);
  return lacks('unknown', ready); // the service failed by itself, and the fault was round that
}

function ofWorld(exchange, { name, rows, limits }) {
  const { api, player, options } = exchange;
  const outcome = outcomeOf(exchange);
  if (outcome === 'lost') return lacks('unknown');
  if (outcome === 'ok') return ofSuccess(options);
  if (name === 'bad-parameter') return ITSELF;
  if (name === 'not-supported') return needs({ verb: 'settings', fields: { host: { unsupported: [api] } } });
  if (name === 'server-error') return ofSave(exchange, limits);
  const offline = name === 'internal-error' && !rows.some((row) => row.api === api && row.name === 'network-unavailable');
  const fields = PLAYERS[offline ? 'network-unavailable' : name];
  if (fields) return needs({ verb: 'player', openid: player, fields });
  return lacks(name === 'too-many-zones' ? 'data' : 'unknown');
}

/** A fresh world refuses nothing that another takes, but a board that is sorted by a key which is no ranking key there. */
function ofSuccess(options) {
  const key = options?.type === 'group' ? options.extra?.sortKey : undefined;
  return typeof key === 'string' ? needs({ verb: 'settings', fields: { ranking_keys: { [key]: 'desc' } } }) : ITSELF;
}

function ofSave(exchange, limits) {
  const items = exchange.options.KVDataList;
  const keys = [...new Set(items.map(({ key }) => key))];
  const { key, both, pairs } = saveLimits(limits);
  if (textOf(exchange).startsWith(RANKING)) {
    const ranking = Object.fromEntries(keys.map((each) => [each, 'desc']));
    return needs({ verb: 'settings', fields: { ranking_keys: ranking } });
  }
  if (keys.length > pairs || items.some((item) => measured(item, { key, both }).over)) return ITSELF;
  return lacks('data');
}

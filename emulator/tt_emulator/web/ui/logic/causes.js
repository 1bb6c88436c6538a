/**
 * Why calls may fail or end otherwise than in a new world, armed faults aside. Only what was looked at is told: that
 * nothing is the matter follows from each of the parts, never from what is missing.
 */

import { otherStates, valueAt } from './player-fields.js';

export const STATES = ['offline', 'session_expired', 'session_none', 'account_out', 'account_declines'];

/** Of which field of a player one of those is a state. */
export const fieldOf = (state) => (state === 'offline' ? '/network' : `/${state.split('_')[0]}`);

/**
 * @param {object} state `link`; `faults`, those that can strike; `conditions` and `health` as the server told them, `null`
 *   before that and where it failed
 * @returns {{standing: 'calm'|'disturbed'|'unknown', causes: {kind: string, values: any[], href: string}[]}}
 *   `causes` has all that is known; `unknown` is what could not be ruled out
 */
export function standingOf({ link, faults, conditions, health }) {
  if (link !== 'live') return { standing: 'unknown', causes: [] };
  const parts = [ofPlayers(conditions), ofHost(conditions), ofClock(conditions), ofSettings(conditions), ofFiles(health)];
  const causes = parts.flatMap((part) => part ?? []);
  if (!faults || parts.includes(null)) return { standing: 'unknown', causes };
  return { standing: causes.length || faults.length ? 'disturbed' : 'calm', causes };
}

const cause = (kind, values, href) => ({ kind, values, href });

function ofPlayers(conditions) {
  const players = conditions?.players;
  if (!players || !STATES.every((state) => Number.isInteger(players[state]))) return null;
  return Object.entries(players)
    .filter(([, count]) => count !== 0)
    .map(([state, count]) =>
      cause(STATES.includes(state) ? state : 'player_other', [count, state], `#players//${encodeURIComponent(state)}`),
    );
}

function ofHost(conditions) {
  const lacks = conditions?.host_lacks;
  if (!Array.isArray(lacks)) return null;
  return lacks.length ? [cause('host_lacks', [lacks.length, lacks.join(', ')], '#world/settings')] : [];
}

function ofSettings(conditions) {
  const names = conditions?.settings;
  if (!Array.isArray(names)) return null;
  return names.length ? [cause('settings', [names.length, names.join(', ')], '#world/settings')] : [];
}

function ofClock(conditions) {
  const { clock_offset_ms: offsetMs, clock_frozen_at: frozenAt } = conditions ?? {};
  if (typeof frozenAt === 'string') return [cause('clock_frozen', [frozenAt], '#world/clock')];
  if (!Number.isInteger(offsetMs)) return null;
  return offsetMs ? [cause('clock_moved', [offsetMs], '#world/clock')] : [];
}

function ofFiles(health) {
  if (typeof health?.status !== 'string' || !Array.isArray(health.set_aside)) return null;
  const count = (kind, { length }) => (length ? [cause(kind, [length], '#world/stored')] : []);
  return [
    ...(health.status === 'ok' ? [] : [cause('storage', [health.trouble || health.status], '#world/stored')]),
    ...count('set_aside', health.set_aside),
    ...count('edited', health.edited ?? []),
  ];
}

/** In which of the states a player is, those that the platform's `fields` tell of included. */
export function statesOf(player, fields = []) {
  const { network, session, account } = player;
  const states = network === 'online' ? [] : [network];
  if (account !== undefined && account !== 'in') states.push(`account_${account}`);
  else if (session !== 'valid') states.push(`session_${session}`);
  const others = otherStates(fields).filter(({ field, state }) => valueAt(player, field.pointer) === state.value);
  return [...states, ...others.map(({ name }) => name)];
}

/** What became of a file, whichever way it is told: as an object, or as its name alone. */
export const findingOf = (told) =>
  typeof told === 'string' ? { file: told, line: null, reason: '' } : { line: null, reason: '', ...told };

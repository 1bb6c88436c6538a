/** The names of players and keys that a world has: stored, or called with. */

import { keysOf } from '../logic/offers.js';
import { throttled } from './throttle.js';

const EVERY_MS = 5000; // all players of a world at once, which may be many

/** {players(), keys(), read(then)}: the latest called first; `read` asks for those that are stored, `then` runs. */
export function knownNames({ api, state }) {
  let stored = [];
  let heard = () => {};
  const calls = () => state.calls.ids.map((each) => state.calls.get(each)).reverse();
  const ask = throttled(EVERY_MS, async () => {
    if (state.link !== 'live') return;
    stored = (await api.get('players')).players;
    heard();
  });
  return {
    players: () => new Set([...calls().map(({ player }) => player), ...stored.map(({ openid }) => openid)]),
    keys: () => new Set([...calls().flatMap(({ options }) => keysOf(options)), ...stored.flatMap(keysOf)]),
    read(then) {
      heard = then;
      ask();
    },
  };
}

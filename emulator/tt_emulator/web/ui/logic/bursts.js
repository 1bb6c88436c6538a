/** How a game tries again: calls of one API and player, each after the failure of the one before it. */

import { outcomeOf } from './calls.js';

const HAMMERING_MS = 500; // below this nothing can have recovered

/**
 * The bursts among `exchanges` (oldest first), in the order of their first tries: `{api, player, tries, gaps_ms, kind}`.
 * A gap is from an answer to the next try; a success ends a burst, and so does a try that has no answer yet.
 */
export function burstsOf(exchanges) {
  const bursts = [];
  const open = new Map(); // of each API and player: the burst that its next call belongs to
  for (const exchange of exchanges) {
    const key = JSON.stringify([exchange.api, exchange.player]);
    let burst = open.get(key);
    if (burst) burst.gaps_ms.push(Math.max(0, Date.parse(exchange.received_at) - burst.answered));
    else bursts.push((burst = { api: exchange.api, player: exchange.player, gaps_ms: [] }));
    burst.answered = Date.parse(exchange.answered_at);
    if (['fail', 'lost'].includes(outcomeOf(exchange))) open.set(key, burst);
    else open.delete(key);
  }
  return bursts
    .filter(({ gaps_ms: gaps }) => gaps.length)
    .map(({ api, player, gaps_ms: gaps }) => ({ api, player, tries: gaps.length + 1, gaps_ms: gaps, kind: kindOf(gaps) }));
}

function kindOf(gaps) {
  if (gaps.some((gap) => gap < HAMMERING_MS)) return 'hammering';
  const grow = gaps.length > 1 && gaps.every((gap, at) => !at || gap > gaps[at - 1]);
  return grow ? 'backsOff' : 'gaps';
}

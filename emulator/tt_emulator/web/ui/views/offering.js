/** What fields for players and keys offer, asked for when one is entered. */

import { throttled } from '../core/throttle.js';
import { h } from '../core/dom.js';
import { keysOf, offersFor } from '../logic/offers.js';

const EVERY_MS = 5000; // all players of a world at once, which may be many

/** Fields whose `list` is `offer-players` or `offer-keys` offer what is stored or was called with. */
export function offering({ api, state }) {
  const lists = ['players', 'keys'].map((name) => [`offer-${name}`, h('datalist', { id: `offer-${name}` })]);
  const byId = new Map(lists);
  document.body.append(...byId.values());
  let stored = [];
  let field = null;

  function namesOf(id) {
    const calls = state.calls.ids.map((each) => state.calls.get(each)).reverse();
    const isPlayers = id === 'offer-players';
    const called = isPlayers ? calls.map(({ player }) => player) : calls.flatMap(({ options }) => keysOf(options));
    const there = stored.flatMap((player) => (isPlayers ? [player.openid] : keysOf(player)));
    return new Set([...called, ...there]);
  }

  function show() {
    const list = field && byId.get(field.getAttribute('list'));
    if (!list) return;
    const found = offersFor(namesOf(list.id), field.value);
    list.replaceChildren(...found.map((value) => h('option', { value })));
  }

  const read = throttled(EVERY_MS, async () => {
    if (state.link !== 'live') return;
    stored = (await api.get('players')).players;
    show();
  });

  document.addEventListener('focusin', ({ target }) => {
    field = byId.has(target.getAttribute('list')) ? target : null;
    if (!field) return;
    show();
    read();
  });
  document.addEventListener('input', ({ target }) => {
    if (target === field) show();
  });
}

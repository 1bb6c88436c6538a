/** What fields for players and keys offer, asked for when one is entered. */

import { h } from '../core/dom.js';
import { offersFor } from '../logic/offers.js';

/** Fields whose `list` is `offer-players` or `offer-keys` offer what is stored or was called with. */
export function offering({ known }) {
  const lists = ['players', 'keys'].map((name) => [`offer-${name}`, h('datalist', { id: `offer-${name}` })]);
  const byId = new Map(lists);
  document.body.append(...byId.values());
  let field = null;

  function show() {
    const list = field && byId.get(field.getAttribute('list'));
    if (!list) return;
    const names = list.id === 'offer-players' ? known.players() : known.keys();
    list.replaceChildren(...offersFor(names, field.value).map((value) => h('option', { value })));
  }

  document.addEventListener('focusin', ({ target }) => {
    field = byId.has(target.getAttribute('list')) ? target : null;
    if (!field) return;
    show();
    known.read(show);
  });
  document.addEventListener('input', ({ target }) => {
    if (target === field) show();
  });
}

/** Why a call failed without a fault: the state of its player, and how to change it. */

import { button, h } from '../core/dom.js';
import { outcomeOf } from '../logic/calls.js';
import { patchOf, reasonsIn } from '../logic/player-fields.js';
import { sidesOf } from '../logic/state.js';

/** A line for each state by which the call failed with the error of that name; `met` is what the call met, or null. */
export function stateCauses(app, exchange, name, met) {
  if (!met || !name || exchange.fault !== null || outcomeOf(exchange) !== 'fail') return [];
  const [player] = sidesOf(met, exchange.player);
  return reasonsIn(app.state.player_fields, name, player).map((reason) => line(app, exchange.player, reason));
}

function line(app, openid, { field, state }) {
  const { t, words } = app;
  const path = `players/${encodeURIComponent(openid)}`;
  const [calm] = field.states;
  const set = () =>
    app.attempt(() => app.api.put(path, patchOf(field.pointer, calm.value)), t('stateChanged', words(field.title), words(calm.title)));
  return h(
    'p',
    { class: 'state-cause' },
    t('stateCause', words(field.title), words(state.title)),
    ' ',
    field.kind === 'choice' && button(t('stateChange', words(calm.title)), 'btn-sm btn-outline-secondary', set),
    ' ',
    h('a', { href: `#${path}` }, t('stateOfPlayer')),
  );
}

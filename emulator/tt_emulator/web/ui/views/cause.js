/** One cause for which calls fail or differ, as a link to where it can be undone. */

import { h, own } from '../core/dom.js';
import { otherStates } from '../logic/player-fields.js';
import { aheadText, momentText } from '../logic/time.js';

export function causeItem(app, { kind, values, href }) {
  const text = app.t(`cause.${kind}`, ...shown(app, kind, values));
  return h('li', {}, h('a', { class: 'cause', href, 'data-cause': kind, title: text }, own(text)));
}

/** A state of players that the platform tells of, in words. */
export function stateText(app, name) {
  const found = otherStates(app.state.player_fields).find((each) => each.name === name);
  return found ? `${app.words(found.field.title)}: ${app.words(found.state.title)}` : name;
}

function shown(app, kind, values) {
  if (kind === 'clock_frozen') return [momentText(values[0], app.language())];
  if (kind === 'clock_moved') return [aheadText(values[0])];
  if (kind === 'player_other') return [values[0], stateText(app, values[1])];
  return values;
}

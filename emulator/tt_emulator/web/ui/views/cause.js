/** One cause for which calls fail or differ, as a link to where it can be undone. */

import { h, own } from '../core/dom.js';
import { aheadText, momentText } from '../logic/time.js';

export function causeItem(app, { kind, values, href }) {
  const text = app.t(`cause.${kind}`, ...shown(app, kind, values));
  return h('li', {}, h('a', { class: 'cause', href, 'data-cause': kind, title: text }, own(text)));
}

function shown(app, kind, values) {
  if (kind === 'clock_frozen') return [momentText(values[0], app.language())];
  if (kind === 'clock_moved') return [aheadText(values[0])];
  return values;
}

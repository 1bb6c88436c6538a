/** What a window of a timeline shows, as a list: for whoever does not see the drawing. */

import { clear, h, keyed, own, say, set } from '../core/dom.js';
import { ACTS } from '../logic/timeline.js';
import { actText } from './act.js';
import { durationOf, outcomeBadge, timeOf } from './parts.js';

const MOST = 100;

/** {root, show(items, chosen), textOf(item)}; `choose(item)` is told which was chosen. It is made while it is open. */
export function timelineList(app, choose) {
  const { t } = app;
  let items = [];
  let chosen = null;
  const summary = h('summary', {});
  const list = h('ol', { class: 'calls' });
  const more = h('p', { class: 'note' });
  const root = h('details', { class: 'timeline-list card', on: { toggle: fillIn } }, summary, list, more);

  function line(item) {
    const badge = h('span', {});
    const took = h('span', { class: 'took' });
    const isAct = item.row === ACTS;
    const element = h(
      'button',
      { type: 'button', class: `call ${isAct ? 'call-act' : ''}`, on: { click: () => choose(item) } },
      h('span', { class: 'at' }, timeOf(item.start)),
      isAct ? h('span', { class: 'call-api' }, actText(app, item.value)) : callParts(item.value, badge, took),
    );
    return Object.assign(h('li', {}, element), { element, badge, took });
  }

  const callParts = (call, badge, took) => [
    h('span', { class: 'call-api' }, call.api),
    own(call.player, { class: 'who' }),
    h('span', { class: 'struck' }, call.fault ?? ''),
    badge,
    took,
  ];

  function fillIn() {
    if (!root.open) return clear(list);
    keyed(list, items.slice(0, MOST), ({ key }) => key, line, (row, item) => {
      set(row.element, 'aria-pressed', String(item.key === chosen));
      if (item.row === ACTS) return;
      outcomeBadge(app, item.value, row.badge);
      say(row.took, durationOf(item.value.duration_ms));
    });
    more.hidden = items.length <= MOST;
    say(more, t('timeline.firstOf', MOST, items.length));
  }

  return {
    root,
    show(found, key) {
      [items, chosen] = [found, key];
      say(summary, t('timeline.list', items.length));
      fillIn();
    },
    /** What a screen reader says of it. */
    textOf({ row, start, value }) {
      if (row === ACTS) return `${timeOf(start)} ${actText(app, value)}`;
      const { api, player, fault } = value;
      const outcome = outcomeBadge(app, value).textContent;
      return [timeOf(start), api, player, outcome, fault].filter(Boolean).join(' ');
    },
  };
}

/** What the server says of its files: those that it set aside, and those that were changed by hand. */

import { h, own } from '../core/dom.js';
import { findingOf } from '../logic/causes.js';
import { card } from './parts.js';

const KINDS = ['set_aside', 'edited'];

export function storedCard(app) {
  const { t, state } = app;
  const body = h('div', {});
  const root = card(t('stored'), body);
  let shown = '';

  function finding(told) {
    const { file, line, reason } = findingOf(told);
    const place = Number.isInteger(line) ? t('atLine', line) : '';
    return h(
      'li',
      {},
      own(file, { class: 'mono' }),
      place && h('span', { class: 'note' }, ' ', place),
      reason && h('div', { class: 'note' }, own(reason)),
    );
  }

  function update() {
    const health = state.health ?? {};
    const lists = KINDS.map((kind) => [kind, health[kind] ?? []]).filter(([, list]) => list.length);
    const text = JSON.stringify([health.trouble, lists]);
    root.hidden = lists.length === 0 && !health.trouble;
    if (text === shown) return;
    shown = text;
    body.replaceChildren(
      ...(health.trouble ? [h('p', { class: 'stored-trouble' }, own(health.trouble))] : []),
      ...lists.flatMap(([kind, list]) => [
        h('h3', {}, t(`cause.${kind}`, list.length)),
        h('p', { class: 'note' }, t(`stored.${kind}`)),
        h('ul', { class: 'findings', 'data-findings': kind }, list.map(finding)),
      ]),
    );
  }

  return { root, update };
}

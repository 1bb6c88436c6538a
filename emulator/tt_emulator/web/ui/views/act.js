/** What a tester did, in words and whole. */

import { h } from '../core/dom.js';
import { json, scopeOf, timeOf, titleOf } from './parts.js';

/** In a line: "armed: network-unavailable 999985 login". */
export function actText(app, { kind, subject, changed, armed, did }) {
  const { t } = app;
  const many = changed.join(', ');
  if (kind === 'forget-player') return t('act.forget-player', subject);
  if (kind === 'player') return t('act.player', subject, many);
  if (kind === 'world') return t(many === 'clock' ? 'act.clock' : 'act.world', many);
  const titles = armed.map((fault) => [titleOf(app, fault), scopeOf(app, fault)].filter(Boolean).join(' · '));
  return [
    many && t('act.disarmed', many),
    titles.length && t('act.armed', titles.join('; ')),
    did.order?.length && t('act.ordered', did.order.join(', ')),
  ]
    .filter(Boolean)
    .join(' ');
}

/** A card of it. */
export const actDetail = (app, act) =>
  h(
    'article',
    { class: 'card', 'aria-label': app.t('act.title') },
    h('h2', {}, app.t('act.title')),
    h('p', { class: 'sentence' }, actText(app, act)),
    h('p', { class: 'note' }, timeOf(act.at_ms)),
    json(act.did, app.t('act.title')),
  );

/** One call: what was asked, what was decided and why, what the game got, and what to do with it. */

import { button, h, own } from '../core/dom.js';
import { again, outcomeOf } from '../logic/calls.js';
import { failing } from '../logic/player-fields.js';
import { nameOf } from '../logic/reproduction.js';
import { curlOf, javascriptOf, missingOf, pytestOf } from '../logic/snippets.js';
import { stateOf } from './call-state.js';
import { stateCauses } from './state-cause.js';
import { ttlS } from './arming.js';
import {
  arm,
  copyButton,
  durationOf,
  json,
  meaningOf,
  outcomeBadge,
  remainsOf,
  scopeOf,
  timeOf,
  titleOf,
} from './parts.js';

/**
 * `back` leads to where the call was chosen; it is one of the `platform`; `fault` is the one that struck it. One that is `told` by a story is not
 * of this world, where nothing is armed for it.
 */
export function callDetail(app, exchange, { back = '#calls', told = false, fault = null, platform = app.state.platform } = {}) {
  const { t, state } = app;
  fault ??= told ? undefined : state.seen.get(exchange.fault);
  const name = fault?.reply ? undefined : nameOf(exchange, state.rows); // a tester's reply is no row, whatever its code
  const { player_fields: playerFields } = state;
  const place = { url: location.origin, world: state.world, platform };
  const repeat = told ? null : again(exchange, fault, name);
  const about = {
    fault,
    name,
    platform,
    playerFields,
    fields: failing(playerFields),
    rows: state.rows,
    limits: state.limits,
    told: (missing) => t(`copies.${missing}`),
  };
  const missing = h('div', {});
  const causes = h('div', { role: 'status' });
  const kept = h('div', { class: 'actions' });
  const round = told ? null : stateOf(app, exchange, fault);
  const known = (round?.read ?? Promise.resolve(null)).then((found) => {
    about.state = found;
    causes.replaceChildren(...stateCauses(app, exchange, name, found));
    const lack = missingOf(exchange, about);
    missing.replaceChildren(...(lack ? [h('p', { class: 'note not-copied' }, t(`copies.${lack}`))] : []));
    kept.replaceChildren(...(round?.file() ?? []));
  });
  const whole = (make) => async () => {
    await known;
    return make(exchange, about);
  };

  const ofGame = exchange.domain !== 'server';
  const [asked, got] = ofGame ? [t('asked'), t('got')] : [t('askedByBackend'), t('gotByBackend')];
  const title = ofGame ? `${platform.global_name}.${exchange.api}` : exchange.api;
  const facts = [
    [t('player'), own(exchange.player)],
    [t('domain'), exchange.domain],
    [t('received'), timeOf(exchange.received_at)],
    [t('took'), durationOf(exchange.duration_ms) || t('outcome.pending')],
    [t('callId'), own(exchange.call_id ?? '–')],
  ];
  return h(
    'article',
    { class: 'card', 'aria-label': `#${exchange.id} ${exchange.api}` },
    back && h('a', { class: 'back', href: back }, t('back')),
    h(
      'header',
      { class: 'call-head' },
      h('h2', {}, h('span', { class: 'call-id' }, `#${exchange.id}`), ' ', title),
      outcomeBadge(app, exchange),
    ),
    h('p', { class: 'sentence' }, sentenceOf(app, exchange, name)),
    causes,
    fault &&
      h(
        'div',
        { class: 'struck-by' },
        h('strong', {}, t('struckBy', exchange.fault)),
        ' ',
        titleOf(app, fault),
        ' ',
        own(scopeOf(app, fault), { class: 'note' }),
        ' ',
        h('span', { class: 'note' }, remainsOf(app, fault)),
      ),
    h(
      'dl',
      { class: 'facts' },
      facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))),
    ),
    h(
      'div',
      { class: 'actions' },
      repeat &&
        button(t('armAgain'), 'btn-sm btn-danger', () => arm(app, { ...repeat, ttl_s: ttlS() }, titleOf(app, repeat)), {
          id: 'arm-again',
        }),
      ...(ofGame
        ? [
            h('span', { class: 'copy-as' }, t('copyAs')),
            copyButton(app, 'curl', () => curlOf(exchange, place)),
            copyButton(app, 'pytest', whole(pytestOf)),
            copyButton(app, 'JavaScript', whole(javascriptOf)),
          ]
        : []), // its secrets are not kept, and without them it is another call
    ),
    missing,
    kept,
    h('h3', {}, asked),
    json(exchange.options, asked),
    h('h3', {}, got),
    exchange.reply === null
      ? h('p', { class: 'note' }, t(`got.${outcomeOf(exchange)}`))
      : json(exchange.reply, got),
    round?.root,
  );
}

/** Why it ended so, in a sentence that somebody can act on. */
function sentenceOf(app, exchange, name) {
  const { t } = app;
  const outcome = outcomeOf(exchange);
  const meaning = name && meaningOf(app, name);
  const reason = exchange.reason && own(exchange.reason);
  if (outcome === 'ok') return [reason || t('why.ok')];
  if (outcome === 'pending') return [t('why.pending'), ' ', reason];
  return [meaning && h('strong', {}, meaning), meaning && reason && t('colon'), reason || t(`why.${outcome}`)];
}

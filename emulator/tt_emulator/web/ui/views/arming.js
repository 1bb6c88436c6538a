/** How the next thing is armed: how often, for how long, for whom. Kept while the page is open. */

import { choice, field, h } from '../core/dom.js';
import { specOf } from '../logic/faults.js';
import { arm } from './parts.js';

const LASTS_S = [60, 600, 3600, 28_800];
export const DEFAULT_TTL_S = 600; // long enough to try something, and nothing stays armed overnight

const chosen = {
  count: 3,
  ttlS: DEFAULT_TTL_S,
  api: '',
  player: '',
  key: '',
  percent: 100,
  delayMs: 0,
  skip: 0,
  moment: 'before',
  detail: '',
  status: '',
  durationMs: '',
};
const DELAY_MS = 2000; // of a delay alone, if nobody has said how long

/** For how long anything stays that is armed here. */
export const ttlS = () => chosen.ttlS;

/** The chosen N of "next N". */
export const count = () => chosen.count;

/** How long the next delay alone is. */
export const delayMs = () => chosen.delayMs || DELAY_MS;

const clauses = ({ t }, player = chosen.player) => [
  player && `${t('clause.player')} ${player}`,
  chosen.key && `${t('clause.key')} ${chosen.key}`,
  chosen.percent < 100 && `${chosen.percent} %`,
  chosen.delayMs && `+${chosen.delayMs} ms`,
  chosen.skip && `${t('clause.skip')} ${chosen.skip}`,
  chosen.detail && `${t('clause.detail')} ${chosen.detail}`,
  chosen.status && `HTTP ${chosen.status}`,
  chosen.durationMs !== '' && `${t('clause.duration')} ${chosen.durationMs} ms`,
  chosen.moment === 'after' && t('moment.after.short'),
  chosen.api && `${t('wireFor')} ${chosen.api}`,
];

/** For whom, and how, anything is armed, in words; `player` instead of the chosen one. */
export const scopeChosen = (app, player) => clauses(app, player).filter(Boolean).join(' · ') || app.t('everyCall');

/** Arms `what` ({error} | {wire} | {client} | …) for an API (any, if none is said); `times` null: until off. */
export function armAs(app, what, { api = chosen.api, player = chosen.player, times, name }) {
  return arm(app, specOf(what, times, { ...chosen, api, player }, chosen.ttlS), name);
}

/** The bar; `renamed()` runs when N is another. */
export function armingBar(app, renamed) {
  const { t } = app;
  const number = (name, least, most, label, then = () => {}, placeholder = null) => {
    const input = h('input', {
      type: 'number',
      class: 'form-control form-control-sm',
      min: least,
      max: most,
      step: 1,
      value: chosen[name],
      placeholder, // of one that may be left out
    });
    input.addEventListener('input', () => {
      const isOut = input.value === '' && placeholder !== null && !input.validity.badInput;
      const value = isOut ? '' : Math.round(Number(input.value));
      const good = isOut || (input.value !== '' && value >= least && value <= most);
      input.classList.toggle('is-invalid', !good);
      if (good) {
        chosen[name] = value;
        then();
      }
      summarize();
    });
    return field(label, input);
  };
  const text = (name, label, placeholder, list = null) => {
    const input = h('input', {
      class: 'form-control form-control-sm',
      value: chosen[name],
      placeholder,
      list,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.addEventListener('input', () => {
      chosen[name] = input.value.trim();
      summarize();
    });
    return field(label, input);
  };
  const pick = (name, options, label) =>
    field(
      label,
      choice(options, String(chosen[name]), (value) => {
        chosen[name] = name === 'ttlS' ? Number(value) : value;
        summarize();
      }),
    );

  const told = h('span', { class: 'chosen' });
  function summarize() {
    told.textContent = scopeChosen(app);
  }
  summarize();
  const apis = [...new Set(app.state.rows.map(({ api }) => api))].map((api) => [api, api]);
  return h(
    'div',
    { class: 'arming' },
    number('count', 1, 1000, t('nextN'), renamed),
    pick(
      'ttlS',
      LASTS_S.map((seconds) => [String(seconds), t(`lasts.${seconds}`)]),
      t('endsAfter'),
    ),
    h(
      'details',
      { class: 'more' },
      h('summary', {}, t('moreOptions'), ' ', told),
      h(
        'div',
        { class: 'more-fields' },
        text('player', t('onlyPlayer'), 'player-1', 'offer-players'),
        text('key', t('onlyKey'), 'score*', 'offer-keys'),
        number('percent', 1, 100, t('probability')),
        number('delayMs', 0, 120_000, t('delayFirst'), renamed),
        number('skip', 0, 1000, t('skipFirst')),
        text('detail', t('detailText'), '*'),
        number('status', 201, 599, t('httpStatus'), undefined, '500'),
        number('durationMs', 0, 120_000, t('lastsMs'), undefined, '30000'),
        pick(
          'moment',
          [
            ['before', t('moment.before')],
            ['after', t('moment.after')],
          ],
          t('moment'),
        ),
        pick('api', [['', t('anyApi')], ...apis], t('wireApi')),
      ),
    ),
  );
}

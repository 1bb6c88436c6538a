/** What a call changed of its player, and how the player was before and after. */

import { Refused, Silent } from '../core/api.js';
import { button, h, own } from '../core/dom.js';
import { failing } from '../logic/player-fields.js';
import { changesOf, fileOf, setupOf, sidesOf } from '../logic/state.js';
import { json, save } from './parts.js';

const LONG = 120; // letters; a longer value scrolls in its cell

/** {root, read, file()}: `read` gives the state, null where it is not known; then `file()` is what a copied test needs. */
export function stateOf(app, exchange, fault) {
  const { t } = app;
  const body = h('div', { role: 'status' }, h('p', { class: 'note' }, t('state.reading')));
  const root = h('section', { class: 'call-state', 'aria-label': t('state.title') }, h('h3', {}, t('state.title')), body);
  let setup = null;

  const read = app.api.get(`requests/${exchange.id}/state`).then(
    (state) => {
      setup = setupOf(exchange, state, fault, failing(app.state.player_fields));
      body.replaceChildren(...shown(t, state, exchange.player));
      return state;
    },
    (error) => {
      if (!(error instanceof Refused || error instanceof Silent)) throw error;
      const why = error instanceof Silent ? t('noAnswer') : error.message;
      body.replaceChildren(h('p', { class: 'note' }, why));
      return null;
    },
  );

  function file() {
    const name = fileOf(exchange, setup);
    if (!name) return [];
    const text = `${JSON.stringify(setup, null, 2)}\n`;
    const take = () => save(new Blob([text], { type: 'application/json' }), name);
    return [
      button(t('state.save', name), 'btn-sm btn-outline-secondary', take, { id: 'save-state' }),
      h('span', { class: 'note' }, t('state.file')),
    ];
  }
  return { root, read, file };
}

function shown(t, state, openid) {
  const changes = changesOf(state, openid);
  const [before, after] = sidesOf(state, openid);
  return [
    changes === null && h('p', { class: 'note' }, t('state.underWay')),
    changes?.length === 0 && h('p', { class: 'note' }, t('state.nothing')),
    changes?.length && table(t, changes),
    !state.exact && h('p', { class: 'note inexact' }, t('state.inexact')),
    h(
      'details',
      {},
      h('summary', {}, t('state.whole')),
      h('h4', {}, t('state.before')),
      json(before, t('state.before')),
      after && h('h4', {}, t('state.after')),
      after && json(after, t('state.after')),
    ),
  ].filter(Boolean);
}

function table(t, changes) {
  const long = (text) => text.length > LONG && { class: 'long', tabindex: '0', role: 'group', 'aria-label': t('state.value') };
  const value = (text) =>
    text === null ? h('span', { class: 'note' }, t('state.none')) : h('div', long(text) || {}, own(text));
  const row = ({ kind, name, was, now }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, own(kind === 'pair' ? t('state.pair', name) : name)),
      h('td', {}, value(was)),
      h('td', {}, value(now)),
    );
  const heads = ['field', 'before', 'after'].map((name) => h('th', { scope: 'col' }, t(`state.${name}`)));
  return h(
    'table',
    { class: 'table table-sm changes' },
    h('thead', {}, h('tr', {}, heads)),
    h('tbody', {}, changes.map(row)),
  );
}

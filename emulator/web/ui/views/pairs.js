/** What is stored of a player: each pair with its length against the documented limits. */

import { button, h, keyed, own, say, set } from '../core/dom.js';
import { measured, saveLimits } from '../logic/bytes.js';
import { card } from './parts.js';

/** `save(change)` lays change(pairs) over what is stored. */
export function pairsCard(app, save) {
  const { t } = app;
  const sum = h('span', { class: 'note' });
  const body = h('tbody', {});
  const empty = h('p', { class: 'note' }, t('noPairs'));
  const add = button(t('addPair'), 'btn-sm btn-outline-secondary', () => edit(null), { id: 'add-pair' });
  const place = h('div', {});
  const table = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('data') },
    h(
      'table',
      { class: 'table table-sm pairs' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['key', 'value'].map((name) => h('th', { scope: 'col' }, name)),
          h('th', { scope: 'col', class: 'bytes' }, t('bytes')),
          h('th', {}, h('span', { class: 'visually-hidden' }, t('actions'))),
        ),
      ),
      body,
    ),
  );

  function row(pair) {
    const value = own('', { class: 'value' });
    const bytes = h('td', { class: 'bytes' });
    const remove = () =>
      app.attempt(() => save((pairs) => pairs.filter(({ key }) => key !== pair.key)), t('pairGone', pair.key));
    const element = h(
      'tr',
      {},
      h('th', { scope: 'row' }, own(pair.key, { class: 'key' })),
      h('td', {}, value),
      bytes,
      h(
        'td',
        { class: 'pair-actions' },
        button(t('edit'), 'btn-sm btn-link', () => edit(element.pair), { 'aria-label': `${t('edit')}: ${pair.key}` }),
        button(t('remove'), 'btn-sm btn-link text-danger-emphasis', remove, {
          'aria-label': `${t('remove')}: ${pair.key}`,
        }),
      ),
    );
    return Object.assign(element, { value, bytes });
  }

  function show(pairs) {
    const limits = saveLimits(app.state.limits);
    keyed(
      body,
      pairs,
      ({ key }) => key,
      row,
      (element, pair) => {
        element.pair = pair;
        const { both, over } = measured(pair, limits);
        say(element.value, pair.value);
        say(element.bytes, `${both} / ${limits.both}`);
        set(element.bytes, 'class', over ? 'bytes over' : 'bytes');
      },
    );
    table.hidden = pairs.length === 0;
    empty.hidden = pairs.length > 0;
    say(sum, t('pairsOf', pairs.length, limits.pairs));
  }

  function edit(pair) {
    const limits = saveLimits(app.state.limits);
    const key = h('input', {
      class: 'form-control form-control-sm mono',
      id: 'pair-key',
      'aria-label': 'key',
      placeholder: 'key',
      value: pair?.key ?? '',
      readonly: pair !== null,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const value = h('textarea', {
      class: 'form-control form-control-sm mono',
      id: 'pair-value',
      'aria-label': 'value',
      placeholder: 'value',
      rows: 4,
      spellcheck: 'false',
    });
    value.value = pair?.value ?? '';
    const meter = h('p', { class: 'meter', 'aria-live': 'polite' });
    const measure = () => {
      const { key: ofKey, both, over } = measured({ key: key.value, value: value.value }, limits);
      say(meter, t('meter', ofKey, limits.key, both, limits.both));
      meter.classList.toggle('over', over);
    };
    key.addEventListener('input', measure);
    value.addEventListener('input', measure);
    measure();
    const close = () => {
      place.replaceChildren();
      add.focus();
    };
    const submit = async (event) => {
      event.preventDefault();
      const fresh = { key: key.value, value: value.value };
      const laid = (pairs) =>
        pairs.some((known) => known.key === fresh.key)
          ? pairs.map((known) => (known.key === fresh.key ? fresh : known))
          : [...pairs, fresh];
      if (await app.attempt(() => save(laid), t('saved'))) close();
    };
    place.replaceChildren(
      h(
        'form',
        { class: 'editor', on: { submit } },
        key,
        value,
        meter,
        h(
          'div',
          { class: 'actions' },
          h('button', { class: 'btn btn-sm btn-primary' }, t('save')),
          button(t('cancel'), 'btn-sm btn-outline-secondary', close),
        ),
      ),
    );
    (pair === null ? key : value).focus();
  }

  return {
    show,
    root: card('', h('div', { class: 'card-head' }, h('h2', {}, t('data')), sum, add), place, table, empty),
  };
}

/** What is stored of a player: each pair with its length against the documented limits. */

import { button, h, keyed, own, say, set } from '../core/dom.js';
import { measured, saveLimits } from '../logic/bytes.js';
import { clashes, valueOf, withValue } from '../logic/edits.js';
import { card } from './parts.js';

/**
 * `change(decide)` lays decide(player) over the player as they are stored; gives whether that was done, as it is not
 * where `decide` gives nothing.
 */
export function pairsCard(app, change) {
  const { t } = app;
  let editor = null;
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
      app.attempt(async () => {
        const { key, value: loaded } = element.pair;
        const done = await store(key, loaded, null);
        app.notice(done ? t('pairGone', key) : t('pairClash', key), { bad: !done });
      });
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

  /** Stores `mine` under the key, or takes the pair away for `null`, unless somebody has changed it since `loaded`. */
  const store = (key, loaded, mine) =>
    change(({ KVDataList: pairs }) =>
      clashes(valueOf(pairs, key), { loaded, mine }) ? null : { KVDataList: withValue(pairs, key, mine) },
    );

  let stored = [];
  function show(pairs) {
    stored = pairs;
    editor?.look();
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
      list: pair === null ? 'offer-keys' : null,
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
      editor = null;
      place.replaceChildren();
      add.focus();
    };
    let loaded = pair?.value ?? null;
    const clash = h('div', { class: 'clash', role: 'alert', hidden: true });
    /** Tells what somebody else has stored, and has one choose. */
    const look = () => {
      const theirs = valueOf(stored, key.value);
      const differs = clashes(theirs, { loaded, mine: value.value });
      if (clash.hidden !== differs && clash.theirs === theirs) return differs;
      clash.theirs = theirs;
      clash.hidden = !differs;
      if (differs) clash.replaceChildren(...choices(theirs));
      else clash.replaceChildren();
      return differs;
    };
    const choices = (theirs) => [
      h('p', {}, t(theirs === null ? 'theirsGone' : 'theirs')),
      theirs !== null && h('pre', { class: 'json', tabindex: '0', 'aria-label': t('theirs') }, theirs),
      h(
        'div',
        { class: 'actions' },
        button(t('overwrite'), 'btn-sm btn-danger', () => {
          loaded = theirs;
          save();
        }),
        button(t('takeTheirs'), 'btn-sm btn-outline-secondary', () => {
          if (theirs === null) return close();
          value.value = theirs;
          loaded = theirs;
          measure();
          look();
        }),
      ),
    ].filter(Boolean);
    const save = () =>
      app.attempt(async () => {
        if (!(await store(key.value, loaded, value.value))) return look();
        app.notice(t('saved'));
        close();
      });
    const submit = (event) => {
      event.preventDefault();
      save();
    };
    editor = { look: () => pair !== null && look() };
    place.replaceChildren(
      h(
        'form',
        { class: 'editor', on: { submit } },
        key,
        value,
        meter,
        clash,
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

/** Every documented error as a menu: one click, and the next call meets it. */

import { choice, clear, fill, h, keyed, say, set } from '../core/dom.js';
import { firstOf } from '../logic/commands.js';
import { armedAs, isActive } from '../logic/faults.js';
import { FIRST_API, byApi, findKinds, findRows } from '../logic/search.js';
import { armingBar } from './arming.js';
import { accountCard } from './account.js';
import { alertingCard } from './alerting.js';
import { composingCard } from './composing.js';
import { errorRow } from './error-row.js';
import { orderCard } from './order.js';
import { scenariosCard } from './scenarios.js';
import { switches } from './switches.js';

const chosen = { api: FIRST_API, text: '', type: '' }; // kept when one goes to another view and back

export function errorsView(app) {
  const { t, state } = app;
  const search = h('input', {
    type: 'search',
    class: 'form-control form-control-sm',
    id: 'error-search',
    placeholder: t('searchErrors'),
    'aria-label': t('searchErrors'),
    value: chosen.text,
  });
  search.addEventListener('input', () => {
    chosen.text = search.value;
    show();
  });
  const types = choice(
    [],
    chosen.type,
    (type) => {
      chosen.type = type;
      show();
    },
    { 'aria-label': t('type') },
  );
  const apis = h('ul', { class: 'apis', 'aria-label': 'API' });
  const groups = h('div', { class: 'groups' });
  const nothing = h('p', { class: 'nothing' }, t('nothingFound'));
  const bar = h('div', {});
  const panic = switches(app);
  const composing = composingCard(app);
  const scenarios = scenariosCard(app);
  const account = accountCard(app);
  const order = orderCard(app);
  const root = h(
    'div',
    { class: 'errors' },
    panic.root,
    h(
      'section',
      { class: 'menu card' },
      h('div', { class: 'menu-head' }, search, types),
      bar,
      h('div', { class: 'menu-body' }, apis, h('div', {}, groups, nothing)),
    ),
    h('div', { class: 'aside' }, order.root, account.root, composing.root, scenarios.root, alertingCard(app)),
  );

  /** Everything that can be armed: one list an API, and beside them one a family of kinds. */
  function entries() {
    const rows = firstOf(findRows(state.rows, state.meanings, chosen.text, chosen.type), FIRST_API);
    const kinds = chosen.type ? [] : findKinds(state.fault_kinds, chosen.text).map(entryOf);
    return [...byApi(rows), ...byApi(kinds)];
  }

  const entryOf = ({ family, name, title, effect }) => ({
    api: family,
    kind: family,
    name: name ?? family,
    code: null,
    type: null,
    meaning: app.words(title),
    message: app.words(effect),
  });

  let active = [];

  function show() {
    active = state.faults.filter((fault) => isActive(fault, app.now()));
    order.update();
    showTypes();
    const found = entries();
    const searching = chosen.text.trim() !== '';
    if (!searching && state.rows.length && !found.some(([api]) => api === chosen.api))
      chosen.api = found[0]?.[0] ?? FIRST_API;
    keyed(
      apis,
      found,
      ([api]) => api,
      apiItem,
      (item, [api, list]) => {
        say(item.number, list.length);
        set(item.link, 'aria-pressed', String(!searching && api === chosen.api));
        item.dot.hidden = !list.some((entry) => armedHere(entry).length);
      },
    );
    const shown = searching ? found : found.filter(([api]) => api === chosen.api);
    keyed(
      groups,
      shown,
      ([api]) => api,
      groupOf,
      (group, [, list]) => {
        keyed(
          group.list,
          list,
          (entry) => entry.name,
          (entry) => errorRow(app, entry, armedHere),
          (row, entry) => row.show(entry),
        );
      },
    );
    nothing.hidden = shown.length > 0 || state.rows.length === 0;
  }

  function showTypes() {
    const known = [...new Set(state.rows.map(({ type }) => type).filter(Boolean))].sort();
    if (state.rows.length && !known.includes(chosen.type)) chosen.type = '';
    fill(types, [['', t('anyType')], ...known.map((type) => [type, `${t('type')} ${type}`])], chosen.type);
    types.hidden = known.length === 0;
  }

  const armedHere = (entry) => armedAs(active, entry);

  function apiItem([api]) {
    const number = h('span', { class: 'number' });
    const dot = h('span', { class: 'dot', title: t('armedNow') });
    const link = h(
      'button',
      {
        type: 'button',
        class: 'api',
        on: {
          click: () => {
            Object.assign(chosen, { api, text: '' });
            search.value = '';
            show();
          },
        },
      },
      h('span', { class: 'api-name', title: groupName(api) }, groupName(api)),
      dot,
      number,
    );
    return Object.assign(h('li', {}, link), { number, link, dot });
  }

  const isFamily = (name) => state.fault_kinds.some(({ family }) => family === name);
  const groupName = (api) => (isFamily(api) ? t(`kind.${api}.title`) : api);

  function groupOf([api]) {
    const list = h('ul', { class: 'rows' });
    return Object.assign(
      h('section', { class: 'group', 'aria-label': groupName(api) }, h('h2', {}, groupName(api)), list),
      { list },
    );
  }

  const everySecond = setInterval(show, 1000); // the countdowns

  return {
    root,
    close: () => clearInterval(everySecond),
    update(what) {
      if (what.has('all') || what.has('catalog')) {
        bar.replaceChildren(armingBar(app, show));
        for (const list of [groups, apis]) clear(list);
        composing.update();
      }
      if (what.has('all') || what.has('scenarios')) scenarios.update();
      if (what.has('all') || what.has('faults') || what.has('catalog')) {
        show();
        panic.update();
        account.update();
      }
    },
  };
}

/** Every documented error as a menu: one click, and the next call meets it. */

import { button, choice, h, keyed, say, set } from '../core/dom.js';
import { CLIENTS, WIRES, armedAs, clockText, isActive, leftMs } from '../logic/faults.js';
import { byApi, findRows, fits } from '../logic/search.js';
import { armAs, armingBar, count } from './arming.js';
import { accountCard } from './account.js';
import { remainsOf } from './parts.js';
import { scenariosCard } from './scenarios.js';
import { switches } from './switches.js';

const FIRST = 'setUserCloudStorage';
const chosen = { api: FIRST, text: '', type: '' }; // kept when one goes to another view and back

export function errorsView(app) {
  const { t, state } = app;
  const search = h('input', {
    type: 'search', class: 'form-control form-control-sm', id: 'error-search', placeholder: t('searchErrors'), 'aria-label': t('searchErrors'), value: chosen.text,
  });
  search.addEventListener('input', () => { chosen.text = search.value; show(); });
  const types = choice([['', t('anyType')], ...['D', 'U', 'F', 'I'].map((type) => [type, `${t('type')} ${type}`])], chosen.type,
    (type) => { chosen.type = type; show(); }, { 'aria-label': t('type') });
  const apis = h('ul', { class: 'apis', 'aria-label': 'API' });
  const groups = h('div', { class: 'groups' });
  const nothing = h('p', { class: 'nothing' }, t('nothingFound'));
  const bar = h('div', {});
  const panic = switches(app);
  const scenarios = scenariosCard(app);
  const account = accountCard(app);
  const root = h('div', { class: 'errors' },
    panic.root,
    h('section', { class: 'menu card' },
      h('div', { class: 'menu-head' }, search, types), bar,
      h('div', { class: 'menu-body' }, apis, h('div', {}, groups, nothing))),
    h('div', { class: 'aside' }, account.root, scenarios.root));

  /** Everything that can be armed, one list an API; the wire and the client stand beside them. */
  function entries() {
    const rows = findRows(state.rows, state.meanings, chosen.text, chosen.type);
    const others = (kind, names) => names.map((name) => ({ api: kind, kind, name, code: null, message: t(`${kind}.${name}.told`), type: null }))
      .filter((entry) => !chosen.type && fits(chosen.text, [kind, entry.name, entry.message, t(`${kind}.${entry.name}`)]));
    return [...byApi(rows), ['wire', others('wire', WIRES)], ['client', others('client', CLIENTS)]].filter(([, list]) => list.length);
  }

  function show() {
    const found = entries();
    const searching = chosen.text.trim() !== '';
    if (!searching && state.rows.length && !found.some(([api]) => api === chosen.api)) chosen.api = found[0]?.[0] ?? FIRST;
    keyed(apis, found, ([api]) => api, apiItem, (item, [api, list]) => {
      say(item.number, list.length);
      set(item.link, 'aria-pressed', String(!searching && api === chosen.api));
      item.dot.hidden = !list.some((entry) => armedHere(entry).length);
    });
    const shown = searching ? found : found.filter(([api]) => api === chosen.api);
    keyed(groups, shown, ([api]) => api, groupOf, (group, [, list]) => {
      keyed(group.list, list, (entry) => entry.name, (entry) => rowOf(entry), (row, entry) => row.show(entry));
    });
    nothing.hidden = shown.length > 0 || state.rows.length === 0;
  }

  const armedHere = (entry) => armedAs(state.faults.filter((fault) => isActive(fault, app.now())), entry);

  function apiItem([api]) {
    const number = h('span', { class: 'number' });
    const dot = h('span', { class: 'dot', title: t('armedNow') });
    const link = h('button', { type: 'button', class: 'api', on: { click: () => {
      Object.assign(chosen, { api, text: '' });
      search.value = '';
      show();
    } } }, h('span', { class: 'api-name' }, groupName(api)), dot, number);
    return Object.assign(h('li', {}, link), { number, link, dot });
  }

  const groupName = (api) => (api === 'wire' || api === 'client' ? t(`kind.${api}.title`) : api);

  function groupOf([api]) {
    const list = h('ul', { class: 'rows' });
    return Object.assign(h('section', { class: 'group', 'aria-label': groupName(api) }, h('h2', {}, groupName(api)), list), { list });
  }

  function rowOf(entry) {
    const { api, kind = 'error', name, code, message, type, evidence } = entry;
    const meaning = kind === 'error' ? app.words(state.meanings[name]) : t(`${kind}.${name}`);
    const full = [name, kind === 'error' ? api : ''].filter(Boolean).join(', ');
    const armWith = (times) => armAs(app, { [kind]: name }, { ...(kind === 'error' && { api }), times, name });
    const action = (text, times, key) => button(text, 'btn-outline-secondary', () => armWith(times()), { 'data-arm': key, 'aria-label': `${text}: ${full}` });
    const some = action('', () => count(), 'some');
    const left = h('span', { class: 'left' });
    const off = button(t('off'), 'btn-sm btn-danger', () => app.attempt(
      () => Promise.all(armedHere(entry).map(({ id }) => app.api.remove(`faults/${id}`))), t('disarmedOne', name)), { 'aria-label': `${t('off')}: ${full}` });
    const row = h('li', { class: 'row-error', 'data-error': name, 'data-api': api },
      h('div', { class: code === null ? 'what' : 'what what-code' },
        code !== null && h('span', { class: 'code' }, code),
        h('span', { class: 'headline' }, h('span', { class: 'meaning' }, meaning),
          type && h('span', { class: 'type', title: `errorType ${type}` }, type),
          evidence === 'inferred' && h('span', { class: 'inferred', title: t('inferredTold') }, t('inferred'))),
        h('span', { class: 'ids' }, h('span', { class: 'name' }, name),
          message && h('span', { class: kind === 'error' ? 'message' : 'told' }, message))),
      h('div', { class: 'state' }, left, off),
      h('div', { class: 'btn-group btn-group-sm', role: 'group', 'aria-label': full },
        action(t('nextCall'), () => 1, 'next'), some, action(t('untilOff'), () => null, 'on')));
    row.show = (current) => {
      const now = app.now();
      const armed = armedHere(current);
      row.classList.toggle('row-armed', armed.length > 0);
      left.hidden = off.hidden = armed.length === 0;
      say(some, t('nextCalls', count()));
      set(some, 'aria-label', `${t('nextCalls', count())}: ${full}`);
      if (armed.length) {
        const ms = leftMs(armed[0], now);
        say(left, [remainsOf(app, armed[0]), ms === null ? '' : clockText(ms)].filter(Boolean).join(' · '));
      }
    };
    return row;
  }

  const everySecond = setInterval(show, 1000); // the countdowns

  return {
    root,
    close: () => clearInterval(everySecond),
    update(what) {
      if (what.has('all') || what.has('catalog')) {
        bar.replaceChildren(armingBar(app, show));
        for (const list of [groups, apis]) { list.replaceChildren(); list.known = undefined; }
        scenarios.update();
      }
      if (what.has('all') || what.has('faults') || what.has('catalog')) {
        show();
        panic.update();
        account.update();
      }
    },
  };
}

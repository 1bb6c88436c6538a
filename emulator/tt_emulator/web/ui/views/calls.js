/** Every call as it comes, newest first, and beside it all that is known of the chosen one. */

import { button, choice, fill, h, keyed, own, say, set } from '../core/dom.js';
import { burstsOf } from '../logic/bursts.js';
import { outcomeOf, partOf } from '../logic/calls.js';
import { fileName } from '../logic/file-name.js';
import { burstText } from './burst.js';
import { callDetail } from './call.js';
import { durationOf, outcomeBadge, save, timeOf } from './parts.js';

const PAGE = 200; // rows that are drawn; more only if somebody asks
const MOST_OFFERED = 500; // in a menu
const filter = { api: '', player: '', outcome: '', text: '' };
const pause = { at: null };

export function callsView(app) {
  const { t, state } = app;
  let limit = PAGE;
  let chosen = null;

  const pick = (name, label) =>
    choice([['', label]], filter[name], (value) => change(name, value), { 'aria-label': label });
  const apis = pick('api', t('anyApi'));
  const players = pick('player', t('anyPlayer'));
  const outcomes = choice(
    ['', 'ok', 'fail', 'lost', 'pending', 'fault'].map((name) => [name, t(name ? `filter.${name}` : 'anyOutcome')]),
    filter.outcome,
    (value) => change('outcome', value),
    { 'aria-label': t('anyOutcome') },
  );
  const text = h('input', {
    type: 'search',
    class: 'form-control form-control-sm',
    id: 'call-search',
    placeholder: t('searchCalls'),
    'aria-label': t('searchCalls'),
    value: filter.text,
  });
  text.addEventListener('input', () => change('text', text.value));
  const hold = button(
    '',
    'btn-sm btn-outline-secondary',
    () => {
      pause.at = pause.at === null ? state.calls.last : null;
      show();
    },
    { id: 'pause' },
  );
  const har = button(
    t('har'),
    'btn-sm btn-outline-secondary',
    () => app.attempt(saveHar),
    { id: 'har' },
  );
  const clear = button('', 'btn-sm btn-outline-secondary', () => app.clearCalls(filter), { id: 'clear' });
  const sum = h('span', { class: 'sum' });
  const among = h('span', { class: 'among' });
  const burst = h('p', { class: 'burst', hidden: true });
  const list = h('ol', { class: 'calls' });
  const older = button('', 'btn-sm btn-outline-secondary older', () => {
    limit += PAGE;
    show();
  });
  const empty = h('div', { class: 'empty' });
  const detail = h('div', { class: 'detail', id: 'call' });
  const root = h(
    'div',
    { class: 'split' },
    h(
      'section',
      { class: 'card side', 'aria-label': t('view.calls') },
      h('div', { class: 'filters' }, apis, players, outcomes, text),
      h('div', { class: 'filters' }, hold, clear, har, sum, among),
      burst,
      list,
      empty,
      older,
    ),
    detail,
  );

  function change(name, value) {
    filter[name] = value;
    limit = PAGE;
    show();
  }

  function line(exchange) {
    const badge = h('span', {});
    const took = h('span', { class: 'took' });
    const fault = h('span', { class: 'struck' });
    const element = h(
      'a',
      { class: 'call', href: `#calls/${exchange.id}`, 'data-call': exchange.id },
      h('span', { class: 'at' }, timeOf(exchange.received_at)),
      h('span', { class: 'call-api' }, exchange.api),
      own(exchange.player, { class: 'who' }),
      fault,
      badge,
      took,
    );
    return Object.assign(h('li', {}, element), { element, badge, took, fault });
  }

  function show() {
    const paused = pause.at !== null;
    const { found, total } = state.calls.find(filter, limit, paused ? pause.at : Infinity);
    keyed(
      list,
      found,
      ({ id }) => `${id} ${state.calls.get(id).received_at}`,
      line,
      (item, exchange) => {
        outcomeBadge(app, exchange, item.badge);
        say(item.took, durationOf(exchange.duration_ms));
        say(item.fault, exchange.fault ?? '');
        set(item.element, 'aria-current', exchange.id === chosen ? 'true' : null);
      },
    );
    showBurst(paused ? pause.at : Infinity);
    older.hidden = total <= found.length;
    say(older, t('older', total - found.length));
    const waiting = paused ? Math.max(0, state.calls.last - pause.at) : 0;
    say(hold, paused ? t('goOn', waiting) : t('pause'));
    set(hold, 'aria-pressed', String(paused));
    hold.classList.toggle('btn-warning', paused);
    const whole = !paused && Object.values(filter).every((value) => value === '');
    const { hides } = state.calls;
    const part = hides ? 'all' : partOf(state.calls); // of what is hidden the rest says nothing
    if (part === 'unknown') say(sum, t('callsHeld', total));
    else say(sum, whole && part !== 'all' ? t('lastCalls', ...part) : t('callCount', total));
    say(among, whole || typeof part === 'string' ? '' : t('amongLast', ...part));
    empty.hidden = total > 0;
    say(empty, t(...emptyText()));
    const whose = [filter.api, filter.player].filter(Boolean).join(' · ');
    say(clear, whose ? t('clearOf', whose) : t('clear'));
    fill(apis, [['', t('anyApi')], ...offered('api')], filter.api);
    fill(players, [['', t('anyPlayer')], ...offered('player')], filter.player);
  }

  /** How the latest of the calls that failed was tried again. */
  function showBurst(until) {
    const { found } = state.calls.find({ api: filter.api, player: filter.player }, PAGE, until);
    const latest = burstsOf(found.reverse()).at(-1);
    burst.hidden = !latest;
    const told = latest ? [`${latest.api} · `, latest.player, ` · ${burstText(t, latest)}`] : [];
    if (burst.textContent === told.join('')) return; // a selection in it stays
    const [api, player, text] = told;
    burst.replaceChildren(...(latest ? [api, own(player, {}), text] : []));
  }

  async function saveHar() {
    const file = await app.api.file('requests.har');
    const { length } = JSON.parse(await file.text()).log.entries;
    save(file, fileName(state.world, 'har', new Date()));
    app.notice(t('harSaved', length, Math.max(length, state.calls.came ?? 0)));
  }

  function emptyText() {
    const { size, came, hides } = state.calls;
    if (hides && Object.values(filter).every((value) => value === '')) return ['hands.hidden'];
    if (size) return ['nothingFound'];
    if (came === null) return ['callsUnread'];
    return came ? ['noneHeld', came.toLocaleString('en-US')] : ['noCalls', state.platform.global_name];
  }

  /** What a menu offers: what there is, and what was chosen when there was some. */
  function offered(name) {
    const known = state.calls.values(name);
    const there = known.slice(0, MOST_OFFERED);
    const all = filter[name] && !there.includes(filter[name]) ? [filter[name], ...there] : there;
    const left = known.length - there.length;
    return [...all.map((value) => [value, value]), ...(left > 0 ? [['', t('moreOffered', left), true]] : [])];
  }

  let shown = null;
  function showDetail() {
    const exchange = state.calls.get(chosen);
    root.classList.toggle('split-detail', chosen !== null);
    const key = exchange
      ? `${exchange.id} ${exchange.received_at} ${outcomeOf(exchange)} ${exchange.reason} ${state.seen.has(exchange.fault)}`
      : String(chosen);
    if (shown === key) return;
    shown = key;
    detail.replaceChildren(
      exchange ? callDetail(app, exchange) : h('p', { class: 'empty' }, t(chosen === null ? 'chooseCall' : 'callGone')),
    );
  }

  return {
    root,
    open([id]) {
      chosen = id ? Number(id) : null;
      showDetail();
      if (id && matchMedia('(max-width: 62rem)').matches) scrollTo(0, 0);
    },
    update(what) {
      if (['all', 'calls', 'catalog'].some((name) => what.has(name))) show();
      if (['all', 'calls', 'faults', 'catalog'].some((name) => what.has(name))) showDetail();
    },
  };
}

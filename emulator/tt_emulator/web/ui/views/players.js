/** The players of the world, and beside them the chosen one. */

import { button, choice, fill, h, keyed, own, say, set } from '../core/dom.js';
import { throttled } from '../core/app.js';
import { STATES, fieldOf } from '../logic/causes.js';
import { fitsPath } from '../logic/links.js';
import { otherStates } from '../logic/player-fields.js';
import { findPlayers, mergedPlayers } from '../logic/search.js';
import { stateText } from './cause.js';
import { safePicture } from './parts.js';
import { playerDetail } from './player.js';
import { unaddressablePlayer } from './unaddressable-player.js';

const PAGE = 100; // rows that are drawn; a search finds the others
const CALM_MS = 1000;
const MOST_APART = 20;
const CALLED = 'player:';

export function playersView(app) {
  const { t, state } = app;
  let players = null;
  let chosen = null;
  let limit = PAGE;
  let detail = null;
  const asked = new Set(); // who has been looked for: many who call have nothing stored

  const search = h('input', {
    type: 'search',
    class: 'form-control form-control-sm',
    id: 'player-search',
    placeholder: t('searchPlayers'),
    'aria-label': t('searchPlayers'),
  });
  search.addEventListener('input', () => {
    limit = PAGE;
    show();
  });
  let inState = '';
  const states = choice(
    [],
    '',
    (name) => app.go('players', '', name),
    { 'aria-label': t('anyState'), id: 'player-state' },
  );
  const fresh = h('input', {
    class: 'form-control form-control-sm',
    id: 'new-player',
    placeholder: 'openid',
    'aria-label': t('newPlayer'),
    maxlength: 128,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const add = h(
    'form',
    { class: 'add', on: { submit } },
    fresh,
    h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('add')),
  );
  const sum = h('p', { class: 'note sum' });
  const list = h('ul', { class: 'players' });
  const more = button(
    '',
    'btn-sm btn-outline-secondary older',
    () => {
      limit += PAGE;
      show();
    },
    { hidden: true },
  );
  const empty = h('p', { class: 'empty' });
  const place = h('div', { class: 'detail', id: 'player' });
  const root = h(
    'div',
    { class: 'split split-players' },
    h(
      'section',
      { class: 'card side', 'aria-label': t('view.players') },
      h('div', { class: 'filters' }, search, states),
      add,
      sum,
      list,
      empty,
      more,
    ),
    place,
  );

  async function submit(event) {
    event.preventDefault();
    const openid = fresh.value;
    if (!openid) return;
    if (!fitsPath(openid)) {
      app.go('players', openid); // which tells why not
      return;
    }
    if (!(await app.attempt(() => app.api.put(`players/${encodeURIComponent(openid)}`, {}), t('added', openid))))
      return;
    fresh.value = '';
    app.go('players', openid);
  }

  const changed = new Set();
  let whole = true;

  /** Everybody at the beginning; then those who called, as thousands of players are long in coming. */
  const read = throttled(CALM_MS, async () => {
    const openids = [...changed];
    changed.clear();
    const strangers = openids.filter((openid) => !asked.has(openid));
    for (const openid of openids) asked.add(openid);
    if (whole || strangers.length || openids.length > MOST_APART || !openids.every(fitsPath)) {
      players = (await app.api.get('players')).players;
      whole = false;
      for (const { openid } of players) asked.add(openid);
    } else {
      const fresh = await Promise.all(openids.map((openid) => app.api.get(`players/${encodeURIComponent(openid)}`)));
      players = mergedPlayers(players, fresh);
    }
    show();
  });

  function item({ openid }) {
    const face = h('img', { class: 'face', alt: '', width: 28, height: 28 });
    const name = own('', { class: 'player-name' });
    const marks = h('span', { class: 'marks' });
    const link = h(
      'a',
      { class: 'player', href: `#players/${encodeURIComponent(openid)}`, 'data-player': openid },
      face,
      h('span', { class: 'player-texts' }, name, own(openid, { class: 'player-id' })),
      marks,
    );
    return Object.assign(h('li', {}, link), { face, name, marks, link });
  }

  function show() {
    if (players === null) return;
    fill(states, stateOptions(), inState);
    const found = findPlayers(players, search.value, inState, state.player_fields);
    keyed(
      list,
      found.slice(0, limit),
      ({ openid }) => openid,
      item,
      (element, player) => {
        const { nickname, avatarUrl, KVDataList, session, network } = player;
        const picture = safePicture(avatarUrl);
        if (element.face.getAttribute('src') !== picture) set(element.face, 'src', picture);
        say(element.name, nickname || player.openid);
        say(
          element.marks,
          [
            session === 'valid' ? '' : t(`session.${session}`),
            network === 'online' ? '' : t('network.offline'),
            t('pairCount', KVDataList.length),
          ]
            .filter(Boolean)
            .join(' · '),
        );
        set(element.link, 'aria-current', player.openid === chosen ? 'true' : null);
      },
    );
    say(sum, t('playerCount', found.length));
    more.hidden = found.length <= limit;
    say(more, t('morePlayers', found.length - limit));
    empty.hidden = found.length > 0;
    say(empty, t(players.length ? 'nothingFound' : 'noPlayers'));
  }

  /** The states in which players of the platform can be, and the one that is looked for. */
  function stateOptions() {
    const told = state.player_fields;
    const named = STATES.filter((name) => told.some(({ pointer }) => pointer === fieldOf(name)));
    const others = otherStates(told).map(({ name }) => name);
    const here = [...named, ...others];
    const wanted = inState && !here.includes(inState) ? [inState] : [];
    const words = (name) => (STATES.includes(name) ? t(`state.${name}`) : stateText(app, name));
    return [['', t('anyState')], ...[...here, ...wanted].map((name) => [name, words(name)])];
  }

  return {
    root,
    open([openid, among]) {
      chosen = openid || null;
      if (!openid) inState = among ?? '';
      limit = PAGE;
      root.classList.toggle('split-detail', chosen !== null);
      detail = chosen === null ? null : (fitsPath(chosen) ? playerDetail : unaddressablePlayer)(app, chosen);
      place.replaceChildren(detail ? detail.root : h('p', { class: 'empty' }, t('choosePlayer')));
      show();
      if (chosen && matchMedia('(max-width: 62rem)').matches) scrollTo(0, 0);
    },
    update(what) {
      for (const name of what) if (name.startsWith(CALLED)) changed.add(name.slice(CALLED.length));
      whole ||= what.has('all') || what.has('players');
      if (whole || changed.size) read();
      if (detail && (what.has('all') || what.has('players') || what.has(`player:${chosen}`))) detail.read();
      if (what.has('catalog')) show();
      if (what.has('catalog') && detail) detail.read();
    },
  };
}

/** One player: who they are, the state that makes calls fail, their data, and the board they see. */

import { button, field, h, keyed, own } from '../core/dom.js';
import { throttled } from '../core/app.js';
import { clashes } from '../logic/edits.js';
import { isUsual } from '../logic/platform.js';
import { patchOf, valueAt } from '../logic/player-fields.js';
import { BOARD, boardCard } from './board.js';
import { pairsCard } from './pairs.js';
import { card, safePicture } from './parts.js';
import { onChange, playerFields } from './player-fields.js';

export function playerDetail(app, openid) {
  const { t } = app;
  const path = `players/${encodeURIComponent(openid)}`;
  let player = null;

  const put = async (fields, done) => {
    await app.attempt(async () => {
      player = await app.api.put(path, fields);
    }, done);
    if (player) show(); // also what was refused: the field goes back
  };

  /** Lays change(player) over the player as they are now; `null` leaves them. Gives whether it was stored. */
  const change = async (decide) => {
    const stored = await app.api.change(path, (now) => {
      player = now;
      return decide(now);
    });
    if (stored) player = stored;
    show();
    return stored !== null;
  };

  /** A text that somebody else has changed meanwhile is not overwritten unasked. */
  const putText = async (pointer, title, mine, before) => {
    const done = await app.attempt(async () => {
      let theirs = '';
      const stored = await change((now) => {
        theirs = valueAt(now, pointer) ?? '';
        const fresh = mine || (pointer === '/nickname' ? '' : null);
        return clashes(theirs, { loaded: before, mine }) ? null : patchOf(pointer, fresh);
      });
      if (stored) return app.notice(t('saved'));
      const run = () => putText(pointer, title, mine, theirs);
      app.notice(t('clash', title, theirs, mine), { bad: true, action: { text: t('overwrite'), run } });
    });
    if (!done) show(); // it was refused: the field goes back
  };

  const face = h('img', { class: 'face face-large', alt: '', width: 48, height: 48 });
  const title = own('', {});
  const nickname = h('input', {
    class: 'form-control form-control-sm',
    id: 'nickname',
    maxlength: 128,
    dir: 'auto',
    autocomplete: 'off',
  });
  const friends = h('ul', { class: 'friends' });
  const friend = h('input', {
    class: 'form-control form-control-sm',
    'aria-label': t('newFriend'),
    list: 'offer-players',
    placeholder: 'openid',
    maxlength: 128,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  let loaded = ''; // what stood in the nickname when somebody began to change it
  onChange(nickname, () => putText('/nickname', t('nickname'), nickname.value, loaded));
  const fields = playerFields(app, { put: (patch) => put(patch, t('saved')), putText });
  const playAs = h(
    'a',
    { class: 'btn btn-sm btn-outline-secondary', target: '_blank', href: gameOf(app, openid) },
    t('playAs'),
  );
  const pairs = pairsCard(app, change);
  const board = boardCard(app, openid);

  const befriended = (name, laid) =>
    app.attempt(
      () => change(({ friends: known }) => ({ friends: laid(known.filter((other) => other !== name)) })),
      t('saved'),
    );

  const befriend = (event) => {
    event.preventDefault();
    const name = friend.value.trim();
    if (!name) return;
    friend.value = '';
    befriended(name, (others) => [...others, name]);
  };

  function friendItem(name) {
    const gone = () => befriended(name, (others) => others);
    return h(
      'li',
      {},
      h('a', { href: `#players/${encodeURIComponent(name)}` }, own(name)),
      h('button', { type: 'button', class: 'btn-close', 'aria-label': `${t('remove')}: ${name}`, on: { click: gone } }),
    );
  }

  function show() {
    const picture = safePicture(player.avatarUrl);
    if (picture && face.getAttribute('src') !== picture) face.src = picture;
    title.textContent = player.nickname || openid;
    if (document.activeElement !== nickname) nickname.value = loaded = player.nickname;
    fields.show(player);
    playAs.hidden = !isUsual(app.state.platform);
    board.hidden = !app.state.rows.some(({ api }) => api === BOARD);
    keyed(friends, [...new Set(player.friends)], (name) => name, friendItem);
    pairs.show(player.KVDataList);
  }

  const forget = async () => {
    if (!(await app.attempt(() => app.api.remove(path)))) return;
    const { openid: _, ...fields } = player;
    app.notice(t('playerForgotten', openid), {
      action: { text: t('undo'), run: () => app.attempt(() => app.api.put(path, fields), t('undone')) },
    });
    app.go('players');
  };

  const read = throttled(300, async () => {
    player = await app.api.get(path);
    show();
  });
  read();

  return {
    read,
    root: h(
      'article',
      { 'aria-label': openid },
      card(
        '',
        h('a', { class: 'back', href: '#players' }, t('back')),
        h(
          'header',
          { class: 'player-head' },
          face,
          h('h2', {}, title, own(openid, { class: 'player-id' })),
          playAs,
          button(t('forgetPlayer'), 'btn-sm btn-outline-danger', forget, { id: 'forget-player' }),
        ),
        h(
          'div',
          { class: 'fields' },
          field(t('nickname'), nickname),
          fields.root,
        ),
        h('h3', {}, t('friends')),
        friends,
        h(
          'form',
          { class: 'add', on: { submit: befriend } },
          friend,
          h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('addFriend')),
        ),
      ),
      pairs.root,
      board,
    ),
  };
}

function gameOf(app, openid) {
  const query = new URLSearchParams({ 'tt-player': openid });
  if (app.state.world !== 'default') query.set('tt-world', app.state.world);
  return `/?${query}`;
}

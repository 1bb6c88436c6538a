/** The board as this player sees it, asked for from the open data domain as the game would. */

import { choice, field, h, own } from '../core/dom.js';
import { card, json, safePicture } from './parts.js';

/** The API that shows one; not each platform has it. */
export const BOARD = 'getCloudStorageByRelation';

export function boardCard(app, openid) {
  const { t } = app;
  let type = 'friend';
  const input = (id, value, placeholder) =>
    h('input', {
      class: 'form-control form-control-sm',
      id,
      value,
      placeholder,
      autocomplete: 'off',
      spellcheck: 'false',
    });
  const keys = input('board-keys', 'stack_best', 'score, level');
  const group = input('board-group', '', 'groupId');
  const sort = input('board-sort', '', 'sortKey');
  const ofGroup = [field(t('groupId'), group), field(t('sortKey'), sort)];
  const types = choice(
    ['friend', 'group', 'recommend'].map((name) => [name, t(`board.${name}`)]),
    type,
    (value) => {
      type = value;
      toggle();
    },
    { id: 'board-type' },
  );
  const place = h('div', { 'aria-live': 'polite' });

  function toggle() {
    for (const one of ofGroup) one.hidden = type !== 'group';
  }

  const show = async (event) => {
    event.preventDefault();
    const keyList = keys.value
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean);
    const extra = type === 'group' ? { extra: { groupId: group.value, sortKey: sort.value } } : {};
    await app.attempt(async () => {
      const reply = await app.api.call(openid, BOARD, { type, keyList, ...extra }, 'open');
      place.replaceChildren(Array.isArray(reply.data) ? rowsOf(reply.data, keyList) : json(reply, t('got')));
    });
  };

  function rowsOf(rows, keyList) {
    if (rows.length === 0) return h('p', { class: 'note' }, t('boardEmpty'));
    return h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('board') },
      h(
        'table',
        { class: 'table table-sm board' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, '#'),
            h('th', { scope: 'col' }, t('player')),
            keyList.map((key) => h('th', { scope: 'col' }, own(key))),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map((row, index) =>
            h(
              'tr',
              { class: row.isMe ? 'is-me' : null },
              h('td', {}, index + 1),
              h(
                'td',
                {},
                h(
                  'span',
                  { class: 'who' },
                  h('img', { class: 'face', alt: '', width: 24, height: 24, src: safePicture(row.avatarUrl) }),
                  own(row.nickname || row.openid),
                ),
              ),
              keyList.map((key) =>
                h('td', {}, own(row.KVDataList.find((pair) => pair.key === key)?.value ?? '–', { class: 'value' })),
              ),
            ),
          ),
        ),
      ),
    );
  }

  toggle();
  return card(
    t('board'),
    h('p', { class: 'note' }, t('boardNote')),
    h(
      'form',
      { class: 'fields', on: { submit: show } },
      field(t('boardType'), types),
      field(t('boardKeys'), keys),
      ofGroup,
      h('button', { class: 'btn btn-sm btn-outline-secondary align-self-end', id: 'show-board' }, t('showBoard')),
    ),
    place,
  );
}

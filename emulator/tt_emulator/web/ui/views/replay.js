/** What came of a story that was played again: alike, or where not. */

import { button, h, own } from '../core/dom.js';
import { withQuery } from '../logic/game-address.js';

const MOST = 100;

/** `select(id)` leads to a call of the story. */
export function replayCard(app, { same, differences, world }, calls, select) {
  const { t } = app;
  const sentence = same ? t('story.same', calls) : t('story.differs', differences.length, calls);
  const link = h(
    'a',
    { class: 'replay-world', href: `${withQuery(location.search, { world })}#story` },
    t('story.toWorld'),
    ' ',
    own(world),
  );
  return h(
    'div',
    { class: `replay ${same ? 'replay-same' : 'replay-other'}`, id: 'replay' },
    h('p', { class: 'sentence' }, h('strong', {}, sentence), ' ', link),
    !same && h('ul', { class: 'differences' }, differences.slice(0, MOST).map((each) => difference(app, each, select))),
    differences.length > MOST && h('p', { class: 'note' }, t('timeline.firstOf', MOST, differences.length)),
  );
}

function difference({ t }, { id, api, player, parts, error }, select) {
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'headline' },
      button(`#${id} ${api}`, 'btn-sm btn-link', () => select(id)),
      own(player, { class: 'note' }),
    ),
    error && h('p', { class: 'sentence' }, own(error)),
    parts.length > 0 &&
      h(
        'dl',
        { class: 'difference' },
        parts.map((part) =>
          h(
            'div',
            {},
            h('dt', {}, own(part.pointer)),
            h('dd', {}, h('span', { class: 'note' }, t('story.was')), own(worded(t, part.was))),
            h('dd', {}, h('span', { class: 'note' }, t('story.now')), own(worded(t, part.now))),
          ),
        ),
      ),
  );
}

const worded = (t, value) => (value === undefined || value === null ? t('story.nothing') : JSON.stringify(value));

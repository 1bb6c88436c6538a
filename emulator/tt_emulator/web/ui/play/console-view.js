/** The game's console, newest line last, each with the place in the package that wrote it. */

import { button, choice, h, keyed, own, say } from '../core/dom.js';
import { LEVELS } from '../logic/frame-messages.js';
import { timeOf } from '../views/parts.js';

const chosen = { level: LEVELS[0] };
const NEAR_PX = 40;

export const consoleView = (game) => (app) => {
  const { t } = app;
  const level = choice(
    LEVELS.map((name) => [name, t(`level.${name}`)]),
    chosen.level,
    (name) => {
      chosen.level = name;
      show();
    },
    { 'aria-label': t('play.least') },
  );
  const clear = button(t('clear'), 'btn-sm btn-outline-secondary', () => {
    game.state.log.clear();
    show();
  });
  const sum = h('span', { class: 'sum' });
  const list = h('ol', { class: 'lines' });
  const box = h('div', { class: 'lines-box', tabindex: '0', role: 'region', 'aria-label': t('view.console') }, list);
  const empty = h('p', { class: 'empty' }, t('play.noLines'));
  const root = h('section', { class: 'card', 'aria-label': t('view.console') }, h('div', { class: 'filters' }, level, clear, sum), box, empty);

  const line = ({ level: name, text, file, line: number, atMs }) =>
    h(
      'li',
      { class: `line line-${name}` },
      h('span', { class: 'at' }, timeOf(atMs)),
      h('span', { class: 'line-level' }, ['log', 'info'].includes(name) ? '' : t(`level.${name}.short`)),
      own(text, { class: 'line-text' }),
      h('span', { class: 'place' }, file ? (number ? `${file}:${number}` : file) : ''),
    );

  function show() {
    const { log } = game.state;
    const found = log.from(chosen.level);
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    keyed(list, found, ({ id }) => id, line);
    box.hidden = found.length === 0;
    empty.hidden = found.length > 0;
    say(sum, log.dropped ? t('play.dropped', log.dropped) : '');
    if (isAtEnd) box.scrollTop = box.scrollHeight; // somebody who reads further up is left there
  }

  return {
    root,
    update(what) {
      if (what.has('all') || what.has('game')) show();
    },
  };
};

/** What became of everything that was armed, and why something has not struck. */

import { button, h, keyed, own, say, set } from '../core/dom.js';
import { isActive } from '../logic/faults.js';
import { card, remainsOf, scopeOf, titleOf } from './parts.js';

const MOST = 50;

export function accountCard(app) {
  const { t, state } = app;
  const list = h('ul', { class: 'account' });
  const tidy = button(t('forgetDone'), 'btn-sm btn-outline-secondary', () =>
    app.attempt(() => Promise.all(done().map(({ id }) => app.api.remove(`faults/${id}`)))),
  );

  const done = () => state.faults.filter((fault) => !isActive(fault, app.now()));

  function item(fault) {
    const standing = h('span', {});
    const hits = h('span', { class: 'account-hits' });
    const why = h('p', { class: 'account-why' });
    const element = h(
      'li',
      { 'data-account': fault.id },
      h('div', { class: 'account-line' }, standing, h('span', { class: 'account-title' }, titleOf(app, fault)), hits),
      own(scopeOf(app, fault), { class: 'account-scope' }),
      fault.label && own(fault.label, { class: 'account-scope' }),
      why,
    );
    return Object.assign(element, { standing, hits, why });
  }

  const part = h('p', { class: 'note' });
  const root = card(t('account'), part, list, tidy);

  return {
    root,
    update() {
      const newest = [...state.faults].reverse();
      keyed(
        list,
        newest.slice(0, MOST),
        ({ id }) => id,
        item,
        (element, fault) => {
          const active = isActive(fault, app.now());
          const name = active ? 'active' : fault.completed ? 'spent' : 'expired';
          set(element.standing, 'class', `standing standing-${name}`);
          say(element.standing, t(`standing.${name}`));
          say(element.hits, remainsOf(app, fault));
          say(element.why, fault.near_miss ? t('notYet', fault.near_miss) : '');
          element.why.hidden = !fault.near_miss;
        },
      );
      part.hidden = newest.length <= MOST;
      say(part, t('lastFaults', MOST, newest.length));
      root.hidden = newest.length === 0;
      tidy.hidden = done().length === 0;
    },
  };
}

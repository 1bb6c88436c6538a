/** The scenarios that come with the emulator, a card each. */

import { button, h, keyed } from '../core/dom.js';
import { limited } from '../logic/faults.js';
import { ttlS } from './arming.js';
import { card } from './parts.js';

export function scenariosCard(app) {
  const { t, state } = app;
  const list = h('ul', { class: 'scenarios' });

  function item({ file, name, description, faults }) {
    const called = app.words(name);
    const load = () => app.attempt(() => app.api.put('faults', limited(faults, ttlS())), t('armedNamed', called));
    return h(
      'li',
      { class: 'scenario', 'data-scenario': file },
      h('div', {}, h('h3', {}, called), h('p', {}, app.words(description))),
      button(t('arm'), 'btn-sm btn-outline-secondary', load, { 'aria-label': `${t('arm')}: ${called}` }),
    );
  }

  return {
    root: card(t('scenarios'), h('p', { class: 'note' }, t('scenariosNote')), list),
    update() {
      keyed(list, state.scenarios, ({ file }) => file, item);
    },
  };
}

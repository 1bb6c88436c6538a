/** The two big switches: everything fails, and offline. */

import { h, say, set } from '../core/dom.js';
import { LABELS, isActive } from '../logic/faults.js';
import { offlineErrors } from '../logic/player-fields.js';
import { ttlS } from './arming.js';

const FAULTS = {
  everything: () => [{ wire: 'http_status', status: 500 }],
  offline: (fields) => [...offlineErrors(fields).map((error) => ({ error })), { wire: 'close' }], // for APIs without such a row
};

export function switches(app) {
  const { t, state } = app;
  const all = Object.keys(FAULTS).map((name) => {
    const told = h('span', { class: 'switch-state' });
    const element = h(
      'button',
      {
        type: 'button',
        role: 'switch',
        class: `big-switch big-${name}`,
        id: `switch-${name}`,
        on: { click: () => turn(name) },
      },
      h('span', { class: 'knob', 'aria-hidden': 'true' }),
      h(
        'span',
        { class: 'switch-text' },
        h('span', { class: 'switch-name' }, t(`switch.${name}`)),
        h('span', { class: 'switch-told' }, t(`switch.${name}.told`)),
      ),
      told,
    );
    return { name, element, told };
  });

  const armed = (name) => state.faults.filter((fault) => fault.label === LABELS[name] && isActive(fault, app.now()));

  function turn(name) {
    const mine = armed(name);
    if (mine.length) {
      return app.attempt(
        () => Promise.all(mine.map(({ id }) => app.api.remove(`faults/${id}`))),
        t('switchedOff', t(`switch.${name}`)),
      );
    }
    const faults = FAULTS[name](state.player_fields).map((fault) => ({ ...fault, label: LABELS[name], ttl_s: ttlS() }));
    return app.attempt(() => app.api.post('faults', faults), t('switchedOn', t(`switch.${name}`)));
  }

  return {
    root: h(
      'div',
      { class: 'switches' },
      all.map(({ element }) => element),
    ),
    update() {
      for (const { name, element, told } of all) {
        const on = armed(name).length > 0;
        set(element, 'aria-checked', String(on));
        say(told, t(on ? 'on' : 'isOff'));
      }
    },
  };
}

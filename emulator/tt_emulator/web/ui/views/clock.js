/** The world's clock: what time it is there, and what to do about it. */

import { unlessTold } from '../core/api.js';
import { button, field, h, say } from '../core/dom.js';
import { aheadText, momentText } from '../logic/time.js';
import { card } from './parts.js';

const STEPS = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['week', 604_800],
];

export function clockCard(app) {
  const { t } = app;
  let told = null; // {now, frozen} and when the server said so
  const face = h('p', { class: 'clock' });
  const state = h('p', { class: 'note' });
  const freeze = button(t('freeze'), 'btn-sm btn-outline-secondary', () => move({ freeze: !told?.frozen }), {
    id: 'freeze',
  });
  const moment = h('input', {
    type: 'datetime-local',
    step: 1,
    class: 'form-control form-control-sm',
    id: 'clock-set',
  });
  const submit = (event) => {
    event.preventDefault();
    if (moment.value) move({ set: new Date(moment.value).toISOString() });
  };

  const take = (view) => {
    told = { ...view, atMs: performance.now() };
    show();
  };
  const move = (body) => app.attempt(async () => take(await app.api.post('clock', body)), t('clockMoved'));
  const read = async () => {
    try {
      take(await app.api.get('clock'));
    } catch (error) {
      unlessTold(error);
    }
  };

  function show() {
    if (told === null) return;
    const nowMs = Date.parse(told.now) + (told.frozen ? 0 : performance.now() - told.atMs);
    say(face, momentText(nowMs, app.language()));
    say(state, standing());
    say(freeze, t(told.frozen ? 'letRun' : 'freeze'));
  }

  /** By the server, which knows its own clock; this machine's may be wrong. */
  function standing() {
    if (told.frozen) return t('frozen');
    const offsetMs = app.state.conditions?.clock_offset_ms;
    if (!Number.isInteger(offsetMs)) return '';
    return offsetMs ? t('movedTime', aheadText(offsetMs)) : t('realTime');
  }

  const ticking = setInterval(show, 1000);
  const back = () =>
    app.attempt(async () => {
      await app.api.post('reset', { scope: ['clock'] });
      await read();
    }, t('clockMoved'));

  return {
    read,
    close: () => clearInterval(ticking),
    show,
    root: card(
      t('clock'),
      face,
      state,
      h(
        'div',
        { class: 'actions' },
        STEPS.map(([name, seconds]) =>
          button(t(`step.${name}`), 'btn-sm btn-outline-secondary', () => move({ advance_s: seconds }), {
            'data-step': name,
          }),
        ),
        freeze,
        button(t('toRealTime'), 'btn-sm btn-outline-secondary', back, { id: 'real-time' }),
      ),
      h(
        'form',
        { class: 'add', on: { submit } },
        field(t('setClock'), moment),
        h('button', { class: 'btn btn-sm btn-outline-secondary align-self-end' }, t('set')),
      ),
    ),
  };
}

/** The world's clock: what time it is there, and what to do about it. */

import { unlessTold } from '../core/api.js';
import { button, field, h, say } from '../core/dom.js';
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
    const shown = new Date(nowMs);
    say(
      face,
      shown.toLocaleString(app.language() === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
    );
    const aheadS = Math.round((nowMs - Date.now()) / 1000);
    say(state, told.frozen ? t('frozen') : t(Math.abs(aheadS) < 2 ? 'realTime' : 'movedTime', ahead(aheadS)));
    say(freeze, t(told.frozen ? 'letRun' : 'freeze'));
  }

  /** 90000 → "+1 d 1 h". */
  function ahead(seconds) {
    const [sign, all] = [seconds < 0 ? '−' : '+', Math.abs(seconds)];
    const parts = [
      [Math.floor(all / 86_400), 'd'],
      [Math.floor(all / 3600) % 24, 'h'],
      [Math.floor(all / 60) % 60, 'min'],
      [all % 60, 's'],
    ];
    return (
      sign +
      parts
        .filter(([number]) => number)
        .slice(0, 2)
        .map((part) => part.join(' '))
        .join(' ')
    );
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

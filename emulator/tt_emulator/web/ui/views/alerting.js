/** Whether one is told of strikes while another tab is in front. */

import { h, say } from '../core/dom.js';
import { card } from './parts.js';

const NOTES = { granted: 'alerts.granted', default: 'alerts.asked', denied: 'alerts.denied', none: 'alerts.none' };

export function alertingCard(app) {
  const { t, alerts } = app;
  const note = h('p', { class: 'note', role: 'status' });
  const show = () => say(note, box.checked ? t(NOTES[alerts.permission()]) : t('alerts.off'));
  const box = h('input', {
    type: 'checkbox',
    class: 'form-check-input',
    id: 'alerts',
    prop: { checked: alerts.isWanted() },
    on: {
      change: async () => {
        const chosen = alerts.choose(box.checked);
        show(); // the answer may take long
        await chosen;
        show();
      },
    },
  });
  show();
  const label = h('label', { class: 'form-check-label', for: box.id }, t('alerts.tell'));
  return card(t('alerts'), h('div', { class: 'form-check' }, box, label), note);
}

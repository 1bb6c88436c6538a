/** Short messages at the edge; a screen reader says them, and one may offer something to do. */

import { button, h } from './dom.js';

const STAYS_MS = 6000;
const WITH_ACTION_MS = 20_000;
const MOST = 4;

export function createNotices(t) {
  const root = h('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });

  /** @param {{bad?: boolean, action?: {text: string, run: () => void}}} options */
  function notice(text, { bad = false, action } = {}) {
    const gone = () => element.remove();
    const element = h(
      'div',
      { class: `notice shadow ${bad ? 'notice-bad' : ''}` },
      h('span', { class: 'flex-grow-1' }, text),
      action &&
        button(action.text, 'btn-sm btn-outline-light', () => {
          gone();
          action.run();
        }),
      h('button', {
        type: 'button',
        class: 'btn-close btn-close-white',
        'aria-label': t('close'),
        on: { click: gone },
      }),
    );
    root.append(element);
    while (root.children.length > MOST) root.firstChild.remove();
    setTimeout(gone, action || bad ? WITH_ACTION_MS : STAYS_MS);
  }

  return { root, notice };
}

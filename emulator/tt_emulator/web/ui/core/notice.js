/** Short messages at the edge; a screen reader says them, and one may offer something to do. */

import { button, h } from './dom.js';

const STAYS_MS = 6000;
const WITH_ACTION_MS = 20_000;
const MOST = 4;

export function createNotices(t) {
  const root = h('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });

  /**
   * Gives a function that takes it away. `over()` runs once it is gone, unless its action was chosen.
   * @param {{bad?: boolean, action?: {text: string, run: () => void}, over?: () => void}} options
   */
  function notice(text, { bad = false, action, over = () => {} } = {}) {
    let there = true;
    const end = (then) => {
      if (!there) return;
      there = false;
      element.remove();
      then();
    };
    const gone = () => end(over);
    const element = h(
      'div',
      { class: `notice shadow ${bad ? 'notice-bad' : ''}` },
      h('span', { class: 'flex-grow-1' }, text),
      action &&
        button(action.text, 'btn-sm btn-outline-light', () => end(action.run), { 'data-action': '' }),
      h('button', {
        type: 'button',
        class: 'btn-close btn-close-white',
        'aria-label': t('close'),
        on: { click: gone },
      }),
    );
    element.gone = gone;
    root.append(element);
    while (root.children.length > MOST) root.firstChild.gone();
    setTimeout(gone, action || bad ? WITH_ACTION_MS : STAYS_MS);
    return gone;
  }

  /** Does what the latest notice offers; gives whether one does. */
  function act() {
    const offered = [...root.querySelectorAll('[data-action]')].at(-1);
    offered?.click();
    return Boolean(offered);
  }

  return { root, notice, act };
}

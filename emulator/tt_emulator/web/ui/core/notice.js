/** Short messages at the edge; a screen reader says them, and one may offer something to do. */

import { button, h } from './dom.js';

const STAYS_MS = 6000;
const WITH_ACTION_MS = 20_000;
const MOST = 4;

export function createNotices(t) {
  const root = h('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });

  /**
   * Gives a function that takes it away; it stays while somebody points at it or is in it. `over()` runs once it is
   * gone, unless its action was chosen.
   * @param {{bad?: boolean, action?: {text: string, run: () => void, isUndo?: boolean}, over?: () => void}} options
   */
  function notice(text, { bad = false, action, over = () => {} } = {}) {
    let there = true;
    let timer = 0;
    const end = (then) => {
      if (!there) return;
      there = false;
      clearTimeout(timer);
      element.remove();
      then();
    };
    const gone = () => end(over);
    const hold = () => clearTimeout(timer);
    const wait = () => {
      hold();
      if (there && !element.matches(':hover, :focus-within'))
        timer = setTimeout(gone, action || bad ? WITH_ACTION_MS : STAYS_MS);
    };
    const element = h(
      'div',
      {
        class: `notice shadow ${bad ? 'notice-bad' : ''}`,
        on: { mouseenter: hold, focusin: hold, mouseleave: wait, focusout: () => setTimeout(wait) },
      },
      h('span', { class: 'flex-grow-1' }, text),
      action &&
        button(action.text, 'btn-sm btn-outline-light', () => end(action.run), { 'data-undo': action.isUndo ? '' : null }),
      h('button', {
        type: 'button',
        class: 'btn-close btn-close-white',
        'aria-label': t('close'),
        on: { click: gone },
      }),
    );
    Object.assign(element, { gone, offers: Boolean(action) });
    root.append(element);
    makeRoom();
    wait();
    return gone;
  }

  /** What offers something goes last. */
  function makeRoom() {
    while (root.children.length > MOST) {
      const plain = [...root.children].slice(0, -1).find(({ offers }) => !offers);
      (plain ?? root.firstChild).gone();
    }
  }

  /** Takes back what can be by the latest notice; gives whether one offers that. */
  function undo() {
    const offered = [...root.querySelectorAll('[data-undo]')].at(-1);
    offered?.click();
    return Boolean(offered);
  }

  return { root, notice, undo };
}

import { button, element, overlay } from './elements.js';
import { array, intrinsic } from './language.js';
import { clearTimeout, has, Promise, setTimeout, String } from './natives.js';
import { Refusal } from './replies.js';

const ICONS = { success: '✓', fail: '✕' };

/** Toast and loading: one at a time, and the later one takes the place of the other at once. */
function briefs() {
  let shown = { kind: null, remove() {}, timer: 0 };
  let latest = 0;
  function clear() {
    clearTimeout(shown.timer);
    shown.remove();
    shown = { kind: null, remove() {}, timer: 0 };
  }
  /** What the game asked for earlier than the latest is overtaken, whichever is answered first. */
  const inTurn = (act) => (options, kept, turn) => {
    if (turn < latest) return;
    latest = turn;
    act(options);
  };
  function show(kind, title, icon) {
    clear();
    const sign = icon === 'loading' ? [element('i', { class: 'spinner' })] : has(ICONS, icon) ? [element('b', {}, [ICONS[icon]])] : [];
    const parts = array.concat(sign, [element('span', {}, [String(title)])]);
    shown = { kind, remove: overlay([element('div', { class: 'toast', role: 'status' }, parts)], 'passing'), timer: 0 };
  }
  const hide = (kind) => inTurn(() => { if (shown.kind === kind) clear(); });
  return {
    showToast: inTurn(({ title = '', icon = 'success', duration = 1500 }) => {
      show('toast', title, icon);
      shown.timer = setTimeout(clear, duration);
    }),
    hideToast: hide('toast'),
    showLoading: inTurn(({ title = '' }) => show('loading', title, 'loading')),
    hideLoading: hide('loading'),
  };
}

/** Draws a dialog over the game; → a promise of what its `parts(choose)` has the player choose. */
export const askPlayer = (attributes, parts) => new Promise((resolve) => {
  const choose = (value) => () => { close(); resolve(value); };
  const close = overlay([element('div', { class: 'shade' }), element('section', { class: 'card', ...attributes }, parts(choose))]);
});

function showModal({ title = '', content = '', showCancel = true, cancelText, confirmText }) {
  if (title === '' && content === '') throw new Refusal('internal-error');
  return askPlayer({ role: 'alertdialog' }, (choose) => {
    const confirm = button(String(confirmText || '确定'), choose({ confirm: true, cancel: false }), { class: 'main' });
    const cancel = button(String(cancelText || '取消'), choose({ confirm: false, cancel: true }));
    return [element('header', {}, [element('h2', {}, [String(title)])]), element('p', {}, [String(content)]),
      element('footer', {}, showCancel ? [cancel, confirm] : [confirm])];
  });
}

async function showActionSheet({ itemList }) {
  const chosen = await intrinsic(askPlayer({ role: 'dialog' }, (choose) => [
    element('ol', {}, array.map(itemList, (item, index) => element('li', {}, [button(item, choose({ tapIndex: index }))]))),
    element('footer', {}, [button('取消', choose(null))])]));
  if (chosen === null) throw new Refusal('user-cancelled');
  return chosen;
}

export const dialogActs = () => ({ ...briefs(), showModal, showActionSheet });

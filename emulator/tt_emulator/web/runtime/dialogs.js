import { button, element, overlay } from './elements.js';
import { array } from './language.js';
import { Promise, setTimeout, String } from './natives.js';

export function showToast({ title = '', duration = 1500 }) {
  const remove = overlay([element('div', { class: 'toast', role: 'status' }, [String(title)])], 'passing');
  setTimeout(remove, duration);
}

/** → a promise of what the player chose. */
export function showModal({ title = '', content = '', showCancel = true, cancelText = '取消', confirmText = '确定' }) {
  return new Promise((resolve) => {
    const choose = (confirm) => () => { close(); resolve({ confirm, cancel: !confirm }); };
    const buttons = [button(String(confirmText), choose(true), { class: 'main' })];
    if (showCancel) array.unshift(buttons, button(String(cancelText), choose(false)));
    const close = overlay([element('div', { class: 'shade' }), element('section', { class: 'card', role: 'alertdialog' },
      [element('header', {}, [element('h2', {}, [String(title)])]), element('p', {}, [String(content)]),
        element('footer', {}, buttons)])]);
  });
}

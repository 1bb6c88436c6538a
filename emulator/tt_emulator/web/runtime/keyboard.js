// The keyboard of the phone: a field over the page, at its lower edge.
import { listen } from './browser.js';
import { getter, method, setter } from './classes.js';
import { button, element, overlay, overlays } from './elements.js';
import { string } from './language.js';
import { has, String } from './natives.js';

const CONFIRM = { done: '完成', next: '下一项', search: '搜索', go: '前往', send: '发送' };

/** What a player sees of the keyboard: {value, replace, close}. */
function drawKeyboard({ defaultValue = '', maxLength, multiple, confirmType }, { input, confirm, leave }) {
  const kind = multiple ? 'textarea' : 'input';
  const value = () => getter[kind].value(field);
  const replace = (text) => setter[kind].value(field, text);
  const keydown = (event) => {
    const key = getter.key.key(event);
    if (key === 'Enter' && !multiple && !getter.key.isComposing(event)) confirm();
    if (key === 'Escape') leave();
  };
  const word = has(CONFIRM, confirmType) ? confirmType : 'done';
  const length = maxLength > 0 ? { maxlength: String(maxLength) } : {};
  const field = element(kind, { class: 'field', enterkeyhint: word, 'aria-label': '输入', input, keydown, ...length });
  replace(maxLength > 0 ? string.slice(String(defaultValue), 0, maxLength) : String(defaultValue));
  const keepFocus = (event) => method.event.preventDefault(event);
  const close = overlay([element('footer', { class: 'keyboard' }, [field,
    button(CONFIRM[word], confirm, { class: 'main close', mousedown: keepFocus })])], 'passing');
  method.element.focus(field);
  return { value, replace, close };
}

export function keyboardActs(events) {
  let shown = null;
  let latest = 0;
  let isListening = false;

  /** Of two calls the one that the game made later counts, whichever is answered first. */
  const inTurn = (act) => (options, kept, turn) => {
    if (turn < latest) return;
    latest = turn;
    act(options);
  };
  const tell = (name) => events['Keyboard' + name].emit({ value: shown.value() });
  function leave() {
    if (shown === null) return;
    const { value, close } = shown;
    shown = null;
    close();
    events.KeyboardComplete.emit({ value: value() });
  }
  function leaveOnOtherTouch() {
    if (isListening) return;
    isListening = true;
    listen(window, 'pointerdown', (event) => {
      if (!method.weakSet.has(overlays, getter.pointer.target(event))) leave();
    }, true);
  }
  return {
    showKeyboard: inTurn((options) => {
      if (shown !== null) shown.close();
      const confirm = () => {
        tell('Confirm');
        if (!options.confirmHold) leave();
      };
      shown = drawKeyboard(options, { input: () => tell('Input'), confirm, leave });
      leaveOnOtherTouch();
    }),
    updateKeyboard: inTurn(({ value }) => { if (shown !== null) shown.replace(String(value)); }),
    hideKeyboard: inTurn(leave),
  };
}

import { listen } from './browser.js';
import { getter, method } from './classes.js';
import { overlays, root, setStyle } from './elements.js';
import { array, each } from './language.js';
import { copierInto } from './messages.js';
import { reportError } from './natives.js';
import { createSignal } from './signals.js';

export const TOUCHES = ['Start', 'Move', 'End', 'Cancel'];

/** Fingers, pens and the mouse's first button on the page, as touches: on(kind, listener). `begun` runs at the first listener. */
export function createTouches(begun) {
  const signals = {};
  array.forEach(TOUCHES, (kind) => { signals[kind] = createSignal((error) => reportError(error)); });
  const down = []; // {pointer, touch} by identifier, with a hole where a finger has left
  let listening = false;

  function touchOf(identifier, event) {
    const clientX = getter.pointer.clientX(event);
    const clientY = getter.pointer.clientY(event);
    return { identifier, clientX, clientY, pageX: clientX, pageY: clientY };
  }
  function tell(kind, touch, event) {
    const touches = array.map(array.filter(down, (finger) => finger), (finger) => finger.touch);
    signals[kind].emit({ touches, changedTouches: [touch], timeStamp: getter.pointer.timeStamp(event) });
  }
  function press(event) {
    const isOtherButton = getter.pointer.pointerType(event) === 'mouse' && getter.pointer.button(event) !== 0;
    if (isOtherButton || method.weakSet.has(overlays, getter.pointer.target(event))) return;
    const hole = array.findIndex(down, (finger) => !finger);
    const identifier = hole === -1 ? down.length : hole;
    down[identifier] = { pointer: getter.pointer.pointerId(event), touch: touchOf(identifier, event) };
    tell('Start', down[identifier].touch, event);
  }
  const follow = (kind) => (event) => {
    const pointer = getter.pointer.pointerId(event);
    const identifier = array.findIndex(down, (finger) => finger && finger.pointer === pointer);
    if (identifier === -1) return;
    const touch = touchOf(identifier, event);
    down[identifier] = kind === 'Move' ? { pointer, touch } : undefined;
    tell(kind, touch, event);
  };

  function begin() {
    if (listening) return;
    listening = true;
    setStyle(root(), { 'touch-action': 'none' }); // else the browser scrolls and the touch is cancelled
    each({
      pointerdown: press, pointermove: follow('Move'), pointerup: follow('End'), pointercancel: follow('Cancel'),
    }, (type, listener) => listen(window, type, listener, true));
    begun();
  }
  return { on(kind, listener) { begin(); signals[kind].on(listener); } };
}

/** tt.onTouchStart and its kin in `realm`, which gets copies of its own. */
export function touchMembers(touches, realm, log) {
  const { reportError: report } = realm;
  const copy = copierInto(realm, log);
  const members = {};
  array.forEach(TOUCHES, (kind) => {
    const signal = createSignal((error) => report(error));
    const pass = (event) => signal.emit(copy(event));
    members['onTouch' + kind] = (listener) => { touches.on(kind, pass); signal.on(listener); };
    members['offTouch' + kind] = signal.off;
  });
  return members;
}

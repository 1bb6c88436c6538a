// The platform's SocketTask, by a WebSocket of the browser.
import { isBytes } from './bytes.js';
import { deliver } from './callbacks.js';
import { getter, method, setter } from './classes.js';
import { array, define, each } from './language.js';
import { clearTimeout, Number, quietly, reportError, setTimeout, String, WebSocket } from './natives.js';
import { asObject, readCallbacks } from './passed.js';
import { createSignal } from './signals.js';

const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
const BROKEN = 1006; // what a browser calls an end without a closing handshake
const NORMAL = 1000;

/** What becomes of a method's callbacks; never before the call has returned. */
async function tellOutcome(name, callbacks, isDone) {
  await null;
  deliver(name, callbacks, { errMsg: name + (isDone ? ':ok' : ':fail') });
}

/** A WebSocket there, whose events `heard` has; null where none can be made. */
function openNative(address, protocols, heard) {
  return quietly(() => {
    // a list is read by an iterator, which the game may have replaced
    const made = protocols.length > 1 ? new WebSocket(address, protocols)
      : protocols.length === 1 ? new WebSocket(address, protocols[0]) : new WebSocket(address);
    setter.socket.binaryType(made, 'arraybuffer');
    each(heard, (name, listener) => setter.socket[name](made, listener));
    return made;
  }, null);
}

/**
 * {task, open({address, timeout_ms, protocols}), drop(errMsg)}: the task is the game's, which is not open yet. `over` is
 * called once it is closed; `messages` are {broken, late}, what onError hears of a connection that breaks or takes too long.
 */
export function createSocketTask(id, messages, over) {
  const signals = {};
  array.forEach(['Open', 'Close', 'Message', 'Error'], (name) => { signals[name] = createSignal((error) => reportError(error)); });
  let native = null;
  let timer = null;
  let isLeft = false; // by the game
  let isOver = false;

  function end(closing, errMsg) {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    if (errMsg !== undefined && !isLeft) signals.Error.emit({ errMsg });
    signals.Close.emit(closing);
    over();
  }

  function drop(errMsg) {
    const held = native;
    end({ code: BROKEN, reason: '' }, errMsg);
    if (held !== null) quietly(() => method.socket.close(held));
  }

  function readyState() {
    if (isOver) return STATES.CLOSED;
    if (native !== null) return getter.socket.readyState(native);
    return isLeft ? STATES.CLOSING : STATES.CONNECTING;
  }

  const unlessOver = (act) => (event) => { if (!isOver) act(event); };
  const heard = {
    onopen: unlessOver(() => {
      clearTimeout(timer);
      signals.Open.emit({});
    }),
    onmessage: unlessOver((event) => signals.Message.emit({ data: getter.message.data(event) })),
    onerror: unlessOver(() => drop(messages.broken)), // a close follows, but where the page's own policy forbids it
    onclose: unlessOver((event) => end({ code: getter.closing.code(event), reason: getter.closing.reason(event) })),
  };

  function open({ address, timeout_ms, protocols }) {
    if (isLeft || isOver) return;
    native = openNative(address, protocols, heard);
    if (native === null) drop(messages.broken);
    else timer = setTimeout(() => drop(messages.late), timeout_ms);
  }

  async function leaveUnopened() {
    await null;
    drop();
  }

  function close(given) {
    if (readyState() > STATES.OPEN) return false;
    const code = given.code === undefined ? NORMAL : Number(given.code);
    const isClosing = native === null || quietly(() => {
      if (given.reason === undefined) method.socket.close(native, code);
      else method.socket.close(native, code, String(given.reason));
      return true;
    }, false); // a code or a reason that no frame can have
    if (!isClosing) return false;
    isLeft = true;
    if (native === null) leaveUnopened();
    return true;
  }

  function send({ data }) {
    if (readyState() !== STATES.OPEN || !(typeof data === 'string' || isBytes(data))) return false;
    method.socket.send(native, data);
    return true;
  }

  const task = { socketTaskId: id, ...STATES };
  each(signals, (name, { on }) => { task['on' + name] = on; });
  each({ send, close }, (name, act) => {
    task[name] = (passed) => { tellOutcome(name, readCallbacks(passed), quietly(() => act(asObject(passed)), false)); };
  });
  define(task, 'readyState', { get: readyState, set() {}, enumerable: true }); // no game stops at an assignment
  return { task, open, drop };
}

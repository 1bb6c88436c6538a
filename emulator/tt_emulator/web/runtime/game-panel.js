// The panel for testers over the game: off, until the page's address or three fingers ask for it and the world consents.
import { PREFIX } from '#platform/names.js';
import { fetch, isHidden } from './browser.js';
import { getter, lenient, method } from './classes.js';
import { reasonOf } from './console.js';
import { drawPanel } from './game-panel-view.js';
import { array, intrinsic, json } from './language.js';
import { has, Object, Promise, quietly, setTimeout } from './natives.js';
import { hearFirst } from './own-events.js';
import { PANEL_SENTENCES } from './panel-sentences.js';
import { createThreeFingers } from './three-fingers.js';

const REFRESH_MS = 1000;
const STEP_PX = 16; // of an arrow key
const DRAG_PX = 8;
const CLICK_MS = 500; // a browser's click at the end of a drag comes much sooner, one of a screen reader may come at any time
const TAPPING = { pointerdown: true, pointermove: true, pointerup: true, pointercancel: true };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** ask(switching): a promise of {told}, of {refusal}, in the emulator's words, or of {silence}, a reason; it never rejects. */
export function createAsk(config) {
  async function exchange(switching) {
    const post = switching ? { method: 'POST', body: json.stringify(switching) } : {};
    const response = await intrinsic(fetch(config.url + PREFIX + 'panel', {
      __proto__: null, credentials: 'omit', ...post,
      headers: { ...(switching ? { 'Content-Type': 'application/json' } : {}), ...config.headers },
    }));
    const body = await intrinsic(lenient.response.text(response));
    const status = lenient.response.status(response);
    if (status === 200) return { told: json.parse(body) };
    const { detail, hint } = Object(quietly(() => json.parse(body)));
    return { refusal: array.join(array.filter([detail, hint], (part) => part), ' ') || 'HTTP ' + status };
  }
  return async function ask(switching) {
    try {
      return await intrinsic(exchange(switching));
    } catch (error) {
      return { silence: reasonOf(error) };
    }
  };
}

/** hear(type, event) of what befalls the panel: the button, while the panel is closed, follows fingers and arrow keys. */
export function createMoves(sheet) {
  let start = null;
  let movedMs = null; // when the button followed last
  const pointOf = (event) => ({ x: getter.pointer.clientX(event), y: getter.pointer.clientY(event) });

  function press(event) {
    movedMs = null;
    start = sheet.isOpen() ? null : { ...pointOf(event), ...sheet.place() };
  }
  function follow(event) {
    if (start === null) return;
    const { x, y } = pointOf(event);
    if (movedMs === null && (x - start.x) ** 2 + (y - start.y) ** 2 <= DRAG_PX ** 2) return;
    movedMs = getter.pointer.timeStamp(event);
    sheet.moveTo({ left: start.left + x - start.x, top: start.top + y - start.y });
  }
  function key(event) {
    const name = getter.key.key(event);
    movedMs = null;
    if (sheet.isOpen() && name === 'Escape') sheet.close();
    if (sheet.isOpen() || !has(ARROWS, name)) return;
    const { 0: right, 1: down } = ARROWS[name];
    const { left, top } = sheet.place();
    sheet.moveTo({ left: left + right * STEP_PX, top: top + down * STEP_PX });
    method.event.preventDefault(event); // or the page scrolls
  }
  function click(event) {
    if (movedMs !== null && getter.pointer.timeStamp(event) - movedMs < CLICK_MS) method.event.preventDefault(event); // it would open
  }
  return function hear(type, event) {
    if (type === 'pointerdown') press(event);
    else if (type === 'pointermove') follow(event);
    else if (type === 'pointerup' || type === 'pointercancel') start = null;
    else if (type === 'keydown') key(event);
    else if (type === 'click') click(event);
  };
}

/** Keeps the panel as the emulator tells: {take, turned, toggled}. */
export function createKeeper(config, ask, drawnPanel) {
  let known = null;
  let turns = 0;
  let underWay = 0;
  let round = 0;

  function take({ told, refusal, silence }) {
    if (told) known = told;
    drawnPanel().update(known); // also after a refusal: the switch goes back
    drawnPanel().tell(refusal || (silence ? PANEL_SENTENCES.unreachable(config.url, silence) : ''));
  }
  async function turned(name, on) {
    turns += 1;
    underWay += 1;
    const answer = await intrinsic(ask({ switch: name, on }));
    underWay -= 1;
    if (underWay === 0) take(answer);
  }
  async function refresh() {
    const before = turns;
    const answer = await intrinsic(ask());
    if (turns === before) take(answer); // else it may be older than what was switched
  }
  async function toggled() {
    round += 1;
    const own = round;
    while (drawnPanel().isOpen() && round === own) {
      if (!isHidden() && underWay === 0) await intrinsic(refresh());
      await intrinsic(new Promise((resolve) => { setTimeout(resolve, REFRESH_MS); }));
    }
  }
  return { take, turned, toggled };
}

/** Listens for three fingers, and shows the panel at once if it is `wanted`. */
export function offerPanel(config, log, wanted) {
  if (config.url === null) return;
  let sheet = null;
  const ask = createAsk(config);
  const keeper = createKeeper(config, ask, () => sheet);
  let moves = null;
  let isAsked = false;

  async function show(isOpen) {
    if (sheet === null && !isAsked) {
      isAsked = true;
      const answer = await intrinsic(ask());
      if (answer.told) {
        sheet = drawPanel(keeper);
        moves = createMoves(sheet);
        keeper.take(answer);
      } else if (answer.refusal) {
        log.say('warn', PANEL_SENTENCES.refused(answer.refusal));
      } else {
        isAsked = false;
        log.say('warn', PANEL_SENTENCES.unreachable(config.url, answer.silence));
      }
    }
    if (sheet !== null && isOpen) sheet.open();
  }
  const tap = createThreeFingers(() => show(true));
  const pass = (type, event) => {
    if (!has(TAPPING, type) || getter.pointer.pointerType(event) !== 'touch') return;
    tap(type, {
      id: getter.pointer.pointerId(event), x: getter.pointer.clientX(event), y: getter.pointer.clientY(event), timeMs: getter.pointer.timeStamp(event),
    });
  };
  hearFirst(() => sheet && sheet.host, (type, event) => moves(type, event), pass);
  if (wanted) show(false);
}

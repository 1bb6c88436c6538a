import { listen, view } from './browser.js';
import { getter, method } from './classes.js';
import { append, canvasOf, root, setStyle } from './elements.js';
import { array, define, matches } from './language.js';
import { apply, CSSStyleSheet, here, MutationObserver, Object, object, ownerOf, quietly, String } from './natives.js';
import { asObject } from './passed.js';
import { SENTENCES } from './sentences.js';
import { tag } from './tag.js';

const TOUCHING = /^(pointer|touch|mouse|click|dblclick|contextmenu|wheel)/;
const HANDLERS = here.HTMLElement // onclick and its like, each with its {get, set}
  ? Object.entries(Object.getOwnPropertyDescriptors(here.HTMLElement.prototype)).filter(([name]) => TOUCHING.test(name.slice(2))) : [];

// The canvas over a page that has none. All tt of the page share it.
const cover = { canvas: NaN, listeners: [], isAsked: false, isNoted: false, style: null }; // which is equal to no `this`

/** The cover takes touches while somebody listens to them: by tt.onTouchStart, or on itself. */
function updateCover() {
  if (cover.style === null) return;
  const isHandled = array.findIndex(HANDLERS, ({ 1: { get } }) => typeof apply(get, cover.canvas, []) === 'function') !== -1;
  cover.style(cover.isAsked || isHandled || cover.listeners.length > 0 ? 'auto' : 'none');
}

/** Notes what addEventListener, or removeEventListener, was called with on the cover. */
function noteListener(isAdded, given) {
  const { 0: type, 1: listener, 2: options } = given;
  if (!matches(TOUCHING, String(type)) || listener === null || listener === undefined) return;
  const { once, signal, capture } = asObject(options);
  const isCapturing = !!capture || options === true;
  const isSame = (other) => other.type === type && other.listener === listener && other.isCapturing === isCapturing;
  const others = array.filter(cover.listeners, (other) => !isSame(other));
  const isGone = !isAdded || (signal && getter.signal.aborted(signal));
  cover.listeners = isGone ? others : array.concat(others, [{ type, listener, isCapturing }]);
  updateCover();
  if (isGone) return;
  const leave = () => noteListener(false, given);
  if (once) listen(cover.canvas, type, leave, { __proto__: null, once: true, capture: isCapturing });
  if (signal) listen(signal, 'abort', leave);
}

/** Has noteListener hear also of those who call the method of the prototype, or have kept it since this script was loaded. */
export function noteListeners() {
  if (cover.isNoted) return;
  cover.isNoted = true;
  array.forEach(['addEventListener', 'removeEventListener'], (name) => {
    const owner = ownerOf(here.HTMLElement.prototype, name);
    if (owner === null) return; // a stand-in for a page
    const { value, ...rest } = object.getOwnPropertyDescriptor(owner, name);
    const noting = { [name](...passed) {
      const returned = apply(value, this, passed);
      if (this === cover.canvas) quietly(() => noteListener(name === 'addEventListener', passed));
      return returned;
    } };
    define(owner, name, { ...rest, value: noting[name] });
  });
}

/** The same for handlers such as onclick, be they set as properties or as attributes. */
function noteHandlers(canvas) {
  array.forEach(HANDLERS, ({ 0: name, 1: { get, set } }) => define(canvas, name, {
    configurable: true,
    get: () => apply(get, canvas, []),
    set(handler) { apply(set, canvas, [handler]); updateCover(); },
  }));
  const attributeFilter = array.map(HANDLERS, ({ 0: name }) => name);
  if (MutationObserver) method.observer.observe(new MutationObserver(updateCover), canvas, { __proto__: null, attributes: true, attributeFilter });
}

/** style(pointerEvents), by a rule where a browser can: what a game sets on the canvas itself leaves the rest as it is. */
function coverStyle(canvas, width, height) {
  const properties = { position: 'fixed', left: '0', top: '0', width, height };
  const sheets = getter.document.adoptedStyleSheets(document);
  if (!sheets) return (pointerEvents) => setStyle(canvas, { ...properties, 'pointer-events': pointerEvents }); // jsdom
  const sheet = new CSSStyleSheet();
  array.push(sheets, sheet);
  const lines = array.map(object.keys(properties), (name) => name + ': ' + properties[name] + ';');
  return (pointerEvents) => method.sheet.replaceSync(sheet,
    '[data-tt-emulator="cover"] { ' + array.join(lines, ' ') + ' pointer-events: ' + pointerEvents + '; }');
}

/** The screen of a page that has no canvas. Touches go through it as long as nobody listens to them. */
function coverWindow({ windowWidth, windowHeight }, log) {
  const canvas = canvasOf({ width: windowWidth, height: windowHeight });
  const isAsWide = windowWidth === view.innerWidth() && windowHeight === view.innerHeight();
  method.element.setAttribute(canvas, 'data-tt-emulator', 'cover');
  object.assign(cover, { canvas, listeners: [], style: coverStyle(
    canvas, isAsWide ? '100%' : windowWidth + 'px', isAsWide ? '100%' : windowHeight + 'px') });
  updateCover();
  noteListeners(); // the ES module has done so for no page yet
  noteHandlers(canvas);
  append(getter.document.body(document) || root(), [canvas]);
  log.say('info', SENTENCES.cover());
  return canvas;
}

/** Called when the game begins to listen to touches. */
export function catchTouches() {
  cover.isAsked = true;
  updateCover();
}

/** createCanvas. The first canvas is the screen: the page's own if it has one, else one that fills the window. */
export function canvasMaker(phone, log) {
  let screen = null;
  return () => {
    if (screen !== null) return canvasOf(phone.canvasSize());
    screen = method.document.querySelector(document, 'canvas') || coverWindow(phone.info(), log);
    phone.screen = screen;
    if (tag.realm) tag.realm.screen(screen);
    return screen;
  };
}

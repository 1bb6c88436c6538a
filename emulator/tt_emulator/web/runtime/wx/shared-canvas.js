// What this platform does with the canvas that both domains share, and with those of the open data domain.
import { method } from '../classes.js';
import { append, root, setStyle } from '../elements.js';
import { array, define, each } from '../language.js';
import { apply, descriptorIn, Error, gettersOf, here, object } from '../natives.js';
import { SEEN } from './platform-texts.js';
import { OWN_SENTENCES } from './sentences.js';

const OFFSCREEN = 'offscreenCanvas';
const LAYER = 'screenCanvas';
const PENS = array.filter([here.CanvasRenderingContext2D, here.OffscreenCanvasRenderingContext2D], (Pen) => Pen);
const { value: getContext } = descriptorIn(here.HTMLCanvasElement ? here.HTMLCanvasElement.prototype : null, 'getContext');
const ofPen = gettersOf(here.CanvasRenderingContext2D, 'canvas');

/** The canvas as a layer of its own over the game's: `style` places it, in pixels of the page. */
function layOver(canvas) {
  const properties = { position: 'fixed', left: '0', top: '0', 'z-index': '2147483646', 'pointer-events': 'none' };
  setStyle(canvas, properties);
  const style = {};
  array.forEach(['left', 'top', 'width', 'height'], (name) => {
    let value = '';
    define(style, name, {
      enumerable: true,
      get: () => value,
      set(given) {
        value = given;
        setStyle(canvas, { [name]: typeof given === 'number' ? given + 'px' : given });
      },
    });
  });
  define(canvas, 'style', { value: style });
  method.element.setAttribute(canvas, 'data-tt-emulator', 'shared');
  append(root(), [canvas]);
}

/** Has the main domain's pens throw what the platform does, by the setting strict_canvas. */
function guardPens(canvas, phone) {
  const isScreen = (target) => target === (phone.screen || method.document.querySelector(document, 'canvas'));
  const refuse = (pen) => {
    if (phone.sharedCanvasMode === LAYER) throw new Error(OWN_SENTENCES.drawnLayer());
    if (!(pen instanceof PENS[0]) || !isScreen(ofPen.canvas(pen))) throw new Error(SEEN.secureCanvas);
  };
  array.forEach(PENS, ({ prototype }) => array.forEach(['drawImage', 'createPattern'], (name) => {
    const { value, ...rest } = object.getOwnPropertyDescriptor(prototype, name);
    const guarded = { [name](...given) {
      if (given[0] === canvas) refuse(this);
      return apply(value, this, given);
    } };
    define(prototype, name, { ...rest, value: guarded[name] });
  }));
}

/** The context's own side of the canvas, once it is opened: by the game, or by who only reads `sharedCanvas`. */
export function furnishShared(canvas, options, state, phone) {
  phone.sharedCanvasMode = null;
  if (state.strict_canvas === true) guardPens(canvas, phone);
}

/** The mode is that of the game's first call, if a later one says nothing else: whether it does not. */
export function takeMode(canvas, mode, phone) {
  if (phone.sharedCanvasMode !== null) return mode === undefined || mode === phone.sharedCanvasMode;
  phone.sharedCanvasMode = mode === LAYER ? LAYER : OFFSCREEN;
  if (mode === LAYER) layOver(canvas);
  return true;
}

/** What becomes of a width or height that the open data domain sets: (name), which says that there is no effect. */
export const refusalOfSize = (handover, log) => (name) => log.say('warn', OWN_SENTENCES.fixedSize(name));

/** A canvas as the open data domain has one: for two dimensions alone, and not to be read as a picture. */
export function openCanvas(canvas, log) {
  const own = {
    getContext(kind, ...options) {
      if (kind === '2d') return apply(getContext, canvas, array.concat([kind], options));
      log.say('warn', SEEN.only2d);
      return null;
    },
    toDataURL: undefined,
  };
  each(own, (name, value) => define(canvas, name, { value, writable: true, configurable: true }));
  return canvas;
}

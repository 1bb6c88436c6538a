// When the game first leaves a pixel on the screen.
import { array, define } from '../runtime/language.js';
import { apply, here, methodsOf, object, quietly } from '../runtime/natives.js';

const DRAWING = ('drawImage fill fillRect fillText putImageData stroke strokeRect strokeText'
  + ' clear drawArrays drawArraysInstanced drawElements drawElementsInstanced drawRangeElements').split(' ');

export const { getContext } = here.HTMLCanvasElement.prototype;
export const pen = methodsOf(here.CanvasRenderingContext2D, 'drawImage getImageData');
const soon = here.queueMicrotask.bind(here);
const elapsed = here.performance.now.bind(here.performance);
const copy = document.createElement('canvas');

/** Whether a pixel is not wholly transparent. To be asked right after a drawing call: later WebGL's are gone. */
export function hasPixel(screen) {
  const { width, height } = screen;
  if (width === 0 || height === 0) return false;
  object.assign(copy, { width, height }); // which clears it
  const context = apply(getContext, copy, ['2d', { willReadFrequently: true }]);
  pen.drawImage(context, screen, 0, 0); // a copy is read, as reading a canvas makes a browser draw it more slowly
  const { data } = pen.getImageData(context, 0, 0, width, height);
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) return true;
  return false;
}

/** Calls `tell(ms)`, from the page's start, after the drawing call that leaves the first pixel on the canvas. */
export function watchScreen(screen, tell) {
  const undo = [];
  let isAsked = false;
  let isWatched = false;

  function put(owner, name, value) {
    define(owner, name, { value, writable: true, configurable: true });
    array.push(undo, () => { if (owner[name] === value) delete owner[name]; });
  }
  function check() {
    isAsked = false;
    if (undo.length === 0 || !quietly(() => hasPixel(screen), true)) return; // a foreign picture in it: it is drawn
    array.forEach(undo, (one) => one());
    undo.length = 0;
    tell(elapsed());
  }
  function watch(context) {
    array.forEach(DRAWING, (name) => {
      const draw = context[name];
      if (typeof draw !== 'function') return;
      put(context, name, function drawn(...given) {
        const result = apply(draw, this, given);
        if (!isAsked) soon(check);
        isAsked = true;
        return result;
      });
    });
  }
  put(screen, 'getContext', (...given) => {
    const context = apply(getContext, screen, given);
    if (context && !isWatched) watch(context);
    isWatched = isWatched || context !== null;
    return context;
  });
}

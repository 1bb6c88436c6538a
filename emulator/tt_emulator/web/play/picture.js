// A picture of the screen canvas.
import { getter } from '../runtime/classes.js';
import { apply, here, object, quietly } from '../runtime/natives.js';
import { getContext, hasPixel, pen } from './first-frame.js';

const MOST_FRAMES = 30;

const { toBlob } = here.HTMLCanvasElement.prototype;
const nextFrame = here.requestAnimationFrame.bind(here);

/** Calls give(a PNG as a Blob), or give(null) where there is no screen, or the browser does not let its pixels out. */
export function takePicture(screen, give) {
  const copy = document.createElement('canvas');
  let frames = 0;

  function look() {
    const size = { width: getter.canvas.width(screen), height: getter.canvas.height(screen) };
    object.assign(copy, size);
    pen.drawImage(apply(getContext, copy, ['2d']), screen, 0, 0);
    frames += 1;
    // what WebGL has drawn can be read in the frame in which it was drawn, and a game need not draw in each
    if (frames < MOST_FRAMES && !hasPixel(copy)) nextFrame(attempt);
    else apply(toBlob, copy, [give, 'image/png']);
  }
  const attempt = () => { if (!quietly(() => { look(); return true; }, false)) give(null); };
  if (screen === null) give(null);
  else nextFrame(attempt);
}

// What there is one of in a page, and what a realm has beside its classes.
import { getter, method } from './classes.js';
import {
  apply, descriptorIn, here, inPage, methodsAt, navigator, Object, quietly, readerOf, ReferenceError, reportError,
} from './natives.js';

export const view = {};
const { location } = inPage ? window : here; // in happy-dom the property can be replaced
export const reload = () => location.reload(); // which no page can replace
export const placed = {};
if (inPage) {
  for (const name of ['search', 'origin', 'protocol']) placed[name] = readerOf(location, name);
  for (const name of ['innerWidth', 'innerHeight', 'devicePixelRatio']) view[name] = readerOf(window, name);
  for (const name of ['width', 'height']) view[name] = readerOf(window.screen, name);
}

/** Asked for when it is used: to open it takes a browser some milliseconds, and a sandboxed frame may not. */
function storageOfPage() {
  const { get } = descriptorIn(window, 'localStorage');
  if (get && /\[native code\]/.test(get)) return () => apply(get, window, []);
  const found = quietly(() => window.localStorage, null); // no browser's, and may give later what was set meanwhile
  return () => found;
}

export const pageStorage = inPage ? storageOfPage() : () => null;
export const currentScript = inPage ? document.currentScript : null;

// Where there is none yet, as in jsdom, the one that comes.
export const fetch = here.fetch || ((...request) => {
  if (!here.fetch) throw new ReferenceError('fetch is not defined');
  return apply(here.fetch, here, request);
});

// What comes of the shared canvas passes as the open data domain's own, see open-data.js.
export const sharedClasses = {};
for (const name of ['EventTarget', 'Node', 'Element', 'HTMLElement', 'HTMLCanvasElement', 'CanvasRenderingContext2D',
  'WebGLRenderingContext', 'WebGL2RenderingContext', 'CanvasGradient', 'CanvasPattern', 'ImageData']) {
  if (here[name]) sharedClasses[name] = here[name];
}

// As createChannel wants a realm.
export const ownRealm = { Array: here.Array, Object, structuredClone: here.structuredClone, reportError };

const atWindow = methodsAt(inPage ? window : null, 'addEventListener');
export const atCrypto = methodsAt(here.crypto, 'getRandomValues');
export const atPerformance = methodsAt(here.performance, 'now');
export const atNavigator = methodsAt(inPage ? here.navigator : null, 'vibrate');

/** Whether somebody has touched the page. `how` is hasBeenActive, or isActive: within the last seconds; an old browser does not say. */
export function isTouched(how, untold) {
  const activation = getter.navigator.userActivation(navigator);
  return activation ? getter.activation[how](activation) : untold;
}

export function listen(target, type, listener, options) {
  if (inPage && target === window) atWindow.addEventListener(type, listener, options);
  else method.element.addEventListener(target, type, listener, options);
}

export const isHidden = () => quietly(() => document.hidden === true, false);

export const pageOrigin = inPage ? window.origin : '';

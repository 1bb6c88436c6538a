// What of a browser's globals the platform has, too: the language, and a few things beside it.
const words = (text) => text.split(' ');

/** Of ECMAScript 2025, as a realm without a host has them; what this browser's language lacks is not there. */
export const LANGUAGE = words('AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean'
  + ' DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity'
  + ' Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect'
  + ' RegExp Set SharedArrayBuffer String SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array'
  + ' Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN'
  + ' parseFloat parseInt undefined unescape');

/** For `instanceof`, and the console. */
export const HOST = words('console CanvasRenderingContext2D WebGLRenderingContext WebGL2RenderingContext');

/** What games call on GameGlobal, which a browser's own refuse. */
export const TIMERS = words('setTimeout clearTimeout setInterval clearInterval requestAnimationFrame cancelAnimationFrame');

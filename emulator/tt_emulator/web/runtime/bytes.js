// Bytes in JSON, as base64.
import { string } from './language.js';
import { apply, ArrayBuffer, atob, btoa, descriptorIn, gettersOf, here, object, quietly, String, Uint8Array } from './natives.js';

const { fromCharCode } = String;
const { isView } = ArrayBuffer;
const { DataView } = here;
const PARTS = 'buffer byteLength byteOffset';
const ofTyped = gettersOf(object.getPrototypeOf(Uint8Array), PARTS);
const ofDataView = gettersOf(DataView, PARTS);
const { get: lengthOf } = descriptorIn(ArrayBuffer.prototype, 'byteLength'); // throws for what is none

/** {bytes, length} of an ArrayBuffer of whatever realm, or of a view of one; null for anything else. */
function bytesOf(value) {
  if (!isView(value)) {
    return quietly(() => {
      const length = apply(lengthOf, value, []);
      return { bytes: new Uint8Array(value, 0, length), length };
    }, null);
  }
  const of = value instanceof DataView ? ofDataView : ofTyped;
  const length = of.byteLength(value);
  return { bytes: new Uint8Array(of.buffer(value), of.byteOffset(value), length), length };
}

export const isBytes = (value) => bytesOf(value) !== null;

/** Its base64; null for what is no bytes. */
export function base64Of(value) {
  const found = bytesOf(value);
  if (found === null) return null;
  let text = '';
  for (let at = 0; at < found.length; at += 1) text += fromCharCode(found.bytes[at]);
  return btoa(text);
}

/** The ArrayBuffer of a base64. */
export function bufferOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = string.charCodeAt(text, at);
  return ofTyped.buffer(bytes);
}

// Bytes in JSON, as base64.
import { string } from './language.js';
import { apply, ArrayBuffer, atob, btoa, descriptorIn, quietly, String, Uint8Array } from './natives.js';

const { fromCharCode } = String;
const { isView } = ArrayBuffer;
const { get: byteLength } = descriptorIn(ArrayBuffer.prototype, 'byteLength'); // throws for what is none
const PIECE_BYTES = 8192; // arguments of one call

/** The bytes of an ArrayBuffer of whatever realm, or of a view of one; null for anything else. */
function bytesOf(value) {
  if (isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return quietly(() => { apply(byteLength, value, []); return new Uint8Array(value); }, null);
}

/** Its base64; null for what is no bytes. */
export function base64Of(value) {
  const bytes = bytesOf(value);
  if (bytes === null) return null;
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const length = bytes.length - at < PIECE_BYTES ? bytes.length - at : PIECE_BYTES;
    text += apply(fromCharCode, undefined, new Uint8Array(bytes.buffer, bytes.byteOffset + at, length));
  }
  return btoa(text);
}

/** The ArrayBuffer of a base64. */
export function bufferOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = string.charCodeAt(text, at);
  return bytes.buffer;
}

// Bytes and the texts that they are, by the names of encodings that the platform documents.
import { array, string } from '../../runtime/language.js';
import { apply, ArrayBuffer, atob, btoa, Error, here, methodsOf, Number, String, TextDecoder, Uint8Array } from '../../runtime/natives.js';
import { method } from '../../runtime/classes.js';

const { Reflect, TextEncoder } = here;
const { construct, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const { isView } = ArrayBuffer;
const { fromCharCode } = String;
const { parseInt } = Number;
const encoder = methodsOf(TextEncoder, 'encode');
const ofNumber = methodsOf(Number, 'toString');
const ofText = methodsOf(String, 'padStart');
const ofBuffer = methodsOf(ArrayBuffer, 'slice');
const views = methodsOf(getPrototypeOf(Uint8Array), 'subarray');
const { get: byteLength } = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength');
const { get: bufferOf } = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), 'buffer');

const PIECE = 8192; // more arguments than this some engine refuses

export const viewOf = (buffer) => construct(Uint8Array, [buffer]);
export const lengthOf = (buffer) => apply(byteLength, buffer, []);
export const copyOfBuffer = (buffer) => ofBuffer.slice(buffer, 0);

/** Whether it is an ArrayBuffer, of this realm or another. */
export function isBuffer(thing) {
  if (typeof thing !== 'object' || thing === null || isView(thing)) return false;
  try {
    return lengthOf(thing) >= 0;
  } catch (error) {
    return false;
  }
}

/** The ArrayBuffer of a list of `length` bytes, each of which `at` tells. */
function bufferOfBytes(length, at) {
  const buffer = construct(ArrayBuffer, [length]);
  const bytes = viewOf(buffer);
  for (let index = 0; index < length; index += 1) bytes[index] = at(index);
  return buffer;
}

/** One character a byte. */
function characters(bytes) {
  const parts = [];
  for (let begin = 0; begin < bytes.length; begin += PIECE) {
    array.push(parts, apply(fromCharCode, undefined, views.subarray(bytes, begin, begin + PIECE)));
  }
  return array.join(parts, '');
}

/** The bytes that the characters are, the lower half of each: what XMLHttpRequest hands over as x-user-defined, too. */
export const oneByteEach = (text) => bufferOfBytes(text.length, (index) => string.charCodeAt(text, index));

function utf8(text) {
  const bytes = encoder.encode(new TextEncoder(), text);
  const buffer = apply(bufferOf, bytes, []);
  return lengthOf(buffer) === bytes.length ? buffer : ofBuffer.slice(buffer, 0, bytes.length);
}

function utf16(bytes) {
  const units = [];
  for (let index = 0; index + 1 < bytes.length; index += 2) array.push(units, fromCharCode(bytes[index] + 256 * bytes[index + 1]));
  return array.join(units, '');
}

function hexadecimal(bytes) {
  const pairs = [];
  for (let index = 0; index < bytes.length; index += 1) {
    array.push(pairs, ofText.padStart(ofNumber.toString(bytes[index], 16), 2, '0'));
  }
  return array.join(pairs, '');
}

function fromHexadecimal(text) {
  if (method.regexp.exec(/^(?:[0-9a-f]{2})*$/i, text) === null) throw new Error('no hex');
  return bufferOfBytes(text.length / 2, (index) => parseInt(string.slice(text, 2 * index, 2 * index + 2), 16));
}

const replaced = (text, old, other) => array.join(string.split(text, old), other);

const CODECS = {
  __proto__: null,
  // a mark at the beginning stays: it is a character of the file
  utf8: { write: utf8, read: (bytes) => method.decoder.decode(new TextDecoder('utf-8', { __proto__: null, ignoreBOM: true }), bytes) },
  latin1: { write: oneByteEach, read: characters },
  utf16le: {
    read: utf16,
    write: (text) => bufferOfBytes(2 * text.length, (index) => string.charCodeAt(text, index >> 1) >> (8 * (index % 2))),
  },
  base64: {
    read: (bytes) => btoa(characters(bytes)),
    write: (text) => oneByteEach(atob(replaced(replaced(string.split(text, '=')[0], '-', '+'), '_', '/'))),
  },
  hex: { read: hexadecimal, write: fromHexadecimal },
};
const ALIKE = {
  __proto__: null, 'utf-8': 'utf8', ascii: 'latin1', binary: 'latin1', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le',
};
const codecOf = (encoding) => CODECS[ALIKE[encoding] || encoding];

export const isEncoding = (name) => typeof name === 'string' && codecOf(name) !== undefined;
export const textIn = (buffer, encoding) => codecOf(encoding).read(viewOf(buffer));

/** The ArrayBuffer of a text; null if it is none in that encoding. */
export function bufferFrom(text, encoding) {
  try {
    return codecOf(encoding).write(text);
  } catch (error) {
    return null;
  }
}

// Files below ttfile://temp: of this page, gone with it. Who makes or fetches a file puts it there.
import { method } from '../../runtime/classes.js';
import { Map } from '../../runtime/natives.js';

const temporaryFiles = new Map();

/** Keeps an ArrayBuffer at a place below ttfile://temp. */
export const keepTemporary = (path, buffer) => { method.map.set(temporaryFiles, path, buffer); };

/** The ArrayBuffer of a place below ttfile://temp, undefined if there is none. */
export const readTemporary = (path) => method.map.get(temporaryFiles, path);

export const removeTemporary = (path) => { method.map.delete(temporaryFiles, path); };

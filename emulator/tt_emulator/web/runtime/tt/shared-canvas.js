// What this platform does with the canvas that both domains share.
import { TypeError } from '../natives.js';
import { OWN_SENTENCES } from './sentences.js';

/** The context's own side of the canvas, once it is opened with these options: nothing. */
export const furnishShared = () => {};

/** What the open data domain may not set: (name) → throws. As in the platform's simulator; null where it may. */
export const refusalOfSize = ({ isStrict }) => (isStrict ? (name) => { throw new TypeError(OWN_SENTENCES.fixedSize(name)); } : null);

/** A canvas as the open data domain makes one. */
export const openCanvas = (canvas) => canvas;

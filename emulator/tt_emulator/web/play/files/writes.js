// What FileSystemManager changes: what goes to the emulator for it, and what the listing learns of it.
import { array, matches } from '../../runtime/language.js';
import { has } from '../../runtime/natives.js';
import { bufferFrom, copyOfBuffer, isBuffer, isEncoding, lengthOf } from './bytes.js';
import { filePlace } from './paths.js';
import { readTemporary, removeTemporary } from './temporary.js';

/** The options of each, in the order in which its Sync form takes them. */
export const WRITES = {
  writeFile: ['filePath', 'data', 'encoding'],
  appendFile: ['filePath', 'data', 'encoding'],
  mkdir: ['dirPath', 'recursive'],
  rmdir: ['dirPath', 'recursive'],
  unlink: ['filePath'],
  rename: ['oldPath', 'newPath'],
  copyFile: ['srcPath', 'destPath'],
  saveFile: ['tempFilePath', 'filePath'],
  removeSavedFile: ['filePath'],
};
export const WITHOUT_SYNC = ['removeSavedFile'];

// A text so short goes in the call itself, where the journal shows it.
const MOST_IN_CALL = 16384;
const UTF8 = /^utf-?8$/;
const HALF_OF_A_PAIR = /\p{Surrogate}/u;

/** {options, buffer, size}: of what is given, what the call says, and what is to be sent ahead of it, null for nothing. */
export function planOf(api, given) {
  const options = {};
  array.forEach(WRITES[api], (name) => { if (given[name] !== undefined) options[name] = given[name]; });
  if (!has(options, 'data')) {
    const buffer = temporarySource(options) || null;
    return { options, buffer, size: buffer && lengthOf(buffer) };
  }
  const { data, encoding = 'utf8' } = options;
  if (isBuffer(data)) return { options, buffer: copyOfBuffer(data), size: lengthOf(data) };
  const buffer = typeof data === 'string' && isEncoding(encoding) ? bufferFrom(data, encoding) : null;
  if (buffer === null) return { options: { ...options, data: typeof data === 'string' ? data : null }, buffer: null, size: 0 };
  const isInCall = matches(UTF8, encoding) && data.length <= MOST_IN_CALL && !matches(HALF_OF_A_PAIR, data);
  return { options, buffer: isInCall ? null : buffer, size: lengthOf(buffer) };
}

function temporarySource({ tempFilePath, srcPath }) {
  const source = tempFilePath === undefined ? srcPath : tempFilePath;
  const place = typeof source === 'string' ? filePlace(source) : null;
  return place && place.root === 'temporary' ? readTemporary(place.path) : undefined;
}

/** The options once that was sent ahead, under this name. */
export const withUpload = (options, upload) => (has(options, 'data') ? { ...options, data: { upload } } : { ...options, upload });

const belowUser = (path) => filePlace(path).path;

/** What the listing learns of a write that the emulator has done; `reply` is its. */
export const LESSONS = {
  writeFile: (listing, { filePath }, { size }) => listing.put(belowUser(filePath), size),
  appendFile(listing, { filePath }, { size }) {
    const before = listing.find(belowUser(filePath));
    listing.put(belowUser(filePath), (before ? before.size : 0) + size, before && before.saved);
  },
  mkdir: (listing, { dirPath }) => listing.makeFolder(belowUser(dirPath)),
  rmdir: (listing, { dirPath }) => listing.remove(belowUser(dirPath)),
  unlink: (listing, { filePath }) => listing.remove(belowUser(filePath)),
  removeSavedFile: (listing, { filePath }) => listing.remove(belowUser(filePath)),
  rename: (listing, { oldPath, newPath }) => listing.move(belowUser(oldPath), belowUser(newPath)),
  copyFile(listing, { srcPath, destPath }, { size }) {
    const source = listing.find(belowUser(srcPath));
    listing.put(belowUser(destPath), size === null && source ? source.size : size);
  },
  saveFile(listing, { tempFilePath }, { size }, { savedFilePath }) {
    removeTemporary(belowUser(tempFilePath));
    listing.put(belowUser(savedFilePath), size, true);
  },
};

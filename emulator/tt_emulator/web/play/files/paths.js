// Paths as games write them.
import { array, matches, string } from '../../runtime/language.js';
import { plain } from '../modules.js';

export const USER = 'ttfile://user';
const TEMPORARY = 'ttfile://temp';
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

const isWithin = (folder, path) => path === folder || string.startsWith(path, folder + '/');

/** {root, path}: which of the three, 'user', 'temporary' or 'package', and where below it; null for one that leads elsewhere. */
export function filePlace(path) {
  const root = isWithin(USER, path) ? 'user' : isWithin(TEMPORARY, path) ? 'temporary' : 'package';
  if (root === 'package' && matches(HAS_SCHEME, path)) return null;
  const below = plain(root === 'package' ? path : string.slice(path, (root === 'user' ? USER : TEMPORARY).length));
  return below === null ? null : { root, path: below };
}

/** The folder that it lies in, '' for the whole. */
export function parentOf(path) {
  const parts = string.split(path, '/');
  array.pop(parts);
  return array.join(parts, '/');
}

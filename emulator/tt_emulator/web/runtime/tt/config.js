import { GLOBAL } from './names.js';
import { OWN_SENTENCES } from './sentences.js';
import { TypeError } from '../natives.js';

/** What of the options is this platform's own. */
export function ownConfig({ compat }) {
  if (compat !== undefined && compat !== 'wx') throw new TypeError(OWN_SENTENCES.noCompat(compat));
  return { compat };
}

/** The attributes by which the open data domain's script learns of it. */
export const ownAttributes = ({ compat }) => (compat ? { 'data-compat': compat } : {});

/** The page's globals that are the platform's object. */
export const globalsOf = ({ compat }) => (compat === 'wx' ? [GLOBAL, 'wx'] : [GLOBAL]);

import { GLOBAL } from './names.js';

/** What of the options is this platform's own: nothing. */
export const ownConfig = () => ({});

/** The attributes by which the open data domain's script learns of it. */
export const ownAttributes = () => ({});

/** The page's globals that are the platform's object. */
export const globalsOf = () => [GLOBAL];

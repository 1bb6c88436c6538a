// The catalog's rows of what befalls a call in the page, where the platform has another name for it.
export const ROWS = { 'network-unavailable': 'connect-fail', 'scope-refused': 'auth-deny' };
/** Of the device's storage: it is full, one value is too large, and there is none of that key. */
export const STORAGE_ROWS = { full: 'quota', tooLarge: 'quota', missing: 'not-found' };

// The catalog's rows of what befalls a call in the page, where the platform has another name for it.
export const ROWS = {};
/** Of the device's storage: it is full, one value is too large, and there is none of that key: no failure. */
export const STORAGE_ROWS = { full: 'storage-full', tooLarge: 'item-too-large', missing: null };

/** What the browser remembers for this page; where storage is switched off, nothing. */

const own = (name) => `tt-emulator.${name}`;

export function readPreference(name, storage = 'localStorage') {
  try {
    return globalThis[storage].getItem(own(name));
  } catch {
    return null;
  }
}

/** `null` forgets it. */
export function savePreference(name, value, storage = 'localStorage') {
  try {
    if (value === null) globalThis[storage].removeItem(own(name));
    else globalThis[storage].setItem(own(name), value);
  } catch {
    /* it is a convenience */
  }
}

// The page begins anew when a file of the package has changed.
import { listen, reload } from '../runtime/browser.js';
import { here } from '../runtime/natives.js';

/** Listens to the emulator at `address`; the browser connects again by itself. */
export const reloadOnChange = (address) => listen(new here.EventSource(address), 'reload', reload);

// The page begins anew when a file of the package has changed.
import { here, methodsOf } from '../runtime/natives.js';

const source = methodsOf(here.EventTarget, 'addEventListener');

/** Listens to the emulator at `address`; the browser connects again by itself. */
export function reloadOnChange(address) {
  const { location, EventSource } = here;
  const reload = location.reload.bind(location);
  source.addEventListener(new EventSource(address), 'reload', () => reload());
}

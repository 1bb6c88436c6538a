// The console of a realm as the player's page shows it beside the game. The browser's own shows the same, at the same places: the
// map of play.js says that its frames are to be passed over.
import { array, define, string } from '../runtime/language.js';
import { apply, Error, here, quietly, String } from '../runtime/natives.js';
import { consoleText } from './console-text.js';
import { placeIn } from './positions.js';

const LEVELS = ['debug', 'log', 'info', 'warn', 'error'];
const OWN_ADDRESSES = '/__play/'; // in the addresses of our own scripts

/** The first place in the package that the stack names. */
function ofPackage(stack, positions) {
  const frames = array.filter(string.split(positions.inText(stack), '\n'), (frame) => string.split(frame, OWN_ADDRESSES).length === 1);
  return placeIn(array.join(frames, '\n'));
}

/** Has `tell` hear of what this realm's console is given: with a function that makes the line, as not all are wanted. */
export function followConsole(tell, positions) {
  const { console } = here;
  array.forEach(LEVELS, (level) => {
    const write = console[level];
    const following = { [level](...given) {
      tell(() => {
        const place = ofPackage(quietly(() => String(new Error().stack), ''), positions);
        return { level, text: quietly(() => consoleText(given), ''), ...place };
      });
      return apply(write, console, given);
    } };
    define(console, level, { value: following[level], writable: true, enumerable: true, configurable: true });
  });
}

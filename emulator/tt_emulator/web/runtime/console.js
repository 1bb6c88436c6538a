import { lenient } from './classes.js';
import { apply, functionsOf, here, Object, quietly } from './natives.js';

export const reasonOf = (error) => lenient.exception.message(Object(error)); // or of any other

const ownConsole = functionsOf(here.console);
const writing = { now: false };

/**
 * Quietly: some test set-ups have a console that throws, and the game shall get its reply. What a console that is
 * made of tt makes tt say, and what such a one refuses, goes to the browser's own.
 */
export function write(level, sentence, error) {
  const parts = error === undefined ? ['[tt-emulator] ' + sentence] : ['[tt-emulator] ' + sentence, error];
  const isNested = writing.now;
  writing.now = true;
  try {
    apply((isNested ? ownConsole : here.console)[level], here.console, parts);
  } catch (refusal) {
    quietly(() => apply(ownConsole[level], here.console, parts));
  }
  writing.now = isNested;
}

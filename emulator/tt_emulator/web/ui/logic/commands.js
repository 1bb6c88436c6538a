/** Commands and keys: which one somebody means by what they type. */

import { fits } from './search.js';

const NTH = /^(\d{1,4})\s+(\D.*)?$/; // "5 net": every fifth; a number alone may be a code

/** {n, rest} of what is typed where one in so many calls is to fail; `n` is `usual` where none is said. */
export function nthIn(typed, usual) {
  const [, number, rest = ''] = NTH.exec(typed.trimStart()) ?? [];
  const n = Number(number);
  return n >= 2 && n <= 1000 ? { n, rest } : { n: Math.max(2, usual), rest: typed };
}

/** 0: the name begins with it, 1: a word of the name does, 2: it stands somewhere. One that is `usual` is nearer. */
function rankOf({ head, usual = false }, wanted) {
  const name = head.toLowerCase();
  if (name.startsWith(wanted)) return 0;
  return name.split(/[\s-]+/).some((word) => word.startsWith(wanted)) ? Number(!usual) : 2;
}

/**
 * The commands that fit, the nearest first, else in their order. One has a `head`, the name that people begin to
 * type, and `words`, all texts by which it is found; it is `usual` where people come for it.
 */
export function findCommands(commands, typed) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return commands;
  const found = commands.filter(({ head, words }) => fits(wanted, [head, ...words]));
  return found.sort((one, other) => rankOf(one, wanted) - rankOf(other, wanted));
}

/** The documented rows with those of `first` before the others, where one looks for them. */
export const firstOf = (rows, first) => [...rows].sort((one, other) => (other.api === first) - (one.api === first));

const WRITTEN = /^(text|search|url|tel|email|password|number|date|datetime-local|month|time|week)$/;

/** Whether keys that are pressed there belong to the element: it is written into, or letters choose in it. */
export function takesLetters({ tagName, type, isContentEditable = false }) {
  if (isContentEditable || tagName === 'TEXTAREA' || tagName === 'SELECT') return true;
  return tagName === 'INPUT' && WRITTEN.test(type);
}

/** The command of a key that is pressed, or nothing; `Shift` belongs to the key, as in "?". */
export function commandOf({ key, ctrlKey, metaKey, altKey, isComposing, target }, commands) {
  if (ctrlKey || metaKey || altKey || isComposing || takesLetters(target)) return undefined;
  return commands.find((command) => command.key === key);
}

/** Where an arrow leads in a list of `count`, and stays at its ends; `null` for another key. */
export function stepTo(key, at, count) {
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 };
  return Object.hasOwn(steps, key) && count > 0 ? Math.max(0, Math.min(count - 1, steps[key])) : null;
}

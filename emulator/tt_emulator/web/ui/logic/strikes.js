/** Strikes that nobody has looked at yet. */

/** The page's title: how many struck since somebody looked, how many faults are armed, and the name. */
export const titleOf = (armed, unseen) =>
  [unseen && `● ${unseen}`, armed && `(${armed})`, 'tt-emulator'].filter(Boolean).join(' ');

/** Whether this is the news that a fault struck; `known` is what was known of the call, if it was known. */
export const isStrike = (exchange, known) => exchange.fault !== null && (known?.fault ?? null) === null;

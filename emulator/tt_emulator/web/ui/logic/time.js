/** Times in words. */

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
];

/** 90,061,000 → "+1 d 1 h", −5 → "−5 ms": the two largest units. */
export function aheadText(ms) {
  let rest = Math.abs(ms);
  const parts = UNITS.map(([unit, each]) => {
    const number = Math.floor(rest / each);
    rest -= number * each;
    return [number, unit];
  });
  const shown = parts.filter(([number]) => number).slice(0, 2);
  return (ms < 0 ? '−' : '+') + shown.map((part) => part.join(' ')).join(' ');
}

/** A moment for people, where the reader is. */
export const momentText = (moment, language) =>
  new Date(moment).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Phones in which a game is shown: sizes and safe areas in logical pixels, upright. */

export const PHONES = [
  { name: '390 × 844', width: 390, height: 844, ratio: 3, top: 47, bottom: 34 },
  { name: '375 × 667', width: 375, height: 667, ratio: 2, top: 20, bottom: 0 },
  { name: '360 × 800', width: 360, height: 800, ratio: 3, top: 32, bottom: 0 },
  { name: '430 × 932', width: 430, height: 932, ratio: 3, top: 59, bottom: 34 },
  { name: '810 × 1080', width: 810, height: 1080, ratio: 2, top: 24, bottom: 20 },
];

/** The phone of that name, upright or on its side: {name, width, height, ratio, insets: {top, right, bottom, left}}. */
export function phoneOf(name, isLandscape) {
  const { width, height, ratio, top, bottom } = PHONES.find((phone) => phone.name === name) ?? PHONES[0];
  if (!isLandscape) return { width, height, ratio, insets: { top, right: 0, bottom, left: 0 } };
  const side = top > 40 ? top : 0; // a notch takes room from both sides, a status bar goes
  return { width: height, height: width, ratio, insets: { top: 0, right: side, bottom: Math.min(bottom, 21), left: side } };
}

/** What of the phone's size fits into {width, height}; nothing is made larger. */
export const scaleIn = (phone, room) =>
  Math.max(0.2, Math.min(1, room.width / phone.width, room.height / phone.height));

/** The safe area as `getSystemInfoSync()` has it. */
export function safeAreaOf({ width, height, insets }) {
  const [left, top, right, bottom] = [insets.left, insets.top, width - insets.right, height - insets.bottom];
  return { left, top, right, bottom, width: right - left, height: bottom - top };
}

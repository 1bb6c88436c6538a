import { string } from './language.js';

/** How many bytes the text is in UTF-8. */
export function bytesIn(characters) {
  let bytes = characters.length;
  for (let at = 0; at < characters.length; at += 1) {
    const unit = string.charCodeAt(characters, at);
    if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit > 0x7f) bytes += 1; // half of a pair: two units are four bytes
  }
  return bytes;
}

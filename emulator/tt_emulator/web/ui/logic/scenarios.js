/** Scenarios that testers keep: which name one gets. */

const MOST_CHARACTERS = 60; // the server takes 64, and a number may follow

/** What a name may hold, of what somebody or a file calls it; empty if nothing is left. */
function fitting(text) {
  const seen = text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]+/gu, ' ').replace(/^[\s.-]+/, '');
  return [...seen].slice(0, MOST_CHARACTERS).join('').trim();
}

/**
 * The name under which a scenario's file is kept: the one that it says, in that language, or else that of the file.
 * Whether it is a scenario at all is the server's to say.
 */
export function nameOf(text, file, language) {
  let said;
  try {
    said = JSON.parse(text)?.name;
  } catch {
    said = undefined;
  }
  const name = typeof said === 'string' ? said : said?.[language];
  return fitting(typeof name === 'string' ? name : '') || fitting(file.replace(/(\.scenario)?\.json$/i, '')) || 'scenario';
}

/** The name, or with a number behind it the first one that nobody has. */
export function freeName(name, taken) {
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? name : `${name} ${number}`;
    if (!taken.includes(wanted)) return wanted;
  }
}

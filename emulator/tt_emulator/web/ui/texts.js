/** Every word of the page, in English and Chinese. */

import { readPreference, savePreference } from './core/preferences.js';
import { en } from './text/en.js';
import { zh } from './text/zh.js';

const TEXTS = { en, zh };

export const languages = Object.keys(TEXTS);

const wanted = readPreference('language') || globalThis.navigator?.language || 'en';
let language = /^zh/i.test(wanted) ? 'zh' : 'en';

export const currentLanguage = () => language;

export function chooseLanguage(name) {
  language = name;
  savePreference('language', name);
}

/** The text of that name. `{0}` is the first value, `{0|call|calls}` a word for one and for many of it. */
export function t(name, ...values) {
  const filled = (_, place, one, many) =>
    one === undefined ? (values[place] ?? '') : values[place] === 1 ? one : many;
  return (TEXTS[language][name] ?? name).replace(/\{(\d)(?:\|([^|}]*)\|([^}]*))?\}/g, filled);
}

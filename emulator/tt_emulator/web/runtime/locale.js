import { currentScript } from './browser.js';
import { each, matches } from './language.js';
import { inPage, isWorker, navigator, object, quietly, String } from './natives.js';

const isChinese = (language) => matches(/^zh/i, String(language));

/** Chinese where the page's or the browser's language is; a realm beside a page goes by the page. Node has neither. */
function readLocale() {
  if (currentScript && currentScript.handover) return currentScript.handover.locale;
  if (inPage && isChinese(quietly(() => document.documentElement.lang))) return 'zh';
  return (inPage || isWorker) && isChinese(quietly(() => navigator.language)) ? 'zh' : 'en';
}

export const locale = readLocale();

/** Of a table of {en, zh} what is in this page's language. */
export function localized(table) {
  const chosen = object.create(null);
  each(table, (name, text) => { chosen[name] = text[locale]; });
  return chosen;
}

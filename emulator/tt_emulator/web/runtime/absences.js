// What is said of names that the platform's global does not have, together where they share the cause.
import { GLOBAL } from '#platform/names.js';
import { DOMAINS, otherThan } from './domains.js';
import { array } from './language.js';
import { inPage, isWorker } from './natives.js';
import { tag } from './tag.js';

export const listed = (names) => array.join(array.map(names, (name) => GLOBAL + '.' + name), ', ');

export const ELSEWHERE_TEXTS = {
  elsewhere: {
    en: (names, isOne, { domain }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS[domain] + ': '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS[otherThan(domain)] + '.',
    zh: (names, isOne, { domain }) => listed(names) + ' 在' + DOMAINS[domain] + '中是 undefined：' + (isOne ? '它' : '它们')
      + '属于' + DOMAINS[otherThan(domain)] + '。',
  },
  elsewhereInPages: {
    en: (names, isOne, { domain }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS[domain] + ': '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS[otherThan(domain)] + ', and ' + (isOne ? 'is' : 'are')
      + ' there only in a page.',
    zh: (names, isOne, { domain }) => listed(names) + ' 在' + DOMAINS[domain] + '中是 undefined：' + (isOne ? '它' : '它们')
      + '属于' + DOMAINS[otherThan(domain)] + '，而且只有页面里才有。',
  },
};
export const NOWHERE_TEXTS = {
  pages: {
    en: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' there only in a page, and undefined in '
      + (isWorker ? 'a worker' : 'Node') + (isOne ? '. Guard it, or set ' + listed(names) + ' to a stand-in.'
      : '. Guard them, or set them to stand-ins.'),
    zh: (names, isOne) => listed(names) + ' 只有页面里才有，在 ' + (isWorker ? 'worker' : 'Node') + ' 中是 undefined。使用前请先判断，或'
      + (isOne ? '把 ' + listed(names) + ' 设为替代实现。' : '分别设为替代实现。'),
  },
  unknown: {
    en: (names, isOne, { url }) => listed(names) + (isOne
      ? ' is not emulated and stays undefined. Guard it, or set ' + listed(names) + ' to a stand-in'
      : ' are not emulated and stay undefined. Guard them, or set them to stand-ins')
      + (inPage && url && !tag.realm ? '; some are ready: ' + url + '/stand-ins.js' : '.'),
    zh: (names, isOne, { url }) => listed(names) + ' 没有模拟，是 undefined。使用前请先判断，或'
      + (isOne ? '把 ' + listed(names) + ' 设为替代实现' : '分别设为替代实现')
      + (inPage && url && !tag.realm ? '；已有一些现成的：' + url + '/stand-ins.js' : '。'),
  },
};

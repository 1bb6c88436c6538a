// What is said of names that wx does not have.
import { ELSEWHERE_TEXTS, listed, NOWHERE_TEXTS } from '../absences.js';
import { DOMAINS } from '../domains.js';
import { localized } from '../locale.js';

/** index.js of the open data domain, as far as this page knows where it is. */
const entryIn = (openData, otherwise) => (openData ? openData + '/index.js' : otherwise);

export const ABSENCE_TEXTS = {
  onlyInOpen: {
    en: (names, isOne, { openData }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS.main + ', as on the platform: '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS.open + '. Call ' + (isOne ? 'it' : 'them') + ' in '
      + entryIn(openData, 'index.js of the directory that openDataContext of game.json names') + ', and ask for it by'
      + ' wx.getOpenDataContext().postMessage(…).',
    zh: (names, isOne, { openData }) => listed(names) + ' 在' + DOMAINS.main + '中是 undefined，与平台一致：' + (isOne ? '它' : '它们') + '属于'
      + DOMAINS.open + '。请在 ' + entryIn(openData, 'game.json 的 openDataContext 所指目录的 index.js') + ' 中调用' + (isOne ? '它' : '它们')
      + '，并用 wx.getOpenDataContext().postMessage(…) 通知它。',
  },
  notAllowed: {
    en: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS.open + ', as on the platform, whose list of what may'
      + ' be used there does not have ' + (isOne ? 'it' : 'them') + '. Have ' + DOMAINS.main + ' call ' + (isOne ? 'it' : 'them')
      + ' and post what comes of it.',
    zh: (names, isOne) => listed(names) + ' 在' + DOMAINS.open + '中是 undefined，与平台一致：平台允许在那里使用的接口中没有' + (isOne ? '它' : '它们')
      + '。请由' + DOMAINS.main + '调用，再把结果发送过来。',
  },
  notOffered: {
    en: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' undefined: the setting host.unsupported says that the host does not offer '
      + (isOne ? 'it.' : 'them.'),
    zh: (names, isOne) => listed(names) + ' 是 undefined：设置 host.unsupported 指定宿主不支持' + (isOne ? '它。' : '它们。'),
  },
  ...ELSEWHERE_TEXTS,
  ...NOWHERE_TEXTS,
};
export const ABSENCES = localized(ABSENCE_TEXTS);

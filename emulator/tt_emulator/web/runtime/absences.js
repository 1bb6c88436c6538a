import { tag } from './browser.js';
import { DOMAINS, otherThan } from './domains.js';
import { array } from './language.js';
import { localized } from './locale.js';
import { inPage, isWorker } from './natives.js';

const listed = (names) => array.join(array.map(names, (name) => 'tt.' + name), ', ');

// What is said of names that tt does not have, together where they share the cause.
export const ABSENCE_TEXTS = {
  wechat: {
    en: () => "tt.getFriendCloudStorage is not a Douyin API. Use tt.getCloudStorageByRelation({type: 'friend', keyList: […]}) in"
      + ' the open data domain, or have it there with data-compat="wx" on the script tag of tt.js.',
    zh: () => 'tt.getFriendCloudStorage 不是抖音的接口。请在开放数据域中使用 tt.getCloudStorageByRelation('
      + '{type: \'friend\', keyList: […]})；在 tt.js 的 script 标签上设置 data-compat="wx" 后，开放数据域中也有它。',
  },
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
  twoWay: {
    en: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS.main + ': '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS.open + '. The setting two_way_messages gives '
      + (isOne ? 'it' : 'them') + ' to the main domain, too.',
    zh: (names, isOne) => listed(names) + ' 在' + DOMAINS.main + '中是 undefined：' + (isOne ? '它' : '它们') + '属于'
      + DOMAINS.open + '。打开设置 two_way_messages 后，主域也有' + (isOne ? '它' : '它们') + '。',
  },
  ownData: {
    en: (names) => listed(names) + ' is undefined in ' + DOMAINS.main + ': the setting own_data_in_main is off.',
    zh: (names) => listed(names) + ' 在' + DOMAINS.main + '中是 undefined：设置 own_data_in_main 已关闭。',
  },
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
export const ABSENCES = localized(ABSENCE_TEXTS);

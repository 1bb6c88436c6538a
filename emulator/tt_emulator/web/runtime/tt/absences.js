// What is said of names that tt does not have.
import { ELSEWHERE_TEXTS, listed, NOWHERE_TEXTS } from '../absences.js';
import { DOMAINS } from '../domains.js';
import { localized } from '../locale.js';

export const ABSENCE_TEXTS = {
  wechat: {
    en: () => "tt.getFriendCloudStorage is not a Douyin API. Use tt.getCloudStorageByRelation({type: 'friend', keyList: […]}) in"
      + ' the open data domain, or have it there with data-compat="wx" on the script tag of tt.js.',
    zh: () => 'tt.getFriendCloudStorage 不是抖音的接口。请在开放数据域中使用 tt.getCloudStorageByRelation('
      + '{type: \'friend\', keyList: […]})；在 tt.js 的 script 标签上设置 data-compat="wx" 后，开放数据域中也有它。',
  },
  ...ELSEWHERE_TEXTS,
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
  ...NOWHERE_TEXTS,
};
export const ABSENCES = localized(ABSENCE_TEXTS);

// What a developer reads in the console of what this platform alone has.
import { json } from '../language.js';
import { localized } from '../locale.js';

export const OWN_TEXTS = {
  noCompat: {
    en: (given) => '[tt-emulator] createTT: compat is "wx" or nothing, got ' + json.stringify(given),
    zh: (given) => '[tt-emulator] createTT：compat 只能是 "wx" 或不设置，得到的是 ' + json.stringify(given),
  },
  oneWay: {
    en: () => 'tt.postMessage was called in the open data domain and the message is NOT delivered. On the platform messages go'
      + ' one way, from the main domain to this one. The setting two_way_messages delivers them.',
    zh: () => '在开放数据域中调用了 tt.postMessage，这条消息【不会送达】。在平台上，消息只能单向传递，从主域到开放数据域。'
      + '打开设置 two_way_messages 后可以送达。',
  },
  fixedSize: {
    en: (name) => '[tt-emulator] the shared canvas refuses a ' + name + ' from the open data domain: the setting strict_canvas'
      + ' is on, as in the platform\'s simulator.',
    zh: (name) => '[tt-emulator] sharedCanvas 不允许开放数据域设置 ' + name + '：设置 strict_canvas 已打开，与平台的模拟器一致。',
  },
  panel: {
    en: (why) => 'the panel of tt.getImRankList could not be drawn: ' + why + '.',
    zh: (why) => '无法绘制 tt.getImRankList 的面板：' + why + '。',
  },
  noRecorder: {
    en: () => 'nothing is recorded: start of tt.getGameRecorderManager() ends in onError.',
    zh: () => '这里不录屏：tt.getGameRecorderManager() 的 start 会触发 onError。',
  },
};
export const OWN_SENTENCES = localized(OWN_TEXTS);

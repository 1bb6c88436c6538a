// What testers read in the panel over the game.
import { SWITCH_TEXTS } from '#platform/switch-sentences.js';
import { localized } from './locale.js';

export const PANEL_TEXTS = {
  title: { en: () => 'Test panel', zh: () => '测试面板' },
  hint: {
    en: () => 'For this player alone. Move the button by dragging or by the arrow keys; Escape closes the panel.',
    zh: () => '只对当前玩家生效。拖动按钮或用方向键可移动它；按 Esc 关闭面板。',
  },
  switches: { en: () => 'Switches', zh: () => '开关' },
  calls: { en: () => 'Last calls', zh: () => '最近的调用' },
  noCalls: { en: () => 'No call yet.', zh: () => '还没有调用。' },
  underWay: { en: () => 'under way', zh: () => '进行中' },
  ...SWITCH_TEXTS,
  unreachable: {
    en: (url, why) => 'No answer from ' + url + ' (' + why + '). Is the emulator running?',
    zh: (url, why) => url + ' 没有应答（' + why + '）。模拟器是否在运行？',
  },
  refused: {
    en: (why) => 'The test panel was refused: ' + why + ' Then load this page again.',
    zh: (why) => '测试面板被拒绝：' + why + '之后请重新加载页面。',
  },
};
export const PANEL_SENTENCES = localized(PANEL_TEXTS);

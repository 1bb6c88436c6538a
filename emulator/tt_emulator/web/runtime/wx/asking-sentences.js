// What a player reads in the platform's windows, and what they choose from.
import { GLOBAL } from './names.js';
import { localized } from '../locale.js';

export const ASKING_TEXTS = {
  permission: { en: () => 'Permission', zh: () => '授权申请' },
  privacy: { en: () => 'Privacy', zh: () => '隐私保护' },
  confirmation: { en: () => 'Confirmation', zh: () => '确认' },
  'scope.WxFriendInteraction': {
    en: () => 'The game asks to use your friends: who of them plays, and what they have reached.',
    zh: () => '游戏申请使用你的好友信息：哪些好友在玩，以及他们的成绩。',
  },
  'scope.interactedUserInfo': {
    en: () => 'The game asks to know the friends with whom you have interacted in it.',
    zh: () => '游戏申请获取与你在游戏中互动过的好友信息。',
  },
  agreement: {
    en: () => 'Please read and agree to the game\'s privacy agreement before it uses your data.',
    zh: () => '在游戏使用你的数据之前，请阅读并同意它的隐私保护指引。',
  },
  interaction: { en: () => 'Do this for your friend?', zh: () => '确认与好友进行这次互动？' },
  sharing: { en: () => 'Send the game to your friend?', zh: () => '确认把游戏分享给好友？' },
  waiting: {
    en: (api) => GLOBAL + '.' + api + ' waits for your answer. This window is drawn by tt-emulator.',
    zh: (api) => GLOBAL + '.' + api + ' 正在等待你的选择。此窗口由 tt-emulator 绘制。',
  },
  setting: { en: () => 'Settings', zh: () => '设置' },
  'short scope.WxFriendInteraction': { en: () => 'Your friends', zh: () => '好友信息' },
  'short scope.interactedUserInfo': { en: () => 'Friends you interacted with', zh: () => '互动过的好友信息' },
  nothingAsked: { en: () => 'The game has asked for nothing yet.', zh: () => '游戏还没有申请过任何授权。' },
  done: { en: () => 'Done', zh: () => '完成' },
  refuse: { en: () => 'Refuse', zh: () => '拒绝' },
  allow: { en: () => 'Allow', zh: () => '允许' },
  agree: { en: () => 'Agree', zh: () => '同意' },
  cancel: { en: () => 'Cancel', zh: () => '取消' },
  send: { en: () => 'Confirm', zh: () => '确定' },
};
export const ASKING_SENTENCES = localized(ASKING_TEXTS);

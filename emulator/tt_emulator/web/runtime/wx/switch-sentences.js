// What the panel over the game calls the platform's switches.
export const SWITCH_TEXTS = {
  'save-connect-fail': { en: () => 'The next save fails: no connection', zh: () => '下一次保存失败：连接失败' },
  'save-bare-fail': { en: () => 'The next save fails, without a reason', zh: () => '下一次保存失败：没有原因' },
  'friends-auth-deny': { en: () => 'The next friends\' data fail: refused', zh: () => '下一次获取好友数据失败：未授权' },
  'friends-system-error': { en: () => 'The next friends\' data fail: system error', zh: () => '下一次获取好友数据失败：系统错误' },
  'friends-never': { en: () => 'The next friends\' data never come', zh: () => '下一次获取好友数据没有任何回调' },
  delay: { en: () => 'Each call takes 2 s longer', zh: () => '每次调用延迟 2 秒' },
};

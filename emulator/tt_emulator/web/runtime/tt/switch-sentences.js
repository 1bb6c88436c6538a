// What the panel over the game calls the platform's switches.
export const SWITCH_TEXTS = {
  'save-network-unavailable': { en: () => 'The next save fails: no network', zh: () => '下一次保存失败：没有网络' },
  'save-session-failure': { en: () => 'The next save fails: session', zh: () => '下一次保存失败：登录态失效' },
  'save-internal-error': { en: () => 'The next save fails: internal error', zh: () => '下一次保存失败：内部错误' },
  'save-server-error': { en: () => 'The next save fails: server error', zh: () => '下一次保存失败：服务器错误' },
  delay: { en: () => 'Each call takes 2 s longer', zh: () => '每次调用延迟 2 秒' },
};

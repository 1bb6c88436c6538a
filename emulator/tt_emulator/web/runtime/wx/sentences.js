// What a developer reads in the console of what this platform alone has.
import { localized } from '../locale.js';

export const OWN_TEXTS = {
  fixedSize: {
    en: (name) => 'the open data domain gave the shared canvas a ' + name + ', which has no effect, as on the platform: give it in the main'
      + ' domain, at wx.getOpenDataContext().canvas.',
    zh: (name) => '开放数据域设置了 sharedCanvas 的 ' + name + '，这没有任何效果，与平台一致：请在主域中对 wx.getOpenDataContext().canvas 设置。',
  },
  drawnLayer: {
    en: () => '[tt-emulator] the shared canvas is a layer of its own (sharedCanvasMode screenCanvas) and may be drawn onto no canvas.',
    zh: () => '[tt-emulator] sharedCanvas 是独立的一层（sharedCanvasMode 为 screenCanvas），不能绘制到任何画布上。',
  },
  otherMode: {
    en: (mode) => 'wx.getOpenDataContext was called with the sharedCanvasMode ' + mode + ' after the open data domain had begun with another'
      + ' one, which stays.',
    zh: (mode) => 'wx.getOpenDataContext 使用了 sharedCanvasMode ' + mode + '，但开放数据域已以另一种模式启动：保持原来的模式。',
  },
  notAsked: {
    en: (api, why) => 'the player could not be asked before wx.' + api + ' (' + why + '): it is called without.',
    zh: (api, why) => '调用 wx.' + api + ' 之前无法询问玩家（' + why + '）：直接调用。',
  },
  noUserInfo: {
    en: () => 'what a tap on the button of wx.createUserInfoButton tells is not emulated: the game hears that the player refused.',
    zh: () => '点击 wx.createUserInfoButton 的按钮会得到什么没有模拟：游戏会得知玩家拒绝了。',
  },
};
export const OWN_SENTENCES = localized(OWN_TEXTS);

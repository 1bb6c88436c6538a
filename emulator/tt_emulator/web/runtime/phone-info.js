import { view } from './browser.js';
import { inPage } from './natives.js';
import { DEFAULT_WINDOW, MENU_BUTTON, MICROAPP } from './phone-defaults.js';

/** The phone as getSystemInfo tells of it: the page's own sizes, and over them what the world is set to. */
export function phoneInfo({ appName, SDKVersion }, system) {
  const measured = inPage ? {
    windowWidth: view.innerWidth(), windowHeight: view.innerHeight(), pixelRatio: view.devicePixelRatio(),
    screenWidth: view.width(), screenHeight: view.height(),
  } : DEFAULT_WINDOW;
  const info = { ...measured, ...system, appName, SDKVersion };
  const sides = { left: 0, right: info.windowWidth, top: 0, bottom: info.windowHeight, ...system.safeArea };
  return { ...info, safeArea: { width: sides.right - sides.left, height: sides.bottom - sides.top, ...sides } };
}

function menuButton({ windowWidth, statusBarHeight }) {
  const { width, height, toRight, toTop } = MENU_BUTTON;
  const right = windowWidth - toRight;
  const top = statusBarHeight + toTop;
  return { width, height, top, bottom: top + height, right, left: right - width };
}

/** What of that the narrower APIs give, and what else is asked of the phone and answered at once. */
export function phoneMembers(info) {
  const menu = () => menuButton(info());
  return {
    getWindowInfo() {
      const { pixelRatio, screenWidth, screenHeight, windowWidth, windowHeight, statusBarHeight, safeArea } = info();
      return { pixelRatio, screenWidth, screenHeight, windowWidth, windowHeight, statusBarHeight, safeArea, screenTop: 0 };
    },
    getDeviceInfo() {
      const { brand, model, platform, system, deviceScore } = info();
      return { brand, model, platform, system, benchmarkLevel: deviceScore };
    },
    getAppBaseInfo() {
      const { SDKVersion, version, language } = info();
      return { SDKVersion, version, language, enableDebug: false };
    },
    getMenuButtonLayout: menu,
    getMenuButtonBoundingClientRect: menu,
    getAccountInfoSync: () => ({ miniProgram: { appId: MICROAPP.appId, envVersion: 'develop', version: '' } }),
    setPreferredFramesPerSecond() {},
    triggerGC() {},
    reportAnalytics() {},
    reportEvent() {},
    loadFont: () => null,
  };
}

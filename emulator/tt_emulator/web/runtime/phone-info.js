import { view } from './browser.js';
import { inPage } from './natives.js';
import { DEFAULT_WINDOW } from './phone-defaults.js';

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

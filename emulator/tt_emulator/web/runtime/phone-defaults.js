// Used where the state says nothing. No documentation names current values: the versions and the
// phone are the emulator's own, only the fields are the platform's.
export const DEFAULT_SYSTEM = {
  system: 'Android 14', platform: 'android', brand: 'tt-emulator', model: 'tt-emulator',
  version: '30.0.0', deviceScore: -1, // -1: unknown
  language: 'zh_CN', statusBarHeight: 0,
};
export const MICROAPP = { mpVersion: '0.0.0', envType: 'development', appId: 'tt-emulator' };
export const DEFAULT_WINDOW = { windowWidth: 390, windowHeight: 844, screenWidth: 390, screenHeight: 844, pixelRatio: 3 };
export const MENU_BUTTON = { width: 87, height: 32, toRight: 7, toTop: 4 };

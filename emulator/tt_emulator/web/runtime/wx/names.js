// By which names games, pages and the emulator know the platform.
export const GLOBAL = 'wx';
export const MAKER = 'createWX';
export const SCRIPT = 'wx.js';
export const PREFIX = '/wx/';

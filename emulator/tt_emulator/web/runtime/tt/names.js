// By which names games, pages and the emulator know the platform.
export const GLOBAL = 'tt';
export const MAKER = 'createTT';
export const SCRIPT = 'tt.js';
export const PREFIX = '/tt/';

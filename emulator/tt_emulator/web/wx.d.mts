/* The types of wx.mjs of tt-emulator, made of those of wx.js by .ci/generate. */

export const version: string;

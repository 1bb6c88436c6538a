declare namespace wxEmulator {
  export const version: string;
}

// @ts-ignore: in a package of ES modules, where this is no module at all and wx.mjs is meant
export = wxEmulator;

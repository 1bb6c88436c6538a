/* Compiled, never run: of the two only tt.mjs is an ES module. TypeScript lets a named import of tt.js pass all the same. */
export * from '../vendor/tt.mjs';

// @ts-expect-error: it says export =
export * from '../vendor/tt.js';

/* Compiled, never run: what a page's game may write. */
import type { OpenTT } from '../vendor/tt.js';

declare const tt: import('../vendor/tt.js').PageTT;
declare const createTT: typeof import('../vendor/tt.js').createTT;
declare const sharedCanvas: import('../vendor/tt.js').Canvas;

const { language, statusBarHeight, safeArea } = tt.getSystemInfoSync();
const pen: CanvasRenderingContext2D | null = tt.createCanvas().getContext('2d');
pen?.drawImage(sharedCanvas, 0, safeArea.top, statusBarHeight, language.length);
createTT({ player: 'bob', state: { system: { platform: 'ios', safeArea: { top: 44 } }, screen_sized_canvas: false } }).login();
tt.getOpenDataContext().postMessage({ type: 'show' });

export const draw = (open: OpenTT) => open.onMessage(() => open.getSharedCanvas().getContext('2d'));

// @ts-expect-error: it belongs to the open data domain
tt.getSharedCanvas();

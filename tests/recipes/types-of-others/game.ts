/* Compiled, never run: a game whose global tt is typed by the platform's package, and what that lacks by tt-emulator's. */
import '@douyin-microapp/typings';
import type { TT } from '../vendor/tt.js';

declare module '@douyin-microapp/typings/types/api' {
  export const setUserCloudStorage: TT['setUserCloudStorage'];
}

tt.login({ success: ({ code }) => code.length });
tt.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '1' }], fail: ({ errorCode }) => errorCode });

// @ts-expect-error: a value is a string
tt.setUserCloudStorage({ KVDataList: [{ key: 'score', value: 1 }] });

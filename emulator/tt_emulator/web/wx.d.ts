/*
 * The types of wx.js: what tt-emulator emulates, and nothing else, so that a compiler finds a call
 * that would be undefined. wx.js is a classic script and a CommonJS module; as an ES module, for import
 * in a page, in Vite or Node, there is wx.mjs. What is as tt.js has it takes its types from tt.d.ts.
 *
 * The globals of a page are yours to declare, as other typings declare wx, too, and there can be one:
 *
 *   declare const wx: import('./wx.js').PageWX;                 in the open data domain: PageOpenWX
 *   declare const createWX: typeof import('./wx.js').createWX;
 *   declare const sharedCanvas: import('./wx.js').Canvas;
 */

declare namespace wxEmulator {
  export type Canvas = import('./tt.js').Canvas;
  type Page = import('./tt.js').PageTT;

  /** One pair of hosted data. `value` must be a string. key ≤ 128, key + value ≤ 1024 UTF-8 bytes. */
  export type KVData = import('./tt.js').KVData;

  /** What `fail` receives. Which of the codes is there differs by the row: see docs/wx-catalog.md. */
  export interface Failure {
    /** `<api>:fail <detail>`, but for a few rows that begin with another name or have another separator. */
    errMsg: string;
    errCode?: number;
    /** A text. Beside it `errno` is 0. */
    err_code?: string;
    errno?: number;
  }

  /** success or fail, then complete, once each, later, with the same object; a client fault breaks that. */
  export interface Callbacks<Success> {
    success?: (res: Success) => void;
    fail?: (res: Failure) => void;
    complete?: (res: Success | Failure) => void;
  }

  /** A promise of the success, rejected with a `Failure`, if none of the callbacks is given. */
  export type Promised<Given, Success> =
    Given extends { success: any } | { fail: any } | { complete: any } ? void : Promise<Success>;

  export interface Done {
    errMsg: string;
  }

  export interface UserGameData {
    avatarUrl: string;
    nickname: string;
    openid: string;
    /** Of the keys that were asked for; empty if the player has none of them. */
    KVDataList: KVData[];
  }

  export interface FriendInfo {
    avatarUrl: string;
    nickname: string;
    openid: string;
  }

  export interface OpenUserInfo {
    avatarUrl: string;
    city: string;
    country: string;
    gender: number;
    language: string;
    nickName: string;
    /** Of the player the text `selfOpenId`, and not what stands in the rows of friends. */
    openId: string;
    province: string;
  }

  /** AES-128-CBC with the session key, for the game's backend. */
  export interface Sealed extends Done {
    encryptedData: string;
    iv: string;
    cloudID?: string;
  }

  type Keys<Success> = { keyList: string[] } & Callbacks<Success>;

  /** What both domains have. */
  export interface WXOfBoth extends Pick<Page, 'getSystemInfo' | 'getSystemInfoSync'> {
    setUserCloudStorage<Given extends { KVDataList: KVData[] } & Callbacks<Done>>(options: Given): Promised<Given, Done>;
    removeUserCloudStorage<Given extends Keys<Done>>(options: Given): Promised<Given, Done>;
  }

  /** Names whose pages were not read: they are as Douyin has them. */
  type Borrowed = Pick<Page,
    | 'canIUse' | 'connectSocket' | 'createInnerAudioContext' | 'downloadFile' | 'getAccountInfoSync' | 'getAppBaseInfo' | 'getDeviceInfo'
    | 'getMenuButtonBoundingClientRect' | 'getNetworkType' | 'getWindowInfo' | 'loadFont' | 'offNetworkStatusChange'
    | 'onNetworkStatusChange' | 'reportAnalytics' | 'reportEvent' | 'request' | 'setPreferredFramesPerSecond' | 'triggerGC'
    | 'updateShareMenu' | 'uploadFile' | 'env' | 'clearStorageSync' | 'getStorageInfoSync' | 'getStorageSync' | 'removeStorageSync'
    | 'setStorageSync'>;

  /** The main domain. Names of the open one alone are undefined in it, and the other way round. */
  export interface WX extends WXOfBoth, Borrowed {
    /** The code lives for 5 minutes and is good for one use. */
    login(options?: { timeout?: number } & Callbacks<Done & { code: string }>): void;
    checkSession<Given extends Callbacks<Done> = {}>(options?: Given): Promised<Given, Done>;
    /** Asks the player for scope.WxFriendInteraction, once. Keys are '1' to '50'. */
    getUserInteractiveStorage<Given extends Keys<Sealed>>(options: Given): Promised<Given, Sealed>;
    /** Asks the player for scope.interactedUserInfo, once. At most 20 friends. */
    getRelationFriendList(options?: Callbacks<Sealed & { signature: string }>): void;
    /** Whether it could be set: a scene of 0 to 50, and at most 128 characters. */
    setMessageToFriendQuery(options: { shareMessageToFriendScene: number; query: string }): boolean;

    setStorage<Given extends { key: string; data: any; encrypt?: boolean } & Callbacks<Done>>(options: Given): Promised<Given, Done>;
    /** A key that was never set fails. */
    getStorage<Given extends { key: string; encrypt?: boolean } & Callbacks<Done & { data: any }>>(
      options: Given,
    ): Promised<Given, Done & { data: any }>;
    removeStorage<Given extends { key: string } & Callbacks<Done>>(options: Given): Promised<Given, Done>;
    clearStorage<Given extends Callbacks<Done> = {}>(options?: Given): Promised<Given, Done>;
    getStorageInfo<Given extends Callbacks<Done & import('./tt.js').StorageInfo> = {}>(
      options?: Given,
    ): Promised<Given, Done & import('./tt.js').StorageInfo>;
  }

  /** The open data domain. None of its own gives a promise. */
  export interface OpenWX extends WXOfBoth {
    getUserCloudStorage(options: Keys<Done & { KVDataList: KVData[] }>): void;
    /** Asks the player for scope.WxFriendInteraction, once, as the next ones. */
    getUserCloudStorageKeys(options?: Callbacks<Done & { keys: string[] }>): void;
    /** Asks for privacy, too. The player is a row, and so are friends with hosted data; in no order. */
    getFriendCloudStorage(options: Keys<Done & { data: UserGameData[] }>): void;
    /** Asks for privacy, too. Of the group from whose card the game was launched, by shareTicket, or of one of the player's. */
    getGroupCloudStorage(options: { shareTicket?: string; groupid?: string } & Keys<Done & { data: UserGameData[] }>): void;
    getGroupInfo(options: { openGId: string } & Callbacks<Done & { name: string }>): void;
    /** At most 5. */
    getPotentialFriendList(options?: Callbacks<Done & { list: FriendInfo[] }>): void;
    getUserInfo(
      options?: { openIdList?: string[]; lang?: 'en' | 'zh_CN' | 'zh_TW' } & Callbacks<Done & { data: OpenUserInfo[] }>,
    ): void;
    /** Asks the player each time, unless `quiet`. */
    modifyFriendInteractiveStorage(options: {
      /** '1' to '50', a text. */
      key: string;
      opNum: 1;
      operation: 'add';
      toUser?: string;
      title?: string;
      imageUrl?: string;
      imageUrlId?: string;
      quiet?: boolean;
    } & Callbacks<Done>): void;
    /** Asks the player; nothing is sent. The main domain hears by onShareMessageToFriend. */
    shareMessageToFriend(options: { openId: string; title?: string; imageUrl?: string; imageUrlId?: string } & Callbacks<Done>): void;
  }

  /** The main domain's side of the open data domain. */
  export interface OpenDataContext {
    /** The shared canvas: it gets its size here, and in the mode screenCanvas its place, in pixels. */
    readonly canvas: Canvas;
    /** Copies the message into the open data domain: no functions. There is no way back. */
    postMessage(message: unknown): void;
  }

  /** How the game was opened: `tt-scene` of the page's address, and the rest of it. */
  export interface LaunchOptions {
    scene: number;
    query: { [name: string]: string };
    referrerInfo: object;
    /** Of the group from whose card the game was launched, as the tester has set the player. */
    shareTicket?: string;
  }

  /** What the borrowed names have in a page. */
  type BorrowedOfPages = Pick<Page,
    | 'createCanvas' | 'createImage' | 'onTouchStart' | 'onTouchMove' | 'onTouchEnd' | 'onTouchCancel' | 'offTouchStart' | 'offTouchMove'
    | 'offTouchEnd' | 'offTouchCancel'>;
  type BorrowedOfPage = BorrowedOfPages & Pick<Page,
    | 'onHide' | 'offHide' | 'onError' | 'offError' | 'loadSubpackage' | 'onDeviceOrientationChange'
    | 'offDeviceOrientationChange' | 'setDeviceOrientation' | 'onWindowResize' | 'offWindowResize' | 'onUnhandledRejection'
    | 'offUnhandledRejection' | 'onAudioInterruptionBegin' | 'offAudioInterruptionBegin' | 'onAudioInterruptionEnd'
    | 'offAudioInterruptionEnd' | 'onMemoryWarning' | 'offMemoryWarning' | 'onAccelerometerChange' | 'offAccelerometerChange'
    | 'onGyroscopeChange' | 'offGyroscopeChange' | 'startAccelerometer' | 'stopAccelerometer' | 'startGyroscope' | 'stopGyroscope'
    | 'showKeyboard' | 'updateKeyboard' | 'hideKeyboard' | 'onKeyboardInput' | 'offKeyboardInput' | 'onKeyboardConfirm'
    | 'offKeyboardConfirm' | 'onKeyboardComplete' | 'offKeyboardComplete' | 'showToast' | 'hideToast' | 'showLoading' | 'hideLoading'
    | 'showModal' | 'showActionSheet' | 'setClipboardData' | 'getClipboardData' | 'requestSubscribeMessage' | 'navigateToMiniProgram'
    | 'createUserInfoButton' | 'createOpenSettingButton' | 'createGameClubButton' | 'createFeedbackButton' | 'vibrateShort' | 'vibrateLong'
    | 'showShareMenu' | 'shareAppMessage' | 'onShareAppMessage' | 'offShareAppMessage' | 'onShareTimeline' | 'offShareTimeline'
    | 'getUpdateManager' | 'getPerformance' | 'getLogManager' | 'getRealtimeLogManager' | 'createRewardedVideoAd'
    | 'createInterstitialAd' | 'createBannerAd'>;

  /** What the main domain's wx has in a page. */
  export interface PageWX extends WX, BorrowedOfPage {
    /** The mode of the first call counts. screenCanvas: a layer of its own over the game's canvas. */
    getOpenDataContext(options?: { sharedCanvasMode?: 'offscreenCanvas' | 'screenCanvas' }): OpenDataContext;
    /** Called with the key, once the open data domain has written one for a friend. */
    onInteractiveStorageModified(listener: (key: string) => void): void;
    onShareMessageToFriend(listener: (res: { success: boolean; errMsg: string }) => void): void;
    /** Without a listener: all of them. */
    offShareMessageToFriend(listener?: (res: { success: boolean; errMsg: string }) => void): void;
    getLaunchOptionsSync(): LaunchOptions;
    /** The same. */
    getEnterOptionsSync(): LaunchOptions;
    onShow(listener: (options: LaunchOptions) => void): void;
    offShow(listener?: (options: LaunchOptions) => void): void;
    /** Asks the player, once a scope; what they have said is the world's. */
    authorize(options: { scope: string } & Callbacks<Done>): void;
    /** Draws a switch for each scope to which the player has said something. */
    openSetting(options?: Callbacks<Done & { authSetting: { [scope: string]: boolean } }>): void;
    /** Of the scopes to which the player has said something. */
    getSetting(options?: Callbacks<Done & { authSetting: { [scope: string]: boolean } }>): void;
  }

  /** What it has in a package that `tt-emulator play` plays. */
  export interface PlayedWX extends PageWX, Pick<import('./tt.js').PlayedTT, 'getFileSystemManager'> {}

  /** What the open data domain's wx has in a page: the platform's list, and nothing else. */
  export interface PageOpenWX extends OpenWX, BorrowedOfPages {
    /** Two dimensions alone. A size that is set here has no effect. */
    getSharedCanvas(): Canvas;
    onMessage(listener: (message: any) => void): void;
  }

  /** What GET /wx/state answers. */
  export interface State extends Omit<import('./tt.js').State, 'own_data_in_main' | 'two_way_messages'> {
    scopes?: { [scope: string]: 'undetermined' | 'granted' | 'denied' };
    privacy?: 'agreed' | 'undecided' | 'refused' | 'undeclared' | 'unannounced' | 'no-popup';
    /** When the window of privacy comes again, in the world's time. */
    asks_again_at?: string | null;
    launched_from?: string | null;
    share_ticket?: string | null;
  }

  export interface Settings extends Omit<import('./tt.js').Settings, 'compat' | 'domain' | 'state'> {
    /** In place of GET /wx/state, for Node, where that cannot be read synchronously. */
    state?: State;
  }

  /** A `wx` of its own player. In a page also window.createWX. */
  export function createWX(settings: Settings & { domain: 'open' }): OpenWX;
  export function createWX(settings?: Settings & { domain?: 'main' }): WX;
  export const version: string;
}

// @ts-ignore: in a package of ES modules, where this is no module at all and wx.mjs is meant
export = wxEmulator;

/*
 * The types of tt.js: what tt-emulator emulates, and nothing else, so that a compiler finds a call
 * that would be undefined. tt.js is a classic script and a CommonJS module; as an ES module, for import
 * in a page, in Vite or Node, there is tt.mjs.
 *
 * The globals of a page are yours to declare, as other typings declare tt, too, and there can be one:
 *
 *   declare const tt: import('./tt.js').PageTT;                 in the open data domain: OpenTT
 *   declare const createTT: typeof import('./tt.js').createTT;
 *   declare const sharedCanvas: import('./tt.js').Canvas;
 */

declare namespace ttEmulator {
  /** A browser's canvas, image and audio context; without the types of a browser (lib "dom") nothing is said of them. */
  export type Canvas = typeof globalThis extends { HTMLCanvasElement: { prototype: infer Made } } ? Made : any;
  export type AudioContext = typeof globalThis extends { AudioContext: { prototype: infer Made } } ? Made : any;
  export type Image = typeof globalThis extends { HTMLImageElement: { prototype: infer Made } } ? Made : any;

  /** One pair of hosted data. `value` must be a string. key ≤ 128, key + value ≤ 1024 UTF-8 bytes. */
  export interface KVData {
    key: string;
    value: string;
  }

  /** What `fail` receives; the codes are absent where the API's page documents none. */
  export interface Failure {
    /** `<api>:fail`, or `<api>:fail <detail>`. */
    errMsg: string;
    errorCode?: number;
    /** Developer, user, framework, information. */
    errorType?: 'D' | 'U' | 'F' | 'I';
    /** Of the APIs that document errNo instead of errorCode. */
    errNo?: number;
  }

  /** success or fail, then complete, once each, later, with the same object; a client fault breaks that. */
  export interface Callbacks<Success> {
    success?: (res: Success) => void;
    fail?: (res: Failure) => void;
    complete?: (res: Success | Failure) => void;
  }

  export interface SetUserCloudStorageOptions extends Callbacks<{ errMsg: string }> {
    /** At most 128 pairs a player. */
    KVDataList: KVData[];
  }

  export interface GetUserCloudStorageOptions extends Callbacks<GetUserCloudStorageSuccess> {
    keyList: string[];
  }

  /** In keyList order, absent keys left out; `data` is the name that older documentation uses. */
  export interface GetUserCloudStorageSuccess {
    errMsg: string;
    KVDataList: KVData[];
    data: KVData[];
  }

  export interface RemoveUserCloudStorageOptions extends Callbacks<{ errMsg: string }> {
    keyList: string[];
  }

  export interface LoginOptions extends Callbacks<LoginSuccess> {
    /** Whether to open the host's login dialog if the user is not logged in. Default true. */
    force?: boolean;
  }

  export interface LoginSuccess {
    errMsg: string;
    /** Only for a user who is logged in to the host. */
    code?: string;
    anonymousCode: string;
    isLogin: boolean;
  }

  export interface GetNetworkTypeSuccess {
    errMsg: string;
    networkType: 'unknown' | 'wifi' | '2g' | '3g' | '4g' | 'none';
  }

  export interface NetworkStatus {
    networkType: GetNetworkTypeSuccess['networkType'];
    isConnected: boolean;
  }

  /** What can be written as JSON, and undefined; it comes back as it was set. */
  export type Storable = unknown;

  export interface SetStorageOptions extends Callbacks<{ errMsg: string }> {
    /** Not empty. */
    key: string;
    /** At most 1 MiB a key and 10 MiB in all, of UTF-8 text; a browser may hold less. */
    data?: Storable;
  }

  export interface StorageKeyOptions<Success> extends Callbacks<Success> {
    key: string;
  }

  /** Sizes in KB. */
  export interface StorageInfo {
    keys: string[];
    currentSize: number;
    limitSize: number;
  }

  export interface EnvInfo {
    microapp: { mpVersion: string; envType: 'production' | 'development' | 'preview'; appId: string };
    common: { USER_DATA_PATH: string };
  }

  export interface SafeArea {
    left: number;
    right: number;
    top: number;
    bottom: number;
    width: number;
    height: number;
  }

  /** Sizes are logical pixels. */
  export interface SystemInfo {
    system: string;
    platform: string;
    brand: string;
    model: string;
    /** The host's version. */
    version: string;
    appName: string;
    SDKVersion: string;
    screenWidth: number;
    screenHeight: number;
    windowWidth: number;
    windowHeight: number;
    pixelRatio: number;
    safeArea: SafeArea;
    /** -1 if unknown. */
    deviceScore: number;
    /** Stands on the page of the C# twin alone, as the next one does; shipped games read both. */
    language: string;
    statusBarHeight: number;
  }

  export type AudioEvent =
    | 'Canplay' | 'Play' | 'Pause' | 'Stop' | 'Ended' | 'TimeUpdate' | 'Waiting' | 'Seeking' | 'Seeked';

  /** What `onError` hears: 10001 system, 10002 network, 10003 file, 10004 format, -1 anything else. */
  export interface AudioError {
    errMsg: string;
    errCode: 10001 | 10002 | 10003 | 10004 | -1;
  }

  type AudioListeners = { [Name in `on${AudioEvent}`]: (listener: (res: object) => void) => void }
    & { [Name in `off${AudioEvent}`]: (listener?: (res: object) => void) => void };

  /** Times in seconds. Nothing of it throws. */
  export interface InnerAudioContext extends AudioListeners {
    /** Relative to the page. It is loaded at once. */
    src: string;
    /** Where it begins after the start and after `stop`. Default 0. */
    startTime: number;
    autoplay: boolean;
    loop: boolean;
    /** Kept, and without effect. Default true. */
    obeyMuteSwitch: boolean;
    /** 0 to 1. */
    volume: number;
    /** 0 until it is loaded. */
    readonly duration: number;
    readonly currentTime: number;
    /** Whether it is paused or stopped. */
    readonly paused: boolean;
    readonly buffered: number;
    /** Loads again what has failed. Before the page is touched it is not heard, and its events come. */
    play(): void;
    pause(): void;
    /** What plays next begins at `startTime`. */
    stop(): void;
    seek(position: number): void;
    destroy(): void;
    onError(listener: (error: AudioError) => void): void;
    offError(listener?: (error: AudioError) => void): void;
  }

  export type WindowInfo = { screenTop: number } & Pick<SystemInfo,
    'pixelRatio' | 'screenWidth' | 'screenHeight' | 'windowWidth' | 'windowHeight' | 'statusBarHeight' | 'safeArea'>;
  export type DeviceInfo = { benchmarkLevel: number } & Pick<SystemInfo, 'brand' | 'model' | 'platform' | 'system'>;
  export type AppBaseInfo = { enableDebug: boolean } & Pick<SystemInfo, 'SDKVersion' | 'version' | 'language'>;
  /** Of the menu in the right upper corner, in logical pixels. */
  export type MenuButton = SafeArea;

  export interface GetCloudStorageByRelationOptions
    extends Callbacks<{ errMsg: string; data: UserGameData[] }> {
    type: 'friend' | 'recommend' | 'group';
    keyList: string[];
    /** Required for a group; sortKey is a ranking key. */
    extra?: { sortKey: string; groupId: string };
  }

  export interface UserGameData {
    avatarUrl: string;
    nickname: string;
    openid: string;
    /** In keyList order, absent keys left out. */
    KVDataList: KVData[];
    /** Not documented; shipped games rely on it. */
    isMe: boolean;
  }

  export interface SetImRankDataOptions extends Callbacks<{ errMsg: string }> {
    /** 0: value is a number in digits. 1: any text, ranked by priority. */
    dataType: 0 | 1;
    value: string;
    priority?: number;
    /** Default `default`. */
    zoneId?: string;
    extra?: string;
  }

  export interface GetImRankDataOptions extends Callbacks<{ errMsg: string; data: ImRankData }> {
    relationType: 'friend' | 'all';
    dataType: 0 | 1;
    rankType: 'day' | 'week' | 'month' | 'all';
    /** From 1. */
    pageNum: number;
    /** 1 to 39. */
    pageSize: number;
    zoneId?: string;
  }

  export interface ImRankUser {
    openid: string;
    sec_uid: string;
    user_img: string;
    nick_name: string;
  }

  export interface RankResItem extends ImRankUser {
    data_type: 0 | 1;
    value: string;
    priority: number;
    extra: string;
    /** Unix time in seconds. */
    utime: number;
  }

  export interface ImRankData {
    items: RankResItem[];
    self_user_info: ImRankUser;
    /** rank counts from 1; 0 and null for who is not on the list. */
    self_item: { item: RankResItem | null; rank: number; private_setting: number };
    page_num: number;
    total_num: number;
  }

  export interface GetImRankListOptions extends Callbacks<{ errMsg: string }> {
    relationType: 'default' | 'friend' | 'all';
    dataType: 0 | 1;
    rankType: 'day' | 'week' | 'month' | 'all';
    rankTitle?: string;
    suffix?: string;
    zoneId?: string;
  }

  export interface UserInfo {
    avatarUrl: string;
    nickName: string;
    gender: 0 | 1 | 2;
    city: string;
    province: string;
    country: string;
    language: string;
    /** Not documented, as are the next two; shipped open data domains read them. */
    nickname: string;
    openId: string;
    openid: string;
  }

  export interface GetUserInfoOptions
    extends Callbacks<{ errMsg: string; userInfo: UserInfo; rawData: string; data: UserInfo[] }> {
    withCredentials?: boolean;
    /** Not documented: whose data `data` has; `selfOpenId` is the player. */
    openIdList?: string[];
  }

  export interface RequestOptions extends Callbacks<RequestSuccess> {
    /** This machine's, or of a host that `tt-emulator play --map` answers for; any other fails. */
    url: string;
    /** Default content-type application/json. referer and user-agent cannot be set. */
    header?: Record<string, string>;
    /** Default GET. */
    method?: 'GET' | 'POST' | 'OPTIONS' | 'PUT' | 'HEAD' | 'DELETE' | 'PATCH';
    /** An object is the query of a GET or HEAD, else JSON, or a form if content-type says so. */
    data?: string | object | ArrayBuffer;
    /** Default json: data is parsed if it can be, else text. */
    dataType?: 'json' | 'string';
    /** Default text. */
    responseType?: 'text' | 'arraybuffer';
    /** Milliseconds, 60000 at most; default networkTimeout of game.json. */
    timeout?: number;
    redirect?: string;
    enableCache?: boolean;
    enableProfile?: boolean;
  }

  /** Of an answer with any status. */
  export interface RequestSuccess {
    errMsg: string;
    statusCode: number;
    header: Record<string, string>;
    /** By dataType and responseType. */
    data: any;
  }

  export interface RequestTask {
    /** The call fails, unless it is over. */
    abort(): void;
  }

  /** Of an answer with any status. */
  export interface DownloadFileSuccess {
    errMsg: string;
    /** Below ttfile://temp, for tt.getFileSystemManager() and `src` in a played package. */
    tempFilePath: string;
    statusCode: number;
  }

  export interface DownloadFileOptions extends Callbacks<DownloadFileSuccess> {
    /** As of tt.request. */
    url: string;
    /** referer and user-agent cannot be set. */
    header?: Record<string, string>;
    /** Milliseconds, 60000 at most; default networkTimeout of game.json. */
    timeout?: number;
    enableProfile?: boolean;
  }

  /** Of an answer with any status. */
  export interface UploadFileSuccess {
    errMsg: string;
    statusCode: number;
    /** Not parsed. */
    data: string;
  }

  export interface UploadFileOptions extends Callbacks<UploadFileSuccess> {
    /** As of tt.request. */
    url: string;
    /** Of the package, or below ttfile://user or ttfile://temp; where no package is played below ttfile://user alone. */
    filePath: string;
    /** The file's, in the form. */
    name: string;
    /** referer, user-agent and content-type cannot be set. */
    header?: Record<string, string>;
    /** Fields beside the file; what is no text is sent as JSON. */
    formData?: Record<string, any>;
    /** Milliseconds, 60000 at most; default networkTimeout of game.json. */
    timeout?: number;
    enableProfile?: boolean;
  }

  interface TransferTask<Progress> extends RequestTask {
    onProgressUpdate(listener: (progress: { progress: number } & Progress) => void): void;
    onHeadersReceived(listener: (received: { header: Record<string, string> }) => void): void;
    /** Without a listener: all of them. */
    offHeadersReceived(listener?: (received: { header: Record<string, string> }) => void): void;
  }

  export interface DownloadTask extends TransferTask<{ totalBytesWritten: number; totalBytesExpectedToWrite: number }> {}
  export interface UploadTask extends TransferTask<{ totalBytesSent: number; totalBytesExpectedToSend: number }> {}

  export interface ConnectSocketOptions extends Callbacks<{ errMsg: string; socketTaskId: number }> {
    /** This machine's, or of a host that `tt-emulator play --map` answers for; any other fails. */
    url: string;
    /** Not sent: a browser lets no page set it. */
    header?: Record<string, string>;
    protocols?: string[];
    /** Milliseconds until it is open, 60000 at most; default networkTimeout of game.json. */
    timeout?: number;
  }

  export interface SocketTask {
    readonly socketTaskId: number;
    /** One of the four constants. */
    readonly readyState: number;
    readonly CONNECTING: 0;
    readonly OPEN: 1;
    readonly CLOSING: 2;
    readonly CLOSED: 3;
    /** Fails unless it is open. */
    send(options: { data: string | ArrayBuffer } & Callbacks<{ errMsg: string }>): void;
    /** Default 1000; otherwise 3000 to 4999. */
    close(options?: { code?: number; reason?: string } & Callbacks<{ errMsg: string }>): void;
    onOpen(listener: (opened: object) => void): void;
    onClose(listener: (closed: { code: number; reason: string }) => void): void;
    onMessage(listener: (message: { data: string | ArrayBuffer }) => void): void;
    onError(listener: (failure: { errMsg: string }) => void): void;
  }

  /**
   * Each name is there only in the domains where the documentation puts it. Asynchronous methods return
   * nothing: pass callbacks. Any other name is undefined.
   */
  export interface TT {
    setUserCloudStorage(options: SetUserCloudStorageOptions): void;
    getUserCloudStorage(options: GetUserCloudStorageOptions): void;
    removeUserCloudStorage(options: RemoveUserCloudStorageOptions): void;
    /** Open data domain only. */
    getCloudStorageByRelation(options: GetCloudStorageByRelationOptions): void;
    setUserGroup(options: { groupId: string } & Callbacks<{ errMsg: string }>): void;
    setImRankData(options: SetImRankDataOptions): void;
    /** Open data domain only. */
    setImRankDataInOpenContext(options: SetImRankDataOptions): void;
    /** Open data domain only. */
    getImRankData(options: GetImRankDataOptions): void;
    getImRankList(options: GetImRankListOptions): void;
    getUserInfo(options?: GetUserInfoOptions): void;
    login(options?: LoginOptions): void;
    checkSession(options?: Callbacks<{ errMsg: string }>): void;
    getNetworkType(options?: Callbacks<GetNetworkTypeSuccess>): void;
    /** Main domain only. */
    request(options: RequestOptions): RequestTask;
    /** Main domain only. */
    downloadFile(options: DownloadFileOptions): DownloadTask;
    /** Main domain only. */
    uploadFile(options: UploadFileOptions): UploadTask;
    /** Main domain only. A task is given also if it fails. In Node from version 22 on. */
    connectSocket(options: ConnectSocketOptions): SocketTask;
    /** Main domain only. Throws if the listener is no function. In Node a process does not end while one listens. */
    onNetworkStatusChange(listener: (status: NetworkStatus) => void): void;
    /** Main domain only. Without a listener: all of them. */
    offNetworkStatusChange(listener?: (status: NetworkStatus) => void): void;
    setStorage(options: SetStorageOptions): void;
    /** `data` is '' for a key that was never set. */
    getStorage(options: StorageKeyOptions<{ errMsg: string; data: Storable }>): void;
    removeStorage(options: StorageKeyOptions<{ errMsg: string }>): void;
    clearStorage(options?: Callbacks<{ errMsg: string }>): void;
    getStorageInfo(options?: Callbacks<{ errMsg: string } & StorageInfo>): void;
    /** Throws an Error with the fields of `Failure`. */
    setStorageSync(key: string, data?: Storable): void;
    /** '' for a key that was never set. */
    getStorageSync(key: string): any;
    removeStorageSync(key: string): void;
    clearStorageSync(): void;
    getStorageInfoSync(): StorageInfo;
    /** `${API}.${method}.${param}.${option}`, without `tt.`. */
    canIUse(schema: string): boolean;
    getSystemInfoSync(): SystemInfo;
    getSystemInfo(options?: Callbacks<{ errMsg: string } & SystemInfo>): void;
    /** Main domain only. In Node nothing plays: `onError` hears 10001. */
    createInnerAudioContext(): InnerAudioContext;
    /** Main domain only. The same until it is closed. Throws in Node. */
    getAudioContext(): AudioContext;
    /** Main domain only. */
    getEnvInfoSync(): EnvInfo;
    /** Main domain only, as all that follow. */
    getWindowInfo(): WindowInfo;
    getDeviceInfo(): DeviceInfo;
    getAppBaseInfo(): AppBaseInfo;
    getMenuButtonLayout(): MenuButton;
    getMenuButtonBoundingClientRect(): MenuButton;
    getAccountInfoSync(): { miniProgram: { appId: string; envVersion: 'develop'; version: string } };
    /** Taken; frames come as the browser draws them. */
    setPreferredFramesPerSecond(fps: number): void;
    /** Does nothing, as the next ones. */
    triggerGC(): void;
    reportAnalytics(eventName: string, data?: object): void;
    reportEvent(eventId: string, data?: object): void;
    /** null: a page has no package to load a font from. */
    loadFont(path: string): string | null;
    updateShareMenu(options?: object & Callbacks<{ errMsg: string }>): void;
    /** Main domain only. */
    readonly env: { USER_DATA_PATH: string };
    /** With compat wx, in the open data domain. */
    getFriendCloudStorage?: (
      options: { keyList: string[] } & Callbacks<{ errMsg: string; data: UserGameData[] }>,
    ) => void;
  }

  /** The main domain's side of the open data domain. */
  export interface OpenDataContext {
    /** The shared canvas. */
    readonly canvas: Canvas;
    /** Copies the message into the open data domain: no functions. There is no way back. */
    postMessage(message: unknown): void;
  }

  export interface Touch {
    /** The smallest number that is free when the finger comes down. */
    identifier: number;
    clientX: number;
    clientY: number;
    pageX: number;
    pageY: number;
  }

  export interface TouchEvent {
    /** All that are down after the event. */
    touches: Touch[];
    changedTouches: Touch[];
    timeStamp: number;
  }

  type OnTouch = (listener: (event: TouchEvent) => void) => void;
  type OffTouch = (listener?: (event: TouchEvent) => void) => void;

  /** How the game was opened: `tt-scene`, `tt-location` and `tt-launch-from` of the page's address, and the rest of it. */
  export interface LaunchOptions {
    scene: string;
    query: { [name: string]: string };
    location: string;
    launch_from: string;
  }

  export interface PageError {
    message: string;
    stack: string;
  }

  /** The new size of the window, in both forms that games read. */
  export interface WindowSize {
    windowWidth: number;
    windowHeight: number;
    size: { windowWidth: number; windowHeight: number };
  }

  type On<Event> = (listener: (event: Event) => void) => void;
  type Off<Event> = (listener?: (event: Event) => void) => void;
  export type Orientation = 'landscape' | 'portrait';

  /** `load` and `show` fail, always: there are no advertisements. */
  export interface Ad {
    load(): Promise<never>;
    show(): Promise<never>;
    hide(): void;
    destroy(): void;
    style: object;
    onLoad(listener: () => void): void;
    offLoad(listener?: () => void): void;
    onError(listener: (error: { errMsg: string }) => void): void;
    offError(listener?: (error: { errMsg: string }) => void): void;
    onClose(listener: (res: unknown) => void): void;
    offClose(listener?: (res: unknown) => void): void;
    onResize(listener: (res: unknown) => void): void;
    offResize(listener?: (res: unknown) => void): void;
  }

  type Plain = Callbacks<{ errMsg: string }>;

  export interface LoadSubpackageTask {
    onProgressUpdate(listener: (progress: {
      /** In percent. */
      progress: number;
      totalBytesWritten: number;
      totalBytesExpectedToWrite: number;
    }) => void): void;
  }

  export interface UpdateManager {
    /** Loads the page again. */
    applyUpdate(): void;
    /** There is never an update. */
    onCheckForUpdate(listener: (res: { hasUpdate: false }) => void): void;
    onUpdateReady(listener: () => void): void;
    onUpdateFailed(listener: (error?: any) => void): void;
  }

  type Write = (...parts: any[]) => void;

  /** What is written there goes nowhere. */
  export interface LogManager {
    debug: Write;
    info: Write;
    log: Write;
    warn: Write;
    error: Write;
  }

  export interface RealtimeLogManager extends LogManager {
    setFilterMsg(message: string): void;
    addFilterMsg(message: string): void;
  }

  /** Nothing is recorded: `start` ends in `onError`, clips fail. */
  export interface GameRecorderManager {
    start(options?: object): void;
    stop(): void;
    pause(): void;
    resume(): void;
    recordClip(options?: object & Plain): void;
    clipVideo(options?: object & Plain): void;
    onStart: On<any>;
    offStart: Off<any>;
    onStop: On<any>;
    offStop: Off<any>;
    onPause: On<any>;
    offPause: Off<any>;
    onResume: On<any>;
    offResume: Off<any>;
    onError: On<{ errMsg: string }>;
    offError: Off<{ errMsg: string }>;
    onInterruptionBegin: On<any>;
    offInterruptionBegin: Off<any>;
    onInterruptionEnd: On<any>;
    offInterruptionEnd: Off<any>;
  }

  /** Lies over the canvas until it is hidden or destroyed. `style` counts when it is shown. */
  export interface NativeButton {
    type: 'text' | 'image';
    text: string;
    image: string;
    style: { [name: string]: any };
    show(): void;
    hide(): void;
    destroy(): void;
    onTap(listener: (res: any) => void): void;
    offTap(listener?: (res: any) => void): void;
  }

  /** What tt has in a page, in both domains. */
  export interface ScreenTT extends TT {
    /** In the main domain the first is the screen: the page's own canvas if it has one. */
    createCanvas(): Canvas;
    createImage(): Image;
    requestAnimationFrame(callback: (time: number) => void): number;
    cancelAnimationFrame(id: number): void;

    onTouchStart: OnTouch;
    onTouchMove: OnTouch;
    onTouchEnd: OnTouch;
    onTouchCancel: OnTouch;
    offTouchStart: OffTouch;
    offTouchMove: OffTouch;
    offTouchEnd: OffTouch;
    offTouchCancel: OffTouch;
  }

  /** utf8 and utf-8, one byte a character, two bytes a character in little endian, and texts that stand for bytes. */
  export type FileEncoding =
    | 'utf8' | 'utf-8' | 'ascii' | 'latin1' | 'binary' | 'ucs2' | 'ucs-2' | 'utf16le' | 'utf-16le' | 'base64' | 'hex';

  /** Of a file or folder; times in seconds since 1970. */
  export interface Stats {
    mode: string;
    size: number;
    lastAccessedTime: number;
    lastModifiedTime: number;
    isDirectory(): boolean;
    isFile(): boolean;
  }

  /** One below a folder; `path` is relative to it. */
  export interface StatsItem {
    path: string;
    stat: Stats;
  }

  /** `createTime` in seconds since 1970, `size` in bytes. */
  export interface SavedFile {
    filePath: string;
    createTime: number;
    size: number;
  }

  /**
   * Paths without a prefix are the package's, which only access and readFile may touch; ttfile://user/… can be written,
   * ttfile://temp/… be read. Sync forms throw an Error with the fields of `Failure`.
   */
  export interface FileSystemManager {
    access(options: { path: string } & Plain): void;
    accessSync(path: string): void;
    /** Without an encoding `data` is an ArrayBuffer. */
    readFile(
      options: { filePath: string; encoding?: FileEncoding } & Callbacks<{ errMsg: string; data: string | ArrayBuffer }>,
    ): void;
    readFileSync(filePath: string): ArrayBuffer;
    readFileSync(filePath: string, encoding: FileEncoding): string;
    /** A list where `recursive` is true and the path a folder; `stat` and `stats` are the same. */
    stat(
      options: { path: string; recursive?: boolean }
        & Callbacks<{ errMsg: string; stat: Stats | StatsItem[]; stats: Stats | StatsItem[] }>,
    ): void;
    statSync(path: string): Stats;
    statSync(path: string, recursive: boolean): Stats | StatsItem[];
    readdir(options: { dirPath: string } & Callbacks<{ errMsg: string; files: string[] }>): void;
    readdirSync(dirPath: string): string[];
    /** `size` in bytes. */
    getFileInfo(options: { filePath: string } & Callbacks<{ errMsg: string; size: number }>): void;
    writeFile(options: { filePath: string; data: string | ArrayBuffer; encoding?: FileEncoding } & Plain): void;
    writeFileSync(filePath: string, data: string | ArrayBuffer, encoding?: FileEncoding): void;
    /** Makes a file that is not there. */
    appendFile(options: { filePath: string; data: string | ArrayBuffer; encoding?: FileEncoding } & Plain): void;
    appendFileSync(filePath: string, data: string | ArrayBuffer, encoding?: FileEncoding): void;
    mkdir(options: { dirPath: string; recursive?: boolean } & Plain): void;
    mkdirSync(dirPath: string, recursive?: boolean): void;
    rmdir(options: { dirPath: string; recursive?: boolean } & Plain): void;
    rmdirSync(dirPath: string, recursive?: boolean): void;
    unlink(options: { filePath: string } & Plain): void;
    unlinkSync(filePath: string): void;
    rename(options: { oldPath: string; newPath: string } & Plain): void;
    renameSync(oldPath: string, newPath: string): void;
    copyFile(options: { srcPath: string; destPath: string } & Plain): void;
    copyFileSync(srcPath: string, destPath: string): void;
    /** The temporary file is moved. */
    saveFile(options: { tempFilePath: string; filePath?: string } & Callbacks<{ errMsg: string; savedFilePath: string }>): void;
    saveFileSync(tempFilePath: string, filePath?: string): string;
    getSavedFileList(options?: Callbacks<{ errMsg: string; fileList: SavedFile[] }>): void;
    removeSavedFile(options: { filePath: string } & Plain): void;
  }

  /** What the main domain's tt has in a page. */
  export interface PageTT extends ScreenTT {
    getOpenDataContext(): OpenDataContext;
    /** The context's own, under the name that some games use. */
    postMessage(message: unknown): void;
    /** With the setting two_way_messages. */
    onMessage?: (listener: (message: any) => void) => void;
    offMessage?: (listener?: (message: any) => void) => void;

    getLaunchOptionsSync(): LaunchOptions;
    /** Called once after the start, and whenever the page comes back. */
    onShow(listener: (options: LaunchOptions) => void): void;
    offShow(listener?: (options: LaunchOptions) => void): void;
    onHide(listener: () => void): void;
    offHide(listener?: () => void): void;
    onError(listener: (error: PageError) => void): void;
    offError(listener?: (error: PageError) => void): void;

    /** Runs game.js of the folder, or the file that it names; where a package is played. */
    loadSubpackage(options: { name: string } & Plain): LoadSubpackageTask;

    /** Heard after tt.setDeviceOrientation. */
    onDeviceOrientationChange: On<{ value: Orientation }>;
    offDeviceOrientationChange: Off<{ value: Orientation }>;
    /** The page stays as it is; who listens hears of it. */
    setDeviceOrientation(options: { value: Orientation } & Plain): void;
    onWindowResize: On<WindowSize>;
    offWindowResize: Off<WindowSize>;
    onUnhandledRejection: On<{ reason: any; promise: Promise<any> }>;
    offUnhandledRejection: Off<{ reason: any; promise: Promise<any> }>;
    /** Accepted, as are the next ones: nothing interrupts the sound, moves the phone or fills its memory. */
    onAudioInterruptionBegin: On<void>;
    offAudioInterruptionBegin: Off<void>;
    onAudioInterruptionEnd: On<void>;
    offAudioInterruptionEnd: Off<void>;
    onMemoryWarning: On<{ level: number }>;
    offMemoryWarning: Off<{ level: number }>;
    onAccelerometerChange: On<{ x: number; y: number; z: number }>;
    offAccelerometerChange: Off<{ x: number; y: number; z: number }>;
    onGyroscopeChange: On<{ x: number; y: number; z: number; t: number; result: number }>;
    offGyroscopeChange: Off<{ x: number; y: number; z: number; t: number; result: number }>;
    /** Fails if it was started before. */
    startAccelerometer(options?: Plain): void;
    stopAccelerometer(options?: Plain): void;
    startGyroscope(options?: { interval?: number } & Plain): void;
    stopGyroscope(options?: Plain): void;

    /** A field over the page; what is typed comes to the three listeners. */
    showKeyboard(options?: {
      defaultValue?: string;
      maxLength?: number;
      multiple?: boolean;
      /** Whether it stays after a confirmation. */
      confirmHold?: boolean;
      confirmType?: 'done' | 'next' | 'search' | 'go' | 'send';
    } & Plain): void;
    /** No effect while there is none. */
    updateKeyboard(options: { value: string } & Plain): void;
    hideKeyboard(options?: Plain): void;
    onKeyboardInput: On<{ value: string }>;
    offKeyboardInput: Off<{ value: string }>;
    onKeyboardConfirm: On<{ value: string }>;
    offKeyboardConfirm: Off<{ value: string }>;
    /** It is gone. */
    onKeyboardComplete: On<{ value: string }>;
    offKeyboardComplete: Off<{ value: string }>;

    /** `icon` is success unless given, `duration` in ms, default 1500. A later toast or loading takes its place at once. */
    showToast(options: { title: string; icon?: 'success' | 'loading' | 'none' | 'fail'; duration?: number } & Plain): void;
    hideToast(options?: Plain): void;
    /** Stays until it is hidden. */
    showLoading(options: { title: string } & Plain): void;
    hideLoading(options?: Plain): void;
    /** title and content may not both be empty. */
    showModal(options: {
      title?: string;
      content?: string;
      showCancel?: boolean;
      cancelText?: string;
      confirmText?: string;
    } & Callbacks<{ errMsg: string; confirm: boolean; cancel: boolean }>): void;
    /** `tapIndex` counts from 0; a cancellation fails. */
    showActionSheet(options: { itemList: string[] } & Callbacks<{ errMsg: string; tapIndex: number }>): void;
    /** Asks the player, once a scope. */
    authorize(options: { scope: string } & Callbacks<{ errMsg: string; data: { [scope: string]: 'ok' } }>): void;
    getSetting(options?: Callbacks<{ errMsg: string; authSetting: { [scope: string]: boolean } }>): void;
    /** Asks the player. Fails unless somebody has just touched the page. */
    addShortcut(options?: Plain): void;
    checkShortcut(options?: Callbacks<{ errMsg: string; status: { exist: boolean; needUpdate: boolean } }>): void;
    /** In the page, not in the computer's clipboard. */
    setClipboardData(options: { data: string } & Plain): void;
    getClipboardData(options?: Callbacks<{ errMsg: string; data: string }>): void;
    /** Fails, as the next one: there is nobody to send, and nowhere to go. */
    requestSubscribeMessage(options?: object & Plain): void;
    navigateToMiniProgram(options?: object & Plain): void;
    /** A tap is told what tt.getUserInfo answers. */
    createUserInfoButton(options?: object): NativeButton;
    createOpenSettingButton(options?: object): NativeButton;
    createGameClubButton(options?: object): NativeButton;
    createFeedbackButton(options?: object): NativeButton;
    vibrateShort(options?: Plain): void;
    vibrateLong(options?: Plain): void;
    showShareMenu(options?: Plain): void;
    /** Never called: there is nowhere to share to. */
    onShareAppMessage(listener: (res: any) => unknown): void;
    offShareAppMessage(listener?: (res: any) => unknown): void;
    /** Never called, either. */
    onShareTimeline(listener: (res: any) => unknown): void;
    offShareTimeline(listener?: (res: any) => unknown): void;
    getUpdateManager(): UpdateManager;
    /** `now` is in microseconds. */
    getPerformance(): { now(): number };
    getLogManager(options?: object): LogManager;
    getRealtimeLogManager(): RealtimeLogManager;
    getGameRecorderManager(): GameRecorderManager;
    /** Fails. */
    shareAppMessage(options?: object & Plain): void;
    /** Answers that there is none. */
    checkScene(options?: { scene?: string } & Callbacks<{ errMsg: string; isExist: boolean }>): void;
    /** Fails. */
    navigateToScene(options?: { scene?: string } & Plain): void;
    createRewardedVideoAd(options?: object): Ad;
    createInterstitialAd(options?: object): Ad;
    createBannerAd(options?: object): Ad;
  }

  /** What it has in a package that `tt-emulator play` plays. */
  export interface PlayedTT extends PageTT {
    /** The same object at each call. */
    getFileSystemManager(): FileSystemManager;
  }

  /** What the open data domain's tt has in a page. */
  export interface OpenTT extends ScreenTT {
    /** The canvas that both domains share; also the global sharedCanvas. */
    getSharedCanvas(): Canvas;
    onMessage(listener: (message: any) => void): void;
    offMessage(listener?: (message: any) => void): void;
    /** Delivered with the setting two_way_messages alone. */
    postMessage(message: unknown): void;
  }

  /** What GET /tt/state answers. */
  export interface State {
    host?: { appName?: string; SDKVersion?: string; unsupported?: string[] };
    system?: Partial<Omit<SystemInfo, 'safeArea'>> & { safeArea?: Partial<SafeArea> };
    /** Whether the main domain has getUserCloudStorage. Default true. */
    own_data_in_main?: boolean;
    /** Whether the shared canvas refuses a size from the open data domain. */
    strict_canvas?: boolean;
    /** Whether the main domain has the global sharedCanvas. Default true. */
    shared_canvas_in_main?: boolean;
    /** Whether a new canvas is as large as the screen, and not 300 × 150. Default true. */
    screen_sized_canvas?: boolean;
    /** Whether the open data domain's messages reach the main domain. */
    two_way_messages?: boolean;
    network?: NetworkStatus;
    /** Whether a failure carries all that is documented. Default full. */
    fail_object?: 'full' | 'errMsg';
  }

  export interface Settings {
    /** Default: where the script came from; in Node TT_EMULATOR_URL, then http://127.0.0.1:8717. */
    url?: string;
    /** The player's openid. Default player-1. */
    player?: string;
    /** Default `default`. */
    world?: string;
    /** The token of a team, if the server asks games for one. Default: in Node TT_EMULATOR_TOKEN, unless `url` is given. */
    token?: string;
    /** Default main. */
    domain?: 'main' | 'open';
    /** In place of GET /tt/state, for Node, where that cannot be read synchronously. */
    state?: State;
    /** The directory of the open data domain. Default: openDataContext of the page's game.json. */
    openData?: string;
    /** wx: getFriendCloudStorage in the open data domain, for games that took it along from WeChat. */
    compat?: 'wx';
  }

  /** A `tt` of its own player. In a page also window.createTT. */
  export function createTT(settings?: Settings): TT;
  export const version: string;
}

// @ts-ignore: in a package of ES modules, where this is no module at all and tt.mjs is meant
export = ttEmulator;

/*
 * The types of tt.js: what tt-emulator emulates, and nothing else, so that a compiler finds a call
 * that would be undefined. In a project: /// <reference path="tt.d.ts" />
 */

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
  safeArea: { left: number; right: number; top: number; bottom: number; width: number; height: number };
  /** -1 if unknown. */
  deviceScore: number;
}

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
  /** `${API}.${method}.${param}.${option}`, without `tt.`. */
  canIUse(schema: string): boolean;
  getSystemInfoSync(): SystemInfo;
}

/** The main domain's side of the open data domain. */
export interface OpenDataContext {
  /** The shared canvas. */
  readonly canvas: HTMLCanvasElement;
  /** Copies the message into the open data domain: no functions. There is no way back. */
  postMessage(message: unknown): void;
}

/** What the main domain's tt has besides in a page. */
export interface PageTT extends TT {
  getOpenDataContext(): OpenDataContext;
  /** The context's own, under the name that some games use. */
  postMessage(message: unknown): void;
}

/** What GET /tt/state answers. */
export interface State {
  host?: { appName?: string; SDKVersion?: string; unsupported?: string[] };
  system?: Partial<SystemInfo>;
  /** Whether the main domain has getUserCloudStorage. Default true. */
  own_data_in_main?: boolean;
  /** Whether the shared canvas refuses a size from the open data domain. */
  strict_canvas?: boolean;
  /** Whether the open data domain's messages reach the main domain. */
  two_way_messages?: boolean;
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
  /** Default main. */
  domain?: 'main' | 'open';
  /** In place of GET /tt/state, for Node, where that cannot be read synchronously. */
  state?: State;
  /** The directory of the open data domain. Default: openDataContext of the page's game.json. */
  openData?: string;
}

/** A `tt` of its own player. In a page also window.createTT. */
export function createTT(settings?: Settings): TT;
export const version: string;

type CreateTT = typeof createTT;

declare global {
  const tt: PageTT;
  const createTT: CreateTT;
}

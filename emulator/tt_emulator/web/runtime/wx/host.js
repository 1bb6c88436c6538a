// Used where the state says nothing: the version is that of the family's newest member, the paths are the emulator's own.
export const DEFAULT_HOST = { appName: 'WeChat', SDKVersion: '3.16.2', unsupported: [] };
export const OWN_INNER_FIELDS = { data: ['avatarUrl', 'nickname', 'openid', 'KVDataList'], list: ['avatarUrl', 'nickname', 'openid'] }; // for canIUse
export const ENV = { USER_DATA_PATH: 'ttfile://user' };

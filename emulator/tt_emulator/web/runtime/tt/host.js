// Used where the state says nothing: the version is the emulator's own, only the fields are the platform's.
export const DEFAULT_HOST = { appName: 'Douyin', SDKVersion: '3.50.0', unsupported: [] };
export const OWN_INNER_FIELDS = { data: ['key', 'value'], microapp: ['mpVersion', 'envType', 'appId'], common: ['USER_DATA_PATH'] }; // for canIUse
export const ENV = { USER_DATA_PATH: 'ttfile://user' };

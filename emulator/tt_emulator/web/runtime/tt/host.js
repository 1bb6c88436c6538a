// Used where the state says nothing: the version is the emulator's own, only the fields are the platform's.
export const DEFAULT_HOST = { appName: 'Douyin', SDKVersion: '3.50.0', unsupported: [] };
export const ENV = { USER_DATA_PATH: 'ttfile://user' };

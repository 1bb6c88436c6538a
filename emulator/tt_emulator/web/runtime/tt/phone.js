// What of the phone is this platform's own.
import { friendStorage } from './friend-storage.js';
import { ENV } from './host.js';
import { showRanks } from './ranks.js';
import { MICROAPP } from '../phone-defaults.js';

/** Whether the domain has the API, in a world of that state. */
export const hasApi = (api, { domain }, state) => api !== 'getUserCloudStorage' || domain !== 'main' || state.own_data_in_main !== false;

/** Methods that answer at once, by their API. */
export const ownSynchronous = () => ({
  getEnvInfoSync: () => ({ microapp: { ...MICROAPP }, common: { ...ENV } }),
});

/** What a page draws on a call, once the emulator has said ok. */
export const drawings = (config, phone, log) => (config.domain === 'main' ? { getImRankList: (passed) => showRanks(config, passed, log) } : {});

/** What the main domain of a page hands to the other: nothing. */
export const ownHandover = () => ({});

/** Methods beside the catalog, made of those of the catalog. */
export const ownMethods = ({ compat, domain }, methods) => (compat === 'wx' && domain === 'open'
  ? { getFriendCloudStorage: friendStorage(methods.getCloudStorageByRelation) } : {});

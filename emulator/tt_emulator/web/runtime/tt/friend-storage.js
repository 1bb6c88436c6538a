import { method } from '../classes.js';
import { each, string } from '../language.js';
import { Map, String } from '../natives.js';
import { asObject, readCallbacks } from '../passed.js';

/** wx.getFriendCloudStorage, for games that took it along. */
export function friendStorage(getCloudStorageByRelation) {
  return (passed) => {
    const callbacks = readCallbacks(passed);
    const renamed = new Map(); // success and complete get the same object
    const rename = (reply) => {
      const errMsg = string.replace(String(reply.errMsg), 'getCloudStorageByRelation', 'getFriendCloudStorage');
      if (!method.map.has(renamed, reply)) method.map.set(renamed, reply, { ...reply, errMsg });
      return method.map.get(renamed, reply);
    };
    const heard = {};
    each(callbacks, (name, callback) => {
      if (typeof callback === 'function') heard[name] = (reply) => callback(rename(reply));
    });
    getCloudStorageByRelation({ ...asObject(passed), ...callbacks, ...heard, type: 'friend' });
  };
}

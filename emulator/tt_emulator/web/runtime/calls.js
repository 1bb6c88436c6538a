import { CATALOG } from '#platform/catalog.js';
import { conclude } from './callbacks.js';
import { array, intrinsic } from './language.js';
import { has, inPage, Promise } from './natives.js';
import { readOptions } from './options.js';
import { SENTENCES } from './sentences.js';

/** perform(api, options, send): asks the emulator by `send`, has the page do its part, then tells the game. */
export function createPerformer(finish, failed, log) {
  return async function perform(api, { callbacks, body, kept, unusable }, send) {
    let answer = { reply: failed(api, 'bad-parameter', unusable) };
    if (unusable) {
      log.say('warn', SENTENCES.noJson(api, unusable));
      await null; // never before the call has returned
    } else {
      const finished = finish(api, body, kept);
      answer = await intrinsic(finished(await intrinsic(send(api, body))));
    }
    conclude(api, callbacks, answer);
  };
}

/** Whether the call gives a promise: of an API that has one, and if none of the callbacks is given. */
const givesPromise = (api, { success, fail, complete }) => CATALOG[api].promise === 'without-callbacks'
  && !array.find([success, fail, complete], (callback) => typeof callback === 'function');

/** A promise of the success; it is rejected with what `fail` would get. */
function promised(begin) {
  const made = new Promise((resolve, reject) => begin({ success: resolve, fail: reject }));
  if (!inPage) forgive(made);
  return made;
}

/** A rejected promise that nobody holds would end a Node process, and with it the tests of the game. */
async function forgive(promise) {
  try {
    await intrinsic(promise);
  } catch (failure) { /* whoever holds it hears of it */ }
}

/**
 * (api) → its method. Of an API in `tasks` it gives at once what that makes, {task, kept}, and the page's part gets `kept`.
 */
export function createCaller(send, finish, tasks, failed, log) {
  const perform = createPerformer(finish, failed, log);
  return (api) => (passed) => {
    const read = readOptions(api, passed);
    if (givesPromise(api, read.callbacks)) return promised((callbacks) => perform(api, { ...read, callbacks }, send));
    if (!has(tasks, api)) {
      perform(api, read, send);
      return undefined;
    }
    const { task, kept } = tasks[api]();
    perform(api, { ...read, kept }, send);
    return task;
  };
}

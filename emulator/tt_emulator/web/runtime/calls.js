import { conclude } from './callbacks.js';
import { intrinsic } from './language.js';
import { has } from './natives.js';
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

/**
 * (api) → its method. Of an API in `tasks` it gives at once what that makes, {task, kept}, and the page's part gets `kept`.
 */
export function createCaller(send, finish, tasks, failed, log) {
  const perform = createPerformer(finish, failed, log);
  return (api) => (passed) => {
    const read = readOptions(api, passed);
    if (!has(tasks, api)) {
      perform(api, read, send);
      return undefined;
    }
    const { task, kept } = tasks[api]();
    perform(api, { ...read, kept }, send);
    return task;
  };
}

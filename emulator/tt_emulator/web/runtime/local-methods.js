import { deliver } from './callbacks.js';
import { intrinsic } from './language.js';
import { quietly } from './natives.js';
import { asObject, readCallbacks } from './passed.js';

/**
 * A method with callbacks that the emulator does not hear of: `result(options)` makes the rest of `<api>:ok`.
 * Without it the call fails, bare: which words the platform has for that is not known.
 */
export function localMethod(api, result) {
  return (passed) => {
    const callbacks = readCallbacks(passed);
    answerLocally(api, callbacks, quietly(() => ({ ...asObject(passed) }), {}), result);
  };
}

async function answerLocally(api, callbacks, options, result) {
  let reply = { errMsg: api + ':fail' };
  try {
    await null; // never before the call has returned
    if (result) reply = { errMsg: api + ':ok', ...(await intrinsic(result(options))) };
  } catch (error) { /* it fails */ }
  deliver(api, callbacks, reply);
}

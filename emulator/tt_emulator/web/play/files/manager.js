// tt.getFileSystemManager
import { asObject, readCallbacks } from '../../runtime/passed.js';
import { array, each, intrinsic, json } from '../../runtime/language.js';
import { object, quietly } from '../../runtime/natives.js';
import { createReads } from './reads.js';
import { Failure } from './failures.js';
import { nextTask } from './tasks.js';
import { LESSONS, planOf, withUpload, WITHOUT_SYNC, WRITES } from './writes.js';

/**
 * The one object. `parts` are what tt.js lends: {call, conclude, failed, hasRow, isStruck, raise}; `remote` and `listing` are those of
 * these modules.
 */
export function createManager({ call, conclude, failed, hasRow, isStruck, raise }, remote, listing) {
  const reads = createReads(listing, remote, hasRow);
  let last = null;
  const failureOfRead = (api, error) => (error instanceof Failure ? failed(api, error.row, error.places) : failed(api, 'internal-error'));
  const renew = () => listing.renew(remote.listing);

  /** Answered here, unless a fault is armed that might strike it: then the emulator has the first word. */
  async function read(api, given, callbacks, act) {
    const okay = { errMsg: api + ':ok' };
    await intrinsic(nextTask());
    const answer = isStruck(api) ? await intrinsic(call(api, json.stringify(given))) : { reply: okay };
    let { reply } = answer;
    if (answer.alone || reply.errMsg === okay.errMsg) {
      try {
        reply = { ...okay, ...(await intrinsic(act(api, given))) };
      } catch (error) {
        reply = failureOfRead(api, error);
      }
    }
    conclude(api, callbacks, { ...answer, reply });
  }
  const reading = (api, names, act) => (passed) => { read(api, taken(passed, names), readCallbacks(passed), act); };
  const readingAtOnce = (api, names, act) => (...values) => {
    try {
      return act(api, byName(names, values));
    } catch (error) {
      return raise(failureOfRead(api, error));
    }
  };

  function learn(api, plan, reply) {
    LESSONS[api](listing, plan.options, plan, reply);
    renew(); // for the times, and for what another page of this player has done
  }
  /** The call on its way, in the order in which the game asked, however long an upload takes: {answer}, a promise. */
  async function sent(api, plan, before) {
    await intrinsic(before);
    const name = plan.buffer === null ? null : await intrinsic(remote.upload(plan.buffer));
    return { answer: call(api, json.stringify(name === null ? plan.options : withUpload(plan.options, name))) };
  }
  async function write(api, plan, callbacks) {
    listing.beginWrite();
    last = sent(api, plan, last);
    const answer = await intrinsic((await intrinsic(last)).answer);
    listing.endWrite();
    if (answer.reply.errMsg === api + ':ok') learn(api, plan, answer.reply);
    else renew(); // a fault may have struck what was done all the same
    conclude(api, callbacks, answer);
  }
  const writing = (api) => (passed) => {
    const plan = planOf(api, taken(passed, WRITES[api]));
    const callbacks = readCallbacks(passed);
    write(api, plan, callbacks);
  };
  const writingAtOnce = (api) => (...values) => {
    const plan = planOf(api, byName(WRITES[api], values));
    const name = plan.buffer === null ? null : remote.uploadAtOnce(plan.buffer);
    const options = name === null ? plan.options : withUpload(plan.options, name);
    const reply = remote.callAtOnce(api + 'Sync', options) || failed(api + 'Sync', 'internal-error');
    if (reply.errMsg !== api + ':ok') raise(reply);
    learn(api, plan, reply);
    return reply.savedFilePath;
  };

  const list = (name, act) => (...given) => ({ [name]: act(...given) });
  const manager = {
    access: reading('access', ['path'], reads.access),
    accessSync: readingAtOnce('accessSync', ['path'], reads.access),
    stat: reading('stat', ['path', 'recursive'], (...given) => {
      const stats = reads.stat(...given);
      return { stat: stats, stats };
    }),
    statSync: readingAtOnce('statSync', ['path', 'recursive'], reads.stat),
    readdir: reading('readdir', ['dirPath'], list('files', reads.readdir)),
    readdirSync: readingAtOnce('readdirSync', ['dirPath'], reads.readdir),
    readFile: reading('readFile', ['filePath', 'encoding'], async (...given) => ({ data: await intrinsic(reads.data(...given)) })),
    readFileSync: readingAtOnce('readFileSync', ['filePath', 'encoding'], reads.dataAtOnce),
    getFileInfo: reading('getFileInfo', ['filePath'], reads.fileInfo),
    getSavedFileList: reading('getSavedFileList', [], list('fileList', reads.savedFiles)),
  };
  each(WRITES, (api) => {
    manager[api] = writing(api);
    if (!array.includes(WITHOUT_SYNC, api)) manager[api + 'Sync'] = writingAtOnce(api);
  });
  return manager;
}

/** The options of these names as they are now: the game may change the object afterwards. */
function taken(passed, names) {
  const given = asObject(passed);
  return byName(names, array.map(names, (name) => quietly(() => given[name])));
}

function byName(names, values) {
  const given = {};
  array.forEach(names, (name, index) => {
    const { [index]: value } = values;
    const isLeftOut = value === undefined || (name === 'encoding' && (value === '' || value === null)); // as Cocos Creator leaves it out
    if (!isLeftOut) given[name] = value;
  });
  return object.freeze(given);
}

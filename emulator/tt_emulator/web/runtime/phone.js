import { CLIENT_FAULTS, deliver } from './callbacks.js';
import { canIUse } from './can-i-use.js';
import { CATALOG } from './catalog.js';
import { method } from './classes.js';
import { createFinisher } from './finisher.js';
import { friendStorage } from './friend-storage.js';
import { array, each, intrinsic } from './language.js';
import { filledAtFirstTouch } from './lazy.js';
import { causeOfAbsence, madeOf, mainMembers, MEMBERS_EVERYWHERE, openMembers } from './members.js';
import { has, inPage, object, Set } from './natives.js';
import { networkMembers } from './network.js';
import { readOptions } from './options.js';
import { DEFAULT_HOST, DEFAULT_SYSTEM, ENV, MICROAPP } from './phone-defaults.js';
import { phoneInfo } from './phone-info.js';
import { showRanks } from './ranks.js';
import { failureOf } from './replies.js';
import { SENTENCES } from './sentences.js';
import { readState } from './state.js';
import { createStorage, storageMembers } from './storage.js';
import { createTransport } from './transport.js';

/**
 * {tt, sharedCanvas} of a player: what createTT gives, and what the main domain of a page has beside it.
 *
 * The state is read at the first touch: it says which methods there are, and how a failure looks
 * when nobody answers any more.
 */
export function createPhone(config, log, handover) {
  const others = new Set(); // methods that are not of the catalog
  let state = null;

  const offers = (api) => array.includes(CATALOG[api].domains, config.domain)
    && (api !== 'getUserCloudStorage' || config.domain !== 'main' || state.own_data_in_main !== false);
  const failed = (api, name, detail) => {
    const reply = failureOf(api, name, detail);
    return state.fail_object === 'errMsg' ? { errMsg: reply.errMsg } : reply;
  };
  const send = createTransport(config, log, failed);
  const storage = createStorage(config, log);

  function learn(told) {
    state = { ...told, host: { ...DEFAULT_HOST, ...told.host }, system: { ...DEFAULT_SYSTEM, ...told.system } };
  }

  /** Takes in a state that the emulator tells; → the network that it names, if it is another one. */
  function follow(told) {
    const before = state.network;
    learn({ ...told, ...config.state, network: told.network });
    const { networkType, isConnected } = told.network;
    const isSame = !before || (before.networkType === networkType && before.isConnected === isConnected);
    return isSame ? null : { networkType, isConnected };
  }

  const phone = {
    info: () => phoneInfo(state.host, state.system),
    canvasSize() {
      if (state.screen_sized_canvas === false) return null;
      const { windowWidth: width, windowHeight: height } = phone.info();
      return { width, height };
    },
  };

  const synchronous = {
    canIUse: (schema) => canIUse(schema, state.host, offers, (name) => method.set.has(others, name)),
    getSystemInfoSync: phone.info,
    getEnvInfoSync: () => ({ microapp: { ...MICROAPP }, common: { ...ENV } }),
    ...networkMembers(config, log, failed, follow),
    ...storageMembers(storage, failed, log),
  };

  // What the page adds once the emulator has said ok: the rest of the reply.
  const localActs = {
    setStorage: ({ key }, text, turn) => storage.set(key, text, turn),
    getStorage: ({ key }) => ({ data: storage.get(key) }),
    removeStorage: ({ key }, text, turn) => storage.remove(key, turn),
    clearStorage: (options, text, turn) => storage.clear(turn),
    getStorageInfo: () => storage.info(),
    getSystemInfo: () => phone.info(),
  };
  const drawing = inPage && config.domain === 'main' ? { getImRankList: (passed) => showRanks(config, passed, log) } : {};
  const finish = createFinisher({ ...localActs, ...drawing }, localActs, storage.takeTurn, failed, log);

  async function perform(api, { callbacks, body, kept, unusable }) {
    let answer = { reply: failed(api, 'bad-parameter', unusable) };
    if (unusable) {
      log.say('warn', SENTENCES.noJson(api, unusable));
      await null; // never before the call has returned
    } else {
      const finished = finish(api, body, kept);
      answer = await intrinsic(finished(await intrinsic(send(api, body))));
    }
    const { reply, word } = answer;
    const act = word && has(CLIENT_FAULTS, word) ? CLIENT_FAULTS[word] : deliver;
    act(api, callbacks, reply);
  }
  const asynchronous = (api) => (passed) => { perform(api, readOptions(api, passed)); };

  function fill(tt) {
    learn(readState(config, log));
    each(CATALOG, (name, { sync }) => {
      if (offers(name)) tt[name] = sync ? synchronous[name] : asynchronous(name);
    });
    const members = madeOf(MEMBERS_EVERYWHERE[config.domain], {});
    if (config.compat === 'wx' && config.domain === 'open') {
      members.getFriendCloudStorage = friendStorage(tt.getCloudStorageByRelation);
    }
    if (inPage && config.domain === 'main') object.assign(members, mainMembers(config, state, phone, log));
    if (handover) object.assign(members, openMembers(handover, phone, log));
    each(members, (name, member) => {
      tt[name] = member;
      if (typeof member === 'function') method.set.add(others, name);
    });
  }

  const { tt, touch } = filledAtFirstTouch(fill, (name) => log.absence(name, causeOfAbsence(name, config)));

  /** The global of the main domain: games and engines read it there, too. The domain behind it starts with it. */
  function sharedCanvas() {
    touch();
    return state.shared_canvas_in_main === false ? undefined : phone.openContext().canvas;
  }
  return { tt, sharedCanvas };
}

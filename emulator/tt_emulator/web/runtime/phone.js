import { createQuestions } from '#platform/asking.js';
import { MEMBERS_EVERYWHERE } from '#platform/members.js';
import { drawings, hasApi, ownHandover, ownMethods, ownSynchronous } from '#platform/phone.js';
import { conclude } from './callbacks.js';
import { createCaller } from './calls.js';
import { canIUse } from './can-i-use.js';
import { CATALOG } from '#platform/catalog.js';
import { method } from './classes.js';
import { createFinisher } from './finisher.js';
import { createFollowing } from './following.js';
import { soundMembers } from './inner-audio.js';
import { array, each } from './language.js';
import { filledAtFirstTouch } from './lazy.js';
import { causeOfAbsence, madeOf, mainMembers, openMembers } from './members.js';
import { has, inPage, object, Set } from './natives.js';
import { networkMembers } from './network.js';
import { pageActs } from './page-acts.js';
import { createPhoneEvents } from './phone-events.js';
import { phoneInfo, phoneMembers } from './phone-info.js';
import { createQueue } from './queue.js';
import { failureOf, raise } from './replies.js';
import { createConnectSocket } from './sockets.js';
import { createState } from './state.js';
import { createStorage, storageActs, storageMembers } from './storage.js';
import { speaker } from './speaker.js';
import { subpackageTask } from './subpackages.js';
import { tag } from './tag.js';
import { createTasks } from './tasks.js';
import { createTransport } from './transport.js';

/**
 * {platform, sharedCanvas} of a player: the platform's global, and what the main domain of a page has beside it.
 *
 * The state is read at the first touch: it says which methods there are, and how a failure looks
 * when nobody answers any more.
 */
export function createPhone(config, log, handover) {
  const others = new Set(); // methods that are not of the catalog
  const state = createState(config, log);
  const phone = deviceOf(state);
  phone.handover = handover;
  phone.asking = handover ? handover.asking : createQuestions(config, log);
  phone.queue = handover ? handover.queue : createQueue(); // of both domains: a message may come before what it tells of
  phone.handedOver = { asking: phone.asking, queue: phone.queue, ...ownHandover() };
  const catalog = catalogMethods(config, state, phone, (name) => method.set.has(others, name), log);

  phone.call = (api, options) => catalog.methodOf(api)(options);

  function fill(platform) {
    state.read();
    each(CATALOG, (name) => {
      if (catalog.offers(name)) platform[name] = catalog.methodOf(name);
    });
    const members = { ...madeOf(MEMBERS_EVERYWHERE[config.domain], {}), ...ownMethods(config, platform) };
    if (inPage && config.domain === 'main') object.assign(members, mainMembers(config, state.now, phone, log));
    if (tag.realm && config.domain === 'main') object.assign(members, tag.realm.platform(catalog.lent));
    if (handover) object.assign(members, openMembers(handover, phone, log));
    each(members, (name, member) => {
      if (!hasApi(name, config, state.now())) return;
      platform[name] = member;
      if (typeof member === 'function') method.set.add(others, name);
    });
  }

  if (tag.realm && config.domain === 'main') {
    tag.realm.connect({ mute: speaker.mute, emit: (name, value) => phone.events[name].emit(value) });
  }
  const { platform, touch } = filledAtFirstTouch(fill, (name) => log.absence(name, causeOfAbsence(name, config, state.now())));

  /** The global of the main domain: games and engines read it there, too. The domain behind it starts with it. */
  function sharedCanvas() {
    touch();
    return state.now().shared_canvas_in_main === false ? undefined : phone.openContext().canvas;
  }
  return { platform, sharedCanvas };
}

/** What the state says of the device, and the events that befall it; the main domain of a page adds `openContext`. */
function deviceOf(state) {
  const info = () => phoneInfo(state.now().host, state.now().system);
  return {
    info,
    events: createPhoneEvents(),
    canvasSize() {
      if (state.now().screen_sized_canvas === false) return null;
      const { windowWidth: width, windowHeight: height } = info();
      return { width, height };
    },
  };
}

/** The catalog's methods of a player: offers(name), and methodOf(name), which makes it. */
function catalogMethods(config, state, phone, isOther, log) {
  const acts = pageActs(phone);
  const offers = (api) => !CATALOG[api].memberOf && array.includes(CATALOG[api].domains, config.domain)
    && (CATALOG[api].sync ? has(synchronous, api) : inPage || !has(acts, api))
    && hasApi(api, config, state.now());
  const failed = (api, name, detail) => {
    const reply = failureOf(api, name, detail);
    return state.now().fail_object === 'errMsg' ? { errMsg: reply.errMsg } : reply;
  };
  const following = createFollowing(config, log, state);
  const { send, ask } = createTransport(config, log, failed, phone, following.answered);
  const storage = createStorage(config, log);

  const synchronous = {
    canIUse: (schema) => canIUse(schema, state.now().host, (api) => offers(api) || isOther(api), isOther),
    getSystemInfoSync: phone.info,
    ...ownSynchronous(failed),
    ...soundMembers(log),
    ...phoneMembers(phone.info),
    ...networkMembers(following, failed),
    ...storageMembers(storage, failed, log),
  };
  const localActs = { ...storageActs(storage), ...acts, getSystemInfo: () => phone.info() };
  const drawing = inPage ? drawings(config, phone, log) : {};
  const finish = createFinisher({ ...localActs, ...drawing }, localActs, storage.takeTurn, failed, log);
  const asynchronous = createCaller(send, finish, { loadSubpackage: subpackageTask }, failed, log);
  const tasks = createTasks(ask, failed, log);
  const connectSocket = createConnectSocket(ask, failed, following, log);
  function methodOf(api) {
    if (api === 'connectSocket') return connectSocket;
    const { sync, leaves } = CATALOG[api];
    return sync ? synchronous[api] : (leaves ? tasks : asynchronous)(api);
  }

  /** What the page that plays a package makes members of. */
  const lent = {
    headers: config.headers,
    call: send,
    conclude,
    failed,
    raise,
    hasRow: (api, row) => has(CATALOG[api].errors, row),
    begin(hear) {
      following.hear(hear);
      following.want('faults');
    },
    isStruck: (api) => !following.isCurrent() || array.includes(state.now().armed || [], api),
  };
  return { offers, lent, methodOf };
}

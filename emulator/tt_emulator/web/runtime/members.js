// What a page's global has beside the catalog.
import { CATALOG } from '#platform/catalog.js';
import { MEMBERS, MEMBERS_EVERYWHERE, membersBySetting, ownCauseOf } from '#platform/members.js';
import { openCanvas, refusalOfSize } from '#platform/shared-canvas.js';
import { ownRealm } from './browser.js';
import { otherThan } from './domains.js';
import { canvasOf } from './elements.js';
import { array, each } from './language.js';
import { lifeCycleMembers } from './life-cycle.js';
import { managerMembers } from './managers.js';
import { has, inPage } from './natives.js';
import { buttonMembers } from './native-buttons.js';
import { createContext, withFixedSize } from './open-data-context.js';
import { PAGE_ACTS } from './page-acts.js';
import { eventMembers, hearWindow } from './phone-events.js';
import { canvasMaker, catchTouches } from './screen.js';
import { createSignal } from './signals.js';
import { createTouches, touchMembers } from './touches.js';

/** Whether the page's global of that domain has, in some world, the name. */
const isMember = (name, domain) => has(MEMBERS[domain], name) || has(MEMBERS_EVERYWHERE[domain], name)
  || (has(CATALOG, name) && !CATALOG[name].memberOf && array.includes(CATALOG[name].domains, domain));

const isOfPages = (name) => has(MEMBERS.main, name) || has(MEMBERS.open, name) || has(PAGE_ACTS, name);

/** Why the global does not have that name in a world of that state, as ABSENCES has it. */
export function causeOfAbsence(name, config, state) {
  const { domain } = config;
  const own = ownCauseOf(name, config, state);
  if (own !== null) return own;
  if (!inPage && (!has(CATALOG, name) || isOfPages(name))) return causeOutsidePages(name, domain);
  return isMember(name, otherThan(domain)) && !isMember(name, domain) ? 'elsewhere' : 'unknown';
}

/** Where there is one domain alone, the main one, unless its maker wants the other. */
function causeOutsidePages(name, domain) {
  if (domain === 'open' && isMember(name, 'main') && !isMember(name, 'open')) {
    return has(MEMBERS_EVERYWHERE.main, name) ? 'elsewhere' : 'elsewhereInPages';
  }
  return isOfPages(name) ? 'pages' : 'unknown';
}

/** The members of `table`, made. */
export function madeOf(table, parts) {
  const members = {};
  each(table, (name, make) => { members[name] = make(parts); });
  return members;
}

/** All that the global has in the main domain of a page beside the catalog; `told` tells the state. */
export function mainMembers(config, told, phone, log) {
  const state = told();
  const touches = createTouches(catchTouches);
  const parts = {
    log,
    createCanvas: canvasMaker(phone, log),
    phone,
    touches: touchMembers(touches, ownRealm, log),
    context: createContext(config, state, phone, touches, log),
    events: eventMembers(phone.events),
    life: lifeCycleMembers(told),
    managers: managerMembers(),
    buttons: buttonMembers(phone.call),
    sharing: createSignal(() => {}),
    timeline: createSignal(() => {}),
  };
  hearWindow(phone.events, phone.info);
  phone.openContext = parts.context.get;
  return madeOf({ ...MEMBERS.main, ...membersBySetting(state) }, parts);
}

/** The same in the open data domain, of what the main one has handed over. */
export function openMembers(handover, phone, log) {
  const refuseSize = refusalOfSize(handover, log);
  const canvas = openCanvas(handover.canvas, log);
  const shared = refuseSize === null ? canvas : withFixedSize(canvas, refuseSize);
  return madeOf(MEMBERS.open, { ...handover, shared, log, createCanvas: () => openCanvas(canvasOf(phone.canvasSize()), log) });
}

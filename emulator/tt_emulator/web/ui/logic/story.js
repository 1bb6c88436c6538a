/** A story: the calls of a world and what testers did between them, as one file. */

const NEWEST = 1;
const KINDS = ['player', 'forget-player', 'world', 'faults'];

/** A text that is no story: `why` it is none, and the values of the sentence that says so. */
export class NoStory extends Error {
  constructor(why, ...values) {
    super(why);
    Object.assign(this, { why, values });
  }
}

/** The bundle that the text of a file is. Throws `NoStory`. */
export function readStory(text) {
  const bundle = parsed(text);
  if (!isObject(bundle) || !Number.isInteger(bundle.bundle)) throw new NoStory('noBundle');
  if (bundle.bundle > NEWEST) throw new NoStory('newer', bundle.bundle, String(bundle.version ?? '?'), NEWEST);
  if (!Array.isArray(bundle.deeds) || !isObject(bundle.world)) throw new NoStory('noBundle');
  const wrong = bundle.deeds.findIndex((deed) => !isDeed(deed));
  if (wrong >= 0) throw new NoStory('badDeed', wrong + 1);
  return bundle;
}

function parsed(text) {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new NoStory('noJson');
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTime = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isTook = (value) => value === null || Number.isFinite(value);

function isDeed(deed) {
  if (!isObject(deed) || !Number.isFinite(deed.offset_ms)) return false;
  if (deed.kind === 'tester') return isTime(deed.at) && isObject(deed.did) && KINDS.includes(deed.did.kind);
  const { id, api, player, options, reply, received_at: received, duration_ms: took } = deed;
  return (
    deed.kind === 'call' &&
    Number.isInteger(id) &&
    typeof api === 'string' &&
    typeof player === 'string' &&
    isObject(options) &&
    (reply === null || isObject(reply)) &&
    isTime(received) &&
    isTook(took)
  );
}

/** When the story began, Unix time in milliseconds: deeds tell their moment from there. */
function beginOf({ deeds: [first] }) {
  return first ? Date.parse(first.kind === 'call' ? first.received_at : first.at) - first.offset_ms : 0;
}

/** The calls as the journal shows them, each with `at_ms`, when it came to a part of a millisecond. */
export function callsOf(bundle) {
  const begin = beginOf(bundle);
  return bundle.deeds
    .filter(({ kind }) => kind === 'call')
    .map((deed) => ({
      ...deed,
      reason: deed.reason ?? '',
      fault: deed.fault ?? null,
      answered_at: deed.duration_ms === null ? null : answered(deed),
      at_ms: begin + deed.offset_ms,
    }));
}

const answered = ({ received_at: received, duration_ms: took }) => new Date(Date.parse(received) + took).toISOString();

/**
 * What testers did: {key, at_ms, kind, subject, changed, armed, did}. `changed` names what of a player or of the
 * settings is another than before, `armed` are the faults.
 */
export function actsOf(bundle) {
  const begin = beginOf(bundle);
  let settings = bundle.world.settings ?? {};
  return bundle.deeds
    .filter(({ kind }) => kind === 'tester')
    .map(({ offset_ms: offset, at, did }) => {
      const act = {
        key: `${at} ${JSON.stringify(did)}`,
        at_ms: begin + offset,
        kind: did.kind,
        subject: did.openid ?? '',
        changed: changedBy(did, settings),
        armed: armedBy(did),
        did,
      };
      if (did.kind === 'world') settings = { ...settings, ...did.fields };
      return act;
    });
}

function changedBy({ kind, put, remove, profile, fields, taken_off: off }, settings) {
  if (kind === 'player') return [...Object.keys(profile ?? {}), ...Object.keys(put ?? {}), ...(remove ?? [])];
  if (kind === 'world')
    return Object.keys(fields ?? {}).filter((name) => JSON.stringify(fields[name]) !== JSON.stringify(settings[name]));
  return off ?? [];
}

const armedBy = ({ armed }) => (armed ?? []).map(faultOf);
const faultOf = ({ id, spec }) => ({ ...spec, id });

/** Every fault that the story knows, by id. */
export function faultsOf(bundle) {
  const armed = bundle.deeds.flatMap(({ did }) => did?.armed ?? []);
  return new Map([...(bundle.faults ?? []), ...armed].map((fault) => [fault.id, faultOf(fault)]));
}

/** How many of the last calls a field asks for: `null` for all, `undefined` for what is no number of calls. */
export function lastOf(text) {
  const asked = text.trim();
  if (!asked) return null;
  return /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : undefined;
}

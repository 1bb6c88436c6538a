// The replies that tt.js gives by itself.
import { CATALOG } from '#platform/catalog.js';
import { ROWS } from '#platform/rows.js';
import { method } from './classes.js';
import { array, json, string } from './language.js';
import { Error, has, Object, object, quietly } from './natives.js';

/** By which its texts begin: the Sync form of a method speaks as the other does. */
function shortNameOf(api) {
  const { memberOf } = Object(CATALOG[api]);
  return memberOf && string.endsWith(api, 'Sync') ? string.slice(api, 0, -4) : api;
}

/** What its messages begin with, before `ok` and `fail`. */
export const openingOf = (api) => Object(CATALOG[api]).prefix || shortNameOf(api) + ':';

/** Whether the call succeeded; a reply that a tester wrote may say more behind its ok. */
export function isSuccess(api, { errMsg }) {
  const begins = (ok) => string.startsWith(errMsg, ok) && method.regexp.exec(/^\w/, string.slice(errMsg, ok.length)) === null;
  return begins(openingOf(api) + 'ok') || begins(api + ':ok');
}

// Of a failure without a code.
const BARE = ['errMsg', 'none'];

/**
 * The API's row `name`, else its internal error; an API that documents neither fails bare.
 * `detail` is the message of a row that allows one in place of its own, or what stands in the places of its own: {path, …}.
 */
export function failureOf(api, name, detail) {
  const { errors, failure: family } = CATALOG[api];
  const row = errors[name] || errors[ROWS[name]] || errors['internal-error'] || {};
  const field = row.codeField || family;
  const message = row.detail && detail !== undefined ? messageWith(row.message, shortNameOf(api), detail) : row.message;
  const reply = { errMsg: row.literal || (row.prefix || openingOf(api)) + (message ? 'fail ' + message : 'fail') };
  if (!array.includes(BARE, field) && row.code !== undefined) reply[field] = row.code;
  object.assign(reply, row.also);
  if (family === 'errorCode' && row.type !== undefined) reply.errorType = row.type;
  return reply;
}

/** The text, or with what stands in its places, as `$apiName $filePath` are. */
function messageWith(message, apiName, detail) {
  if (typeof detail === 'string') return detail;
  const places = { apiName, ...detail };
  return array.reduce(string.split(message, '$'), (text, part) => {
    const { 0: name } = method.regexp.exec(/^\w+/, part);
    const value = has(places, name) ? places[name] : places.path || '$' + name;
    return text + value + string.slice(part, name.length);
  });
}

/** Synchronous APIs throw what the others would fail with. */
export function raise(reply) {
  throw object.assign(new Error(reply.errMsg), reply);
}

/** The reply in a body of status 200, or null if it is none of this API's. */
export function parseReply(api, body) {
  const reply = quietly(() => json.parse(body));
  const { errMsg } = Object(reply);
  if (typeof errMsg !== 'string') return null;
  const isFailure = ({ prefix = openingOf(api), literal }) => errMsg === literal || string.startsWith(errMsg, prefix + 'fail');
  const isOurs = isSuccess(api, reply) || isFailure({}) || isFailure({ prefix: api + ':' }) || array.find(object.values(CATALOG[api].errors), isFailure);
  return isOurs ? reply : null;
}

/** A rule of the page's own part that a call broke: the row, and its text where there is one. */
export class Refusal extends Error {
  constructor(row, detail) {
    super(row);
    this.row = row;
    this.detail = detail;
  }
}

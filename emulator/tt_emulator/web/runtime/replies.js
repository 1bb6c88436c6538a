// The replies that tt.js gives by itself.
import { CATALOG } from './catalog.js';
import { json, string } from './language.js';
import { Error, Object, object, quietly } from './natives.js';

/** What its messages begin with, before `ok` and `fail`. */
export const openingOf = (api) => Object(CATALOG[api]).prefix || api + ':';

/**
 * The API's row `name`, else its internal error; an API that documents neither fails bare.
 * `detail` is the message of a row that allows one in place of its own.
 */
export function failureOf(api, name, detail) {
  const { errors, failure: family } = CATALOG[api]; // errorCode, errNo, or errMsg: no code at all
  const row = errors[name] || errors['internal-error'] || {};
  const message = row.detail && detail !== undefined ? detail : row.message;
  const reply = { errMsg: openingOf(api) + (message ? 'fail ' + message : 'fail') };
  if (family !== 'errMsg' && row.code !== undefined) reply[family] = row.code;
  if (family === 'errorCode' && row.type !== undefined) reply.errorType = row.type;
  return reply;
}

/** Synchronous APIs throw what the others would fail with. */
export function raise(reply) {
  throw object.assign(new Error(reply.errMsg), reply);
}

/** The reply in a body of status 200, or null if it is none of this API's. */
export function parseReply(api, body) {
  const reply = quietly(() => json.parse(body));
  const { errMsg } = Object(reply);
  const isOurs = typeof errMsg === 'string' && (errMsg === openingOf(api) + 'ok' || string.startsWith(errMsg, openingOf(api) + 'fail'));
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

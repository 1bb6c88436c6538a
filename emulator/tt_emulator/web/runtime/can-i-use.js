import { CATALOG } from '#platform/catalog.js';
import { OWN_INNER_FIELDS } from '#platform/host.js';
import { array, string } from './language.js';
import { has, Number, object } from './natives.js';

// The fields of those options and results that are objects themselves, for canIUse's fourth part.
const PAIR = ['key', 'value'];
const SIDES = ['left', 'right', 'top', 'bottom', 'width', 'height'];
const INNER_FIELDS = {
  KVDataList: PAIR, safeArea: SIDES, miniProgram: ['appId', 'envVersion', 'version'], ...OWN_INNER_FIELDS,
};

function isNewer(version, than) {
  const parts = array.map([version, than], (text) => array.map(string.split(text, '.'), Number));
  const differing = array.find([0, 1, 2], (part) => parts[0][part] !== parts[1][part]);
  return differing !== undefined && parts[0][differing] > parts[1][differing];
}

/** `${API}.${method}.${param}.${option}`, method one of return, success, object, callback. */
export function canIUse(schema, host, offers, isOther) {
  const parts = typeof schema === 'string' ? string.split(schema, '.') : [''];
  const { 0: api, 1: way, 2: param, 3: option } = parts;
  if (!has(CATALOG, api)) return way === undefined && isOther(api); // of those only the name is known
  if (parts.length > 4 || !offers(api) || array.includes(host.unsupported, api)) return false;
  const { since, sync, params, success } = CATALOG[api];
  if (isNewer(since, host.SDKVersion)) return false;
  if (way === undefined) return true;
  const known = sync ? { return: success } : { success, object: array.concat(object.keys(params), ['success']) };
  if (!has(known, way)) return false; // no emulated API takes a bare callback
  if (param === undefined) return true;
  if (!array.includes(known[way], param)) return false;
  return option === undefined || (has(INNER_FIELDS, param) && array.includes(INNER_FIELDS[param], option));
}

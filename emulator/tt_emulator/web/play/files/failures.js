// Why a call fails, and how it is said to the game.
import { Error } from '../../runtime/natives.js';

/** A row of the API's, and what stands in the places of its text: {path}, or {paramName, paramType}. */
export class Failure extends Error {
  constructor(row, places = {}) {
    super(row);
    this.row = row;
    this.places = places;
  }
}

/** The text of an option that must be one. `hasRow(row)` tells which rows the API has; it throws a Failure. */
export function textOption(hasRow, given, name) {
  const value = given[name];
  if (typeof value === 'string') return value;
  const row = value === undefined ? 'parameter-required' : 'parameter-type';
  throw new Failure(hasRow(row) ? row : 'bad-parameter', { paramName: name, paramType: 'string' });
}

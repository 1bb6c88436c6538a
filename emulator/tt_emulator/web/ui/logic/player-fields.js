/**
 * What can be set of a player, as the platform tells it: fields {pointer, title, kind, states}, of which each state
 * {value, title, fails} has the names of the errors by which calls fail for a player in it.
 */

const namesOf = (pointer) => pointer.split('/').slice(1);

/** What the player has there, null for nothing. */
export const valueAt = (player, pointer) => namesOf(pointer).reduce((place, name) => place?.[name], player) ?? null;

/** What sets it. */
export const patchOf = (pointer, value) => namesOf(pointer).reduceRight((inner, name) => ({ [name]: inner }), value);

/** An id of a control of it. */
export const idOf = ({ pointer }) => namesOf(pointer).join('-').replace(/[^\w-]/g, '-');

/** The fields that can make calls fail, by the names that a player has at the top. */
export const failing = (fields) => [
  ...new Set(fields.filter(({ states }) => states.some(({ fails }) => fails.length)).map(({ pointer }) => namesOf(pointer)[0])),
];

/** Whether a state of players is a reason for the error of that name. */
export const isByState = (fields, name) => fields.some(({ states }) => states.some(({ fails }) => fails.includes(name)));

/** By which states of the player calls fail with the error of that name: {field, state}. */
export const reasonsIn = (fields, name, player) =>
  fields.flatMap((field) =>
    field.states
      .filter(({ value, fails }) => fails.includes(name) && valueAt(player, field.pointer) === value)
      .map((state) => ({ field, state })),
  );

const NAMED = ['/session', '/network', '/account']; // whose states have names of their own, see causes.js

/** The other states by which calls fail, but for a field's first, as the server counts them: {name, field, state}. */
export const otherStates = (fields) =>
  fields
    .filter(({ pointer }) => !NAMED.includes(pointer))
    .flatMap((field) =>
      field.states
        .slice(1)
        .filter(({ fails }) => fails.length)
        .map((state) => ({ name: `${field.pointer.slice(1)}=${state.value}`, field, state })),
    );

/** The errors of a player without a network that are about nothing else. */
export const offlineErrors = (fields) =>
  fields
    .filter(({ pointer }) => pointer === '/network')
    .flatMap(({ states }) => states.flatMap(({ fails }) => fails))
    .filter((name) => name !== 'internal-error');

'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load, noting } = require('./runtime.js');

let worlds = 0;
/** The storage of a player in a world of its own: the memory is one for the process. */
async function storageOf({ world = `w${worlds += 1}`, player = 'p', domain = 'main' } = {}) {
  const { createStorage } = await load('storage');
  return createStorage({ headers: { 'X-Emulator-World': world, 'X-Emulator-Player': player, 'X-Emulator-Domain': domain } }, noting());
}

const rowOf = (act) => {
  try {
    return act() || 'ok';
  } catch (refusal) {
    return refusal.row;
  }
};

test('a value comes back as it was kept, whatever its type', async () => {
  const storage = await storageOf();
  for (const value of ['', 'text', '"{', 0, false, null, { a: [1] }, []]) {
    storage.set('key', JSON.stringify(value));
    assert.deepEqual(storage.get('key'), value);
  }
  storage.set('key', undefined);
  assert.equal(storage.get('key'), undefined);
  assert.equal(storage.get('never set'), '');
});

test('a player, a world and a domain have each their own', async () => {
  const own = { world: 'w', player: 'p', domain: 'main' };
  (await storageOf(own)).set('key', '"mine"');
  for (const other of [{ world: 'v' }, { player: 'q' }, { domain: 'open' }]) {
    const storage = await storageOf({ ...own, ...other });
    assert.deepEqual([storage.get('key'), storage.info().keys], ['', []]);
    storage.clear();
  }
  assert.equal((await storageOf(own)).get('key'), 'mine');
});

test('what was asked for later stays, whichever is done first', async () => {
  const storage = await storageOf();
  const [first, second, third, fourth] = [1, 2, 3, 4].map(() => storage.takeTurn());
  storage.set('key', '"second"', second);
  storage.set('key', '"first"', first);
  storage.remove('key', first);
  assert.equal(storage.get('key'), 'second');
  storage.set('other', '"fourth"', fourth);
  storage.clear(third);
  storage.set('key', '"second"', second);
  assert.deepEqual([storage.get('key'), storage.get('other')], ['', 'fourth']);
});

test('keys and sizes are judged before anything is kept', async () => {
  const storage = await storageOf();
  const text = (bytes) => JSON.stringify('a'.repeat(bytes));
  assert.equal(rowOf(() => storage.set('', '1')), 'bad-parameter');
  assert.equal(rowOf(() => storage.set(1, '1')), 'bad-parameter');
  assert.equal(rowOf(() => storage.set('key', text(1048577))), 'item-too-large');
  for (let at = 0; at < 10; at += 1) storage.set(`k${at}`, text(1048576));
  assert.equal(rowOf(() => storage.set('one more', '1')), 'storage-full');
  assert.equal(rowOf(() => storage.set('k0', text(1048576))), 'ok');
  assert.deepEqual([storage.info().keys.length, storage.info().currentSize, storage.info().limitSize], [10, 10240, 10240]);
});

test('what is no rule of the storage is an internal error, told by its own reason', async () => {
  const { refusing } = await load('storage');
  const log = noting();
  assert.equal(rowOf(() => refusing('setStorage', log, () => { throw new Error('why'); })), 'internal-error');
  assert.deepEqual(log.said, [['error', 'tt.setStorage failed in the page itself, by no fault and no limit: why']]);
});

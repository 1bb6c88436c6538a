'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createCloudSave, readScore } = require('../../emulator/tt_emulator/web/demo/cloud-save.js');
const { saidOf, strikes, isJust } = require('../../emulator/tt_emulator/web/demo/armed.js');
const tower = require('../../emulator/tt_emulator/web/demo/tower.js');

/** A tt of one key: what it holds, what it was asked, and which APIs fail. */
function fakeTT(stored = []) {
  const asked = [];
  const failing = new Set();
  const answer = (api, more = () => ({})) => (options) => {
    asked.push(api);
    if (failing.has(api)) options.fail({ errMsg: `${api}:fail` });
    else options.success({ errMsg: `${api}:ok`, ...more(options) });
  };
  return {
    asked,
    failing,
    stored,
    checkSession: answer('checkSession'),
    login: answer('login'),
    getUserCloudStorage: answer('getUserCloudStorage', () => ({ KVDataList: stored })),
    setUserCloudStorage: answer('setUserCloudStorage', ({ KVDataList }) => { stored.splice(0, 1, KVDataList[0]); }),
  };
}

const outcome = (run) => new Promise((resolve) => { run((...args) => resolve(args)); });

test('a start logs in only when the session does not hold', async () => {
  const tt = fakeTT();
  assert.deepEqual(await outcome(createCloudSave(tt, 'k').open), [null, 0]);
  assert.deepEqual(tt.asked, ['checkSession', 'getUserCloudStorage']);
  tt.failing.add('checkSession');
  await outcome(createCloudSave(tt, 'k').open);
  assert.deepEqual(tt.asked.slice(2), ['checkSession', 'login', 'getUserCloudStorage']);
  tt.failing.add('login');
  assert.deepEqual(await outcome(createCloudSave(tt, 'k').open), [{ errMsg: 'login:fail' }]);
});

test('a score that is no better is not written', async () => {
  const tt = fakeTT();
  const cloud = createCloudSave(tt, 'k');
  await outcome((done) => cloud.submit(5, done));
  tt.asked.length = 0;
  assert.deepEqual(await outcome((done) => cloud.submit(5, done)), [null, 5]);
  assert.deepEqual(tt.asked, ['getUserCloudStorage']);
});

test('if the cloud cannot be read, it is not overwritten', async () => {
  const tt = fakeTT();
  tt.failing.add('getUserCloudStorage');
  const cloud = createCloudSave(tt, 'k');
  assert.deepEqual(await outcome((done) => cloud.submit(5, done)), [{ errMsg: 'getUserCloudStorage:fail' }]);
  assert.deepEqual(tt.asked, ['getUserCloudStorage']);
});

test('a stored value that is no score counts as none', () => {
  for (const value of ['', 'x', '{}', '{"ttgame":{}}', 'null']) assert.equal(readScore([{ key: 'k', value }], 'k'), 0);
  assert.equal(readScore([], 'k'), 0);
  assert.equal(readScore([{ key: 'k', value: '{"ttgame":{"score":9}}' }], 'k'), 9);
});

test('a block dropped on its spot is perfect and keeps its width', () => {
  const game = tower.newTower();
  game.moving.left = game.blocks[0].left + 1;
  assert.deepEqual(tower.drop(game), { kind: 'perfect', piece: null });
  assert.deepEqual(game.blocks[1], game.blocks[0]);
  assert.equal(game.score, 1);
});

for (const [side, shift, laidLeft, pieceLeft] of [['left', -10, 28, 18], ['right', 10, 38, 72]]) {
  test(`what hangs over on the ${side} is cut off`, () => {
    const game = tower.newTower();
    game.moving.left = game.blocks[0].left + shift;
    assert.deepEqual(tower.drop(game), { kind: 'cut', piece: { left: pieceLeft, width: 10 } });
    assert.deepEqual(game.blocks[1], { left: laidLeft, width: 34 });
    assert.equal(game.moving.width, 34);
  });
}

test('a block beside the tower ends the game', () => {
  const game = tower.newTower();
  game.blocks[0] = { left: 80, width: 10 };
  assert.equal(tower.drop(game).kind, 'miss');
  assert.deepEqual([game.over, game.score], [true, 0]);
});

test('the sliding block stays on the stage and turns at its edges', () => {
  const game = tower.newTower();
  const seen = [];
  for (let frame = 0; frame < 600; frame += 1) {
    tower.advance(game, 1 / 60);
    seen.push(game.moving.left);
  }
  assert.equal(Math.min(...seen), 0);
  assert.equal(Math.max(...seen), tower.STAGE - game.moving.width);
});

// ---- what is armed -----------------------------------------------------------------------------

const ACCOUNT = {
  id: 'f1', armed_at: '2026-01-01T00:00:00Z', expires_at: null, matched: 1, hits: 1, remaining: null, completed: false, near_miss: null,
};
const UNSAID = {
  api: null, player: null, key: null, domain: null, times: null, ttl_s: null, label: null,
  skip: 0, probability: 1, moment: 'before', delay_ms: 0,
};
const armed = (said) => ({ ...ACCOUNT, ...UNSAID, ...said });
const ROW = { name: 'network-unavailable', code: 999985 };
const HERE = { api: 'setUserCloudStorage', player: 'me' };

for (const said of [
  { wire: 'hang' }, { client: 'twice', key: 'a*' }, { sequence: ['ok', 999985], player: 'bob' }, { delay_ms: 300, times: 1 },
  { error: 999985, probability: 0, skip: 2, moment: 'after' },
]) {
  test(`what is said of a fault is what was armed: ${JSON.stringify(said)}`, () => {
    assert.deepEqual(saidOf(armed(said)), said);
  });
}

for (const [said, strikesHere, isTheSwitchs] of [
  [{ error: 'network-unavailable', api: 'setUserCloudStorage' }, true, true],
  [{ error: 999985, api: ['setUserCloudStorage'] }, true, true],
  [{ error: 999985 }, true, false],
  [{ error: 999985, player: 'me', label: 'mine' }, true, false],
  [{ error: 999985, api: ['setUserCloudStorage', 'login'] }, true, false],
  [{ error: 999985, player: 'bob' }, false, false],
  [{ error: 999985, api: 'setUserCloudStorage', times: 1 }, false, false],
  [{ error: 999985, delay_ms: 5 }, false, false],
  [{ error: 'internal-error', api: 'setUserCloudStorage' }, false, false],
  [{ wire: 'hang' }, false, false],
]) {
  test(`a switch for ${JSON.stringify(said)}: lit ${strikesHere}, alone ${isTheSwitchs}`, () => {
    assert.deepEqual([strikes(armed(said), ROW, HERE), isJust(armed(said), ROW, HERE.api)], [strikesHere, isTheSwitchs]);
  });
}

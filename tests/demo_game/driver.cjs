/*
 * Plays the demo game: one JSON line in, one out.
 *   {"url", "world", "player", "verb", "args"}  →  {"failure", "score", "shown"}
 * The verbs are those of cloud-save.js, and `start` and `round` of the whole game, whose label is `shown`.
 */
'use strict';

const readline = require('node:readline');
const { createCloudSave } = require('../../emulator/tt_emulator/web/demo/cloud-save.js');
const tower = require('../../emulator/tt_emulator/web/demo/tower.js');
const { createTT } = require('../../emulator/tt_emulator/web/tt.js');

console.info = console.warn = () => {}; // stdout is for answers

globalThis.window = { tower, scene: {}, createCloudSave };
require('../../emulator/tt_emulator/web/demo/game.js');
const canvas = { getContext: () => null }; // nothing is drawn here

/** The whole game of one player, without its pictures. */
class Whole extends window.Game {
  start(done) {
    this.done = done;
    this.cloud.open((failure, score) => this.heard(failure, score));
  }

  /** Lays so many blocks exactly, and the next one beside the tower. */
  round(blocks, done) {
    this.done = done;
    this.begin();
    for (let laid = 0; laid < blocks; laid += 1) this.dropAt(28);
    this.dropAt(-100);
  }

  dropAt(left) {
    this.tower.moving.left = left;
    this.tap();
  }

  heard(failure, score) {
    super.heard(failure, score);
    this.done(failure, this.best, `${this.saved.state} ${this.saved.text}`.trim());
  }
}

function newGame(place) {
  const tt = createTT(place);
  const whole = new Whole(tt, canvas);
  return {
    ...createCloudSave(tt, 'stack_best'),
    start: (done) => whole.start(done),
    round: (blocks, done) => whole.round(blocks, done),
  };
}

const games = new Map();

function gameOf({ url, world, player }) {
  const name = JSON.stringify([url, world, player]);
  if (!games.has(name)) games.set(name, newGame({ url, world, player }));
  return games.get(name);
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const move = JSON.parse(line);
  gameOf(move)[move.verb](...move.args, (failure, score = null, shown = null) => {
    process.stdout.write(`${JSON.stringify({ failure, score, shown })}\n`);
  });
});

/*
 * Plays the demo game's saves: one JSON line in, one out.
 *   {"url", "world", "player", "verb", "args"}  →  {"failure", "score"}
 */
'use strict';

const readline = require('node:readline');
const { createCloudSave } = require('../../emulator/web/demo/cloud-save.js');
const { createTT } = require('../../emulator/web/tt.js');

console.info = console.warn = () => {}; // stdout is for answers
const games = new Map();

function gameOf({ url, world, player }) {
  const name = JSON.stringify([url, world, player]);
  if (!games.has(name)) games.set(name, createCloudSave(createTT({ url, world, player }), 'score'));
  return games.get(name);
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const wanted = JSON.parse(line);
  gameOf(wanted)[wanted.verb](...wanted.args, (failure, score = null) => {
    process.stdout.write(`${JSON.stringify({ failure, score })}\n`);
  });
});

'use strict';

const assert = require('node:assert/strict');
const { beforeEach, test } = require('node:test');
const { load } = require('./runtime.js');

/* The clock and the timers that the modules find when they load: `clock.goOn(seconds)` turns it. */
const clock = { now_ms: 0, timers: [] };
Object.defineProperty(globalThis, 'performance', { value: { now: () => clock.now_ms } });
globalThis.setTimeout = (act, in_ms) => {
  const timer = { act, at_ms: clock.now_ms + in_ms };
  clock.timers.push(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => { clock.timers = clock.timers.filter((other) => other !== timer); };
globalThis.AudioBuffer = class AudioBuffer {
  get duration() { return 2; }
};
clock.goOn = (by_s) => {
  const until_ms = clock.now_ms + by_s * 1000;
  for (;;) {
    const [next] = clock.timers.filter(({ at_ms }) => at_ms <= until_ms).sort((a, b) => a.at_ms - b.at_ms);
    if (!next) break;
    clearTimeout(next);
    clock.now_ms = next.at_ms;
    next.act();
  }
  clock.now_ms = until_ms;
};

beforeEach(() => { clock.timers = []; });

/** A playback with what it tells in `heard`, TimeUpdate left out, and what plays in `speaking`: from where. */
async function playing(buffer = new AudioBuffer()) {
  const { createPlayback } = await load('playback');
  const heard = [];
  const speaking = [];
  const speaker = { start: (sound) => speaking.push(sound.position()), stop: () => speaking.pop(), change() {} };
  const ticks = [];
  const playback = createPlayback(speaker, (event) => (event === 'TimeUpdate' ? ticks : heard).push(event));
  if (buffer) playback.load(buffer);
  heard.length = 0;
  return { playback, heard, speaking, ticks };
}

test('it plays to its end, and from the beginning again', async () => {
  const { playback, heard, speaking, ticks } = await playing();
  playback.play(0);
  clock.goOn(0.5);
  assert.deepEqual([playback.position(), playback.isPaused(), ticks.length, speaking], [0.5, false, 2, [0]]);
  clock.goOn(9);
  assert.deepEqual([playback.position(), playback.isPaused(), heard, speaking], [2, true, ['Play', 'Ended'], []]);
  playback.play(0);
  assert.deepEqual([playback.position(), speaking], [0, [0]]);
});

test('after a pause it goes on, after a stop it begins', async () => {
  const { playback, heard, speaking } = await playing();
  playback.play(0.25);
  clock.goOn(1);
  playback.pause();
  clock.goOn(5);
  assert.deepEqual([playback.position(), playback.isPaused(), speaking], [1.25, true, []]);
  playback.play(0.25);
  assert.deepEqual(speaking, [1.25]);
  playback.stop();
  assert.deepEqual([playback.position(), playback.isPaused(), speaking], [0, true, []]);
  playback.play(0.25);
  assert.deepEqual(speaking, [0.25]);
  assert.deepEqual(heard, ['Play', 'Pause', 'Play', 'Stop', 'Play']);
});

test('what is paused can be stopped, what is stopped cannot be paused', async () => {
  const { playback, heard } = await playing();
  for (const act of ['pause', 'stop']) playback[act]();
  assert.deepEqual(heard, []);
  playback.play(0);
  for (const act of ['pause', 'pause', 'stop', 'stop', 'pause']) playback[act]();
  assert.deepEqual(heard, ['Play', 'Pause', 'Stop']);
});

test('to play what plays changes nothing', async () => {
  const { playback, heard, speaking } = await playing();
  playback.play(0);
  clock.goOn(1);
  playback.play(0);
  assert.deepEqual([playback.position(), heard, speaking], [1, ['Play'], [0]]);
});

test('in a loop it never ends, and out of it at the end of the round', async () => {
  const { playback, heard } = await playing();
  playback.loop = true;
  playback.play(0);
  clock.goOn(7);
  assert.deepEqual([Math.round(playback.position() * 1000), heard], [1000, ['Play']]);
  playback.loop = false;
  clock.goOn(0.999);
  assert.deepEqual(heard, ['Play']);
  clock.goOn(0.01);
  assert.deepEqual(heard, ['Play', 'Ended']);
});

for (const [wanted, place] of [[1.5, 1.5], [99, 2], [0, 0]]) {
  test(`a seek to ${wanted} leads to ${place}, while it plays, is paused or is stopped`, async () => {
    const { playback, heard, speaking } = await playing();
    playback.seek(wanted);
    assert.equal(playback.position(), place);
    playback.play(1);
    assert.deepEqual(speaking, [place]);
    playback.seek(wanted);
    assert.deepEqual([playback.position(), speaking], [place, [place]]);
    playback.pause();
    playback.seek(wanted);
    assert.deepEqual([playback.position(), speaking], [place, []]);
    assert.deepEqual(heard, ['Seeking', 'Seeked', 'Play', 'Seeking', 'Seeked', 'Pause', 'Seeking', 'Seeked']);
  });
}

test('what is to play before it is loaded plays then, unless it was stopped', async () => {
  const { playback, heard, speaking } = await playing(null);
  playback.play(1);
  assert.deepEqual([playback.isPaused(), playback.position(), playback.duration(), speaking], [false, 0, 0, []]);
  playback.load(new AudioBuffer());
  assert.deepEqual([heard, speaking], [['Waiting', 'Canplay', 'Play'], [1]]);
  for (const act of ['pause', 'stop', 'unload']) {
    const other = await playing(null);
    other.playback.play(0);
    other.playback[act]();
    other.playback.load(new AudioBuffer());
    assert.deepEqual([other.heard.includes('Play'), other.playback.isPaused()], [false, true], act);
  }
});

test('what is unloaded is silent, and no timer goes on', async () => {
  const { playback, heard, speaking } = await playing();
  playback.play(0);
  playback.unload();
  clock.goOn(9);
  assert.deepEqual([heard, speaking, clock.timers, playback.duration()], [['Play'], [], [], 0]);
});

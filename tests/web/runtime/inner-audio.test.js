'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { setImmediate: turn } = require('node:timers/promises');

/* What a browser has of sounds, as far as loading goes: a sound's bytes are its length in seconds. */
class AudioBuffer {
  constructor(bytes) { Object.assign(this, { length_s: bytes[0] }); }

  get duration() { return this.length_s; }
}
class AudioContext {
  async decodeAudioData(bytes) {
    if (bytes.length === 0) throw Object.assign(new Error('no format'), { name: 'EncodingError' });
    if (bytes[0] === 255) throw new RangeError('no memory');
    return new AudioBuffer(bytes);
  }
}
Object.assign(globalThis, { AudioBuffer, AudioContext, OfflineAudioContext: class extends AudioContext {} });
const served = {};
const asked = [];
globalThis.fetch = async (address) => {
  asked.push(address);
  if (!(address in served)) return { ok: false, status: 404 };
  if (served[address] instanceof Error) throw served[address];
  return { ok: true, arrayBuffer: async () => served[address] };
};
const { load, noting } = require('./runtime.js');

/** An InnerAudioContext with its events in `heard`, what Error told in `errors`. */
async function created(base = 'http://game.test/') {
  const { createInnerAudio } = await load('inner-audio');
  const { createTracks } = await load('tracks');
  const log = noting();
  const tracks = createTracks((src) => new URL(src, base));
  const another = () => {
    const audio = createInnerAudio(tracks, log);
    const heard = [];
    const errors = [];
    for (const name of ['Canplay', 'Play', 'Pause', 'Stop', 'Waiting', 'Seeking', 'Seeked']) audio[`on${name}`](() => heard.push(name));
    audio.onError((error) => { heard.push('Error'); errors.push(error); });
    return { audio, heard, errors };
  };
  return { ...another(), another, log };
}

test('it begins as documented', async () => {
  const { audio } = await created();
  const { src, startTime, autoplay, loop, obeyMuteSwitch, volume, duration, currentTime, paused, buffered } = audio;
  assert.deepEqual({ src, startTime, autoplay, loop, obeyMuteSwitch, volume, duration, currentTime, paused, buffered }, {
    src: '', startTime: 0, autoplay: false, loop: false, obeyMuteSwitch: true, volume: 1, duration: 0, currentTime: 0, paused: true, buffered: 0,
  });
});

test('what cannot be written stays as it is, and nothing throws', async () => {
  const { audio } = await created();
  Object.assign(audio, { duration: 9, currentTime: 9, paused: false, buffered: 9 });
  assert.deepEqual([audio.duration, audio.currentTime, audio.paused, audio.buffered], [0, 0, true, 0]);
});

for (const [given, kept] of [[0.5, 0.5], [0, 0], [1, 1], [2, 1], [-1, 0], [NaN, 0.75], ['loud', 0.75], [undefined, 0.75]]) {
  test(`a volume of ${String(given)} is ${kept}`, async () => {
    const { audio } = await created();
    audio.volume = 0.75;
    audio.volume = given;
    assert.equal(audio.volume, kept);
  });
}

test('it loads by itself, and each event comes after the call', async () => {
  served['http://game.test/a.mp3'] = [3];
  const { audio, heard } = await created();
  audio.src = 'a.mp3';
  assert.deepEqual([heard, audio.duration], [[], 0]);
  await turn();
  assert.deepEqual([heard, audio.duration, audio.buffered, audio.paused], [['Canplay'], 3, 3, true]);
  audio.play();
  audio.stop();
  audio.seek(1.123456789);
  assert.deepEqual([heard, audio.currentTime], [['Canplay'], 1.123457]);
  await turn();
  assert.deepEqual(heard, ['Canplay', 'Play', 'Stop', 'Seeking', 'Seeked']);
});

test('with autoplay it plays once it is there', async () => {
  served['http://game.test/a.mp3'] = [3];
  const { audio, heard } = await created();
  Object.assign(audio, { src: 'a.mp3', autoplay: true });
  await turn();
  assert.deepEqual([heard, audio.paused], [['Canplay', 'Play'], false]);
  audio.destroy();
});

test('without a source nothing plays, and a place that is none is not sought', async () => {
  served['http://game.test/a.mp3'] = [3];
  const { audio, heard } = await created();
  for (const act of ['play', 'pause', 'stop', 'seek', 'destroy']) audio[act]();
  const { audio: other, heard: heardOfOther } = await created();
  other.src = 'a.mp3';
  for (const place of [NaN, undefined, 'end', -1, {}]) other.seek(place);
  await turn();
  assert.deepEqual([audio.paused, heard, heardOfOther], [true, [], ['Canplay']]);
});

test('the last source counts', async () => {
  served['http://game.test/a.mp3'] = [3];
  served['http://game.test/b.mp3'] = [4];
  const { audio, heard } = await created();
  audio.src = 'a.mp3';
  audio.play();
  audio.src = 'none.mp3';
  audio.src = 'b.mp3';
  await turn();
  assert.deepEqual([audio.duration, audio.paused, heard], [4, true, ['Waiting', 'Canplay']]);
  audio.src = '';
  assert.deepEqual([audio.duration, audio.src], [0, '']);
});

const FAILURES = {
  10002: [404, new TypeError('Failed to fetch')],
  10004: [[]],
  '-1': [[255]],
};
for (const [code, causes] of Object.entries(FAILURES)) {
  for (const cause of causes) {
    test(`onError hears ${code} of ${JSON.stringify(cause)} ${cause}, and is told again when it plays again`, async () => {
      if (cause !== 404) served['http://game.test/bad.mp3'] = cause;
      const { audio, heard, errors, log } = await created();
      audio.src = 'bad.mp3';
      await turn();
      assert.deepEqual(errors.map(({ errCode }) => errCode), [Number(code)]);
      assert.match(errors[0].errMsg, /\S/);
      assert.match(log.said[0][1], new RegExp(`bad\\.mp3 .*\\(errCode ${code}\\)`));
      served['http://game.test/bad.mp3'] = [3];
      audio.play();
      await turn();
      assert.deepEqual(heard, ['Error', 'Waiting', 'Canplay', 'Play']);
      audio.destroy();
      delete served['http://game.test/bad.mp3'];
    });
  }
}

for (const src of ['ttfile://user/a.mp3', 'file:///a.mp3', 'http://:1:2/', 'wxfile://a']) {
  test(`${src} is no file that there is`, async () => {
    const { audio, errors } = await created();
    audio.src = src;
    await turn();
    assert.deepEqual(errors, [{ errCode: 10003, errMsg: '文件错误' }]);
  });
}

test('a sound is loaded once for all that hold it, and again once nobody does', async () => {
  served['http://game.test/once.mp3'] = [3];
  const { audio, another } = await created();
  const other = another().audio;
  const times = () => asked.filter((address) => address.endsWith('/once.mp3')).length;
  audio.src = 'once.mp3';
  other.src = './once.mp3';
  await turn();
  audio.destroy();
  assert.deepEqual([times(), other.duration], [1, 3]);
  other.destroy();
  another().audio.src = 'once.mp3';
  assert.equal(times(), 2);
});

test('what is destroyed says nothing more and cannot be used', async () => {
  served['http://game.test/a.mp3'] = [3];
  const { audio, heard } = await created();
  audio.src = 'a.mp3';
  await turn();
  audio.play();
  audio.destroy();
  audio.destroy();
  audio.onPlay(() => heard.push('again'));
  audio.src = 'a.mp3';
  for (const act of ['play', 'seek', 'pause', 'stop']) audio[act](1);
  await turn();
  assert.deepEqual([heard, audio.paused, audio.duration], [['Canplay'], true, 0]);
});

test('a listener is taken off by itself, or all are', async () => {
  served['http://game.test/a.mp3'] = [3];
  const { audio } = await created();
  const heard = [];
  const listeners = ['one', 'two', 'three'].map((name) => () => heard.push(name));
  listeners.forEach(audio.onSeeked);
  audio.src = 'a.mp3';
  audio.offSeeked(listeners[1]);
  audio.seek(1);
  await turn();
  audio.offSeeked();
  audio.seek(1);
  await turn();
  assert.deepEqual(heard, ['one', 'three']);
});

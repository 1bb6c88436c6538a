// Sounds, loaded and decoded.
import { fetch } from './browser.js';
import { getter, lenient, method } from './classes.js';
import { reasonOf } from './console.js';
import { intrinsic, matches } from './language.js';
import { Error, inPage, Map, Object, OfflineAudioContext, quietly, URL } from './natives.js';
import { mappedUrl } from './mapped.js';
import { SENTENCES } from './sentences.js';
import { tag } from './tag.js';

// What onError hears, as the platform's page has it.
const FAILURES = {
  system: { errCode: 10001, errMsg: '系统错误' },
  network: { errCode: 10002, errMsg: '网络错误' },
  file: { errCode: 10003, errMsg: '文件错误' },
  format: { errCode: 10004, errMsg: '格式错误' },
  unknown: { errCode: -1, errMsg: '未知错误' },
};
const DECODING_HZ = 48000;

/** Why a sound cannot be played; its message is for the console. */
class SoundFailure extends Error {
  constructor(kind, reason) {
    super(reason);
    this.kind = kind;
  }
}

/** What onError hears of it. */
export const failureOfSound = (error) => ({ ...FAILURES[error instanceof SoundFailure ? error.kind : 'unknown'] });

/** Where the sound that a game names `src` is read from: beside the page, or where its host is answered for. Throws where that is no address. */
export function addressOfSound(src) {
  const base = inPage ? getter.element.baseURI(getter.document.documentElement(document)) : undefined;
  return new URL(mappedUrl(src, base), base);
}

async function fetched(address) {
  let response;
  try {
    response = await intrinsic(fetch(address, { __proto__: null }));
    if (lenient.response.ok(response)) return await intrinsic(lenient.response.arrayBuffer(response));
  } catch (error) {
    throw new SoundFailure('network', SENTENCES.soundNotRead(reasonOf(error)));
  }
  throw new SoundFailure('network', 'HTTP ' + lenient.response.status(response));
}

async function decode(bytes) {
  try {
    return await intrinsic(method.audio.decodeAudioData(new OfflineAudioContext(1, 1, DECODING_HZ), bytes));
  } catch (error) {
    const isFormat = quietly(() => lenient.exception.name(Object(error)), '') === 'EncodingError';
    throw new SoundFailure(isFormat ? 'format' : 'unknown', reasonOf(error));
  }
}

async function decodedFrom(url, src) {
  if (!OfflineAudioContext) throw new SoundFailure('system', SENTENCES.noSoundHere());
  const address = (tag.realm && tag.realm.fileAddress && (await intrinsic(tag.realm.fileAddress(src)))) || url;
  if (address === null || !matches(/^(https?|data|blob):/, address)) throw new SoundFailure('file', SENTENCES.noSoundFile());
  return await intrinsic(decode(await intrinsic(fetched(address)))); // a promise that is returned is asked for its `then`
}

/** Sounds by their address, each loaded once for all who hold it, and forgotten when nobody does. */
export function createTracks(addressOf) {
  const tracks = new Map();
  return {
    /** → {buffer: a promise of the decoded sound, release()} */
    hold(src) {
      const address = quietly(() => getter.url.href(addressOf(src)), null);
      const track = method.map.get(tracks, address) || { holders: 0, buffer: decodedFrom(address, src) };
      track.holders += 1;
      method.map.set(tracks, address, track);
      let isHeld = true;
      return {
        buffer: track.buffer,
        release() {
          if (!isHeld) return;
          isHeld = false;
          track.holders -= 1;
          if (track.holders === 0) method.map.delete(tracks, address);
        },
      };
    },
  };
}

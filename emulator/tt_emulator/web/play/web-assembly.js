/*
 * TTWebAssembly and WXWebAssembly: WebAssembly of files of the package, told by their path.
 * https://developer.open-douyin.com/docs/resource/zh-CN/mini-game/develop/framework/basic-function/web-assembly
 * https://developers.weixin.qq.com/minigame/dev/reference/api/WXWebAssembly.html
 */
import { fetch } from '../runtime/browser.js';
import { lenient } from '../runtime/classes.js';
import { array, define, intrinsic, matches, string } from '../runtime/language.js';
import { encodeURIComponent, Error, has, here, quietly, String, TypeError } from '../runtime/natives.js';
import { plain } from './modules.js';
import { TEXTS } from './sentences.js';

const { compile: compileBytes, instantiate: instantiateModule, Module, Instance, Memory, Table, Global, CompileError, LinkError } = here.WebAssembly;

/** Where the emulator serves a file as the browser can compile it: what is .wasm.br is unpacked on the way. */
const ADDRESS = '/__play/wasm/';
const IS_WASM = /\.wasm(\.br)?$/;

/** By the platform's name, what it is called and has beside `instantiate`; the sister platform's page tells of no `compile`. */
const KINDS = {
  tt: { name: 'TTWebAssembly', parts: { Module, Instance, Memory, Table, Global }, compiles: true },
  wx: { name: 'WXWebAssembly', parts: { Instance, Memory, Table, Global }, compiles: false },
};

/** Says of an error of the browser's which file it is about. What the game's own functions threw stays as it is. */
function about(call, path, error) {
  const isOfImports = error instanceof TypeError && matches(/^WebAssembly\./, String(quietly(() => error.message, '')));
  const isOwn = error instanceof CompileError || error instanceof LinkError || isOfImports;
  return isOwn ? define(error, 'message', { value: TEXTS.badWasm(call, path, error.message), writable: true, configurable: true }) : error;
}

async function bytesOf(call, path, files) {
  const place = matches(IS_WASM, path) ? plain(path) : null;
  if (place === null || !has(files, place)) throw new Error(TEXTS.noWasm(call, path));
  const address = ADDRESS + array.join(array.map(string.split(place, '/'), (part) => encodeURIComponent(part)), '/');
  let bytes = null;
  try {
    const response = await intrinsic(fetch(address));
    if (lenient.response.status(response) === 200) bytes = await intrinsic(lenient.response.arrayBuffer(response));
  } catch (error) {
    // told below: a browser does not say what of a file it could not unpack
  }
  if (bytes === null) throw new Error(TEXTS.unreadableWasm(call, path));
  return bytes;
}

/** {TTWebAssembly}, {WXWebAssembly} or both, for the platform's `names`. `files` are the sizes of the package's own. */
export function webAssemblyMembers(names, files) {
  async function moduleOf(call, path) {
    const bytes = await intrinsic(bytesOf(call, path, files));
    try {
      return await intrinsic(compileBytes(bytes));
    } catch (error) {
      throw about(call, path, error);
    }
  }
  async function instanceOf(call, path, imports) {
    const module = await intrinsic(moduleOf(call, path));
    try {
      return { module, instance: await intrinsic(instantiateModule(module, imports)) };
    } catch (error) {
      throw about(call, path, error);
    }
  }
  const refuse = async (call) => { throw new TypeError(TEXTS.wasmPath(call)); };
  const members = {};
  array.forEach(names, (platform) => {
    const { name, parts, compiles } = KINDS[platform];
    members[name] = {
      ...parts,
      instantiate(path, imports) {
        if (typeof path === 'string') return instanceOf(name + '.instantiate', path, imports);
        if (platform === 'wx') throw new TypeError('WebAssembly.instantiate: first argument must be a string'); // so seen there
        return refuse(name + '.instantiate');
      },
    };
    if (!compiles) return;
    members[name].compile = (path) => (typeof path === 'string' ? moduleOf(name + '.compile', path) : refuse(name + '.compile'));
  });
  return members;
}

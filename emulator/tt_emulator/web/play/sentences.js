// What a developer reads in the console of a played package.
import { localized } from '../runtime/locale.js';

export const PLAY_TEXTS = {
  noModule: {
    en: (name, from) => `Cannot find module '${name}', which ${from} requires.`,
    zh: (name, from) => `找不到模块 '${name}'，${from} 需要它。`,
  },
  notScript: {
    en: (path) => `${path} cannot be required: a module ends in .js or .json.`,
    zh: (path) => `无法 require ${path}：模块的文件名以 .js 或 .json 结尾。`,
  },
  noSubpackage: {
    en: (name) => `game.json has no subpackage '${name}'.`,
    zh: (name) => `game.json 中没有分包 '${name}'。`,
  },
  noPlugin: {
    en: (name) => `The plugin '${name}' is not there. Say where a copy of it lies: tt-emulator play --plugin ${name}=DIR`,
    zh: (name) => `没有插件 '${name}'。请指明它的副本在哪里：tt-emulator play --plugin ${name}=DIR`,
  },
  notLoaded: {
    en: (path) => `The emulator did not send ${path}. Is it still running?`,
    zh: (path) => `模拟器没有发送 ${path}。它还在运行吗？`,
  },
  noWasm: {
    en: (call, path) => `${call}: there is no .wasm or .wasm.br file '${path}' in the package.`,
    zh: (call, path) => `${call}：包中没有 .wasm 或 .wasm.br 文件 '${path}'。`,
  },
  unreadableWasm: {
    en: (call, path) => `${call}: '${path}' could not be read or unpacked.`,
    zh: (call, path) => `${call}：无法读取或解压 '${path}'。`,
  },
  badWasm: {
    en: (call, path, reason) => `${call}: '${path}': ${reason}`,
    zh: (call, path, reason) => `${call}：'${path}'：${reason}`,
  },
  wasmPath: {
    en: (call) => `${call}: the first argument must be the path of a file in the package; bytes are not taken.`,
    zh: (call) => `${call}：第一个参数必须是包中文件的路径，不接受字节数据。`,
  },
  called: {
    en: (name, place) => `${name} was called and is not emulated (${place}).`,
    zh: (name, place) => `调用了 ${name}，它没有模拟（${place}）。`,
  },
  refusedHost: {
    en: (host) => `Nothing is asked of ${host}: no packet leaves this machine. Answer for it with tt-emulator play --map ${host}=DIR`,
    zh: (host) => `不会向 ${host} 请求任何内容：没有数据会离开这台机器。可用 tt-emulator play --map ${host}=DIR 代为应答`,
  },
};
export const TEXTS = localized(PLAY_TEXTS);

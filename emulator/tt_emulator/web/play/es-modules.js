/*
 * ES modules as CommonJS, as the platform's own tools make them: by TypeScript, in a worker, so that the page goes on.
 * Before the game's code begins.
 */
import { linesOf } from './source-map.js';

// What looks like one in a string or a comment is compiled for nothing, and means the same afterwards.
const IS_MODULE = /^\s*(?:import\b\s*[\w${*"'(.]|export\b\s*(?:[{*]|(?:default|const|let|var|function|class|async)\b))|\bimport\s*\(|\bimport\s*\.\s*meta\b/m;

export const isModule = (text) => IS_MODULE.test(text);

/** A promise of `modules`, [{path, code}], with {code, lines} of each that is an ES module, `lines` as linesOf has them. */
export async function compiled(modules, workerUrl) {
  const wanted = modules.filter(({ code }) => isModule(code));
  if (wanted.length === 0) return modules;
  const found = new Map();
  const worker = new Worker(workerUrl);
  try {
    await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data: { path, code, mappings } }) => {
        found.set(path, { path, code, lines: linesOf(mappings) });
        if (found.size === wanted.length) resolve();
      };
      wanted.forEach((module) => worker.postMessage(module));
    });
  } finally {
    worker.terminate();
  }
  return modules.map((module) => found.get(module.path) || module);
}

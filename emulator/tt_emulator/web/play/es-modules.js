/*
 * ES modules as CommonJS, as the platform's own tools make them: by TypeScript, in a worker, so that the page goes on.
 * Before the game's code begins.
 */
import { keep, recalled } from './compiled-before.js';
import { linesOf } from './source-map.js';

// What looks like one in a string or a comment is compiled for nothing, and means the same afterwards. A minified file has its
// statements on one line, or behind its licence.
const IS_MODULE = /(?:^|[;}]|\*\/)\s*(?:import\b\s*[\w${*"'(.]|export\b\s*(?:[{*]|(?:default|const|let|var|function|class|async)\b))|\bimport\s*\(|\bimport\s*\.\s*meta\b/m;

export const isModule = (text) => IS_MODULE.test(text);

/** A promise of `modules`, [{path, code}], with {code, lines} of each that is an ES module, `lines` as linesOf has them. */
export async function compiled(modules, workerUrl, compiler) {
  const wanted = modules.filter(({ code }) => isModule(code));
  if (wanted.length === 0) return modules;
  const found = new Map();
  const add = (made) => made.forEach((module) => found.set(module.path, module));
  add(await recalled(wanted, compiler));
  const unknown = wanted.filter(({ path }) => !found.has(path));
  if (unknown.length > 0) {
    const made = await compile(unknown, workerUrl);
    add(made);
    await keep(made.map((module, index) => ({ ...module, source: unknown[index].code })), compiler);
  }
  return modules.map((module) => found.get(module.path) || module);
}

/** A promise of [{path, code, lines}], in the order of `modules`. */
async function compile(modules, workerUrl) {
  const worker = new Worker(workerUrl);
  const made = [];
  try {
    await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data: { path, code, mappings } }) => {
        made.push({ path, code, lines: linesOf(mappings) });
        if (made.length === modules.length) resolve();
      };
      modules.forEach((module) => worker.postMessage(module));
    });
  } finally {
    worker.terminate();
  }
  return made;
}

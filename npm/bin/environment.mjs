/*
 * The virtual environment that has the package's wheel. It is made once, in the user's cache folder, then only looked up.
 *
 *   <cache>/tt-emulator/<version>-<system>-<wheel>/
 *     <pid>-<random>/        by its maker, of two starts at the same time each makes one
 *       tt-emulator/         the environment
 *       environment.json     its Python: written last and at once, so that a half-made one is never used. One that has it stays,
 *                            since an emulator may run in it
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython, findUv } from './python.mjs';
import { exitCode, run } from './run.mjs';
import { Failure, sentences } from './sentences.mjs';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const WINDOWS = process.platform === 'win32';
const NO_SUCH_PYTHON = 2; // as a usage or configuration error of the program
const NOT_INSTALLED = 4; // as a start that failed
const PROOF = 'import json, sys, tt_emulator.cli, tt_emulator.server; print(json.dumps(sys._base_executable))'; // ASCII in any code page

/** The environment's Python. */
export async function findEnvironment() {
  const wheel = findWheel();
  const folder = folderOf(wheel);
  return lookUp(folder) ?? make(folder, wheel);
}

function findWheel() {
  const name = readdirSync(PACKAGE).find((each) => each.endsWith('.whl'));
  if (!name) throw new Failure(NOT_INSTALLED, sentences.noWheel(PACKAGE));
  return join(PACKAGE, name);
}

function versionOf(wheel) {
  return basename(wheel).split('-')[1];
}

function folderOf(wheel) {
  // not Windows' own place: what a Python of its store writes there, other programs do not see
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const hash = createHash('sha256').update(readFileSync(wheel)).digest('hex').slice(0, 12);
  return join(cache, 'tt-emulator', `${versionOf(wheel)}-${process.platform}-${process.arch}-${hash}`);
}

/** The Python of an environment that holds, nothing if there is none. */
function lookUp(folder) {
  for (const one of environments(folder)) {
    const python = pythonOf(join(folder, one));
    if (python) return python;
  }
}

function environments(folder) {
  try {
    return readdirSync(folder);
  } catch { // there is none yet, or to make one will tell why not
    return [];
  }
}

/** Nothing if it is half made, or the Python that it was made of is gone. */
function pythonOf(one) {
  try {
    const { python, base } = JSON.parse(readFileSync(join(one, 'environment.json'), 'utf8'));
    const holds = WINDOWS ? existsSync(python) && lstatSync(base) : realpathSync(python) === base;
    return holds ? python : undefined;
  } catch {
    return undefined;
  }
}

async function make(folder, wheel) {
  const uv = findUv();
  const base = uv ? [] : findPython();
  if (!base) throw new Failure(NO_SUCH_PYTHON, sentences.nothingToRunIt());
  console.error(sentences.installing(versionOf(wheel), folder));
  const own = join(folder, `${process.pid}-${randomUUID()}`);
  try {
    discardHalfMade(folder);
    mkdirSync(own, { recursive: true });
    return publish(folder, own, await install(own, wheel, uv, base));
  } catch (error) {
    discard(own);
    throw error instanceof Failure ? error : failure(wheel, error.message);
  }
}

/** Makes an environment by uv or by a Python, and gives its Python and the one that it is made of. */
async function install(own, wheel, uv, base) {
  const environment = join(own, 'tt-emulator'); // the name that uv gives it
  const python = join(environment, WINDOWS ? 'Scripts/python.exe' : 'bin/python');
  const steps = uv
    ? [[uv, 'tool', 'install', '--quiet', '--python', '>=3.11', wheel]] // a tool: for no other does uv pass over a project's files
    : [[...base, '-I', '-m', 'venv', environment],
      [python, '-I', '-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-compile', wheel]];
  const env = { ...process.env, UV_TOOL_DIR: own, UV_TOOL_BIN_DIR: join(own, 'bin') };
  for (const step of steps) await succeed(wheel, env, ...step);
  const tried = spawnSync(python, ['-I', '-c', PROOF], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (tried.status !== 0) throw failure(wheel, sentences.ended(python, tried.status));
  return { python, base: WINDOWS ? JSON.parse(tried.stdout) : realpathSync(python) };
}

async function succeed(wheel, env, program, ...args) {
  const { code, signal } = await run(program, args, { env, stdio: ['ignore', 2, 2] }); // stdout is the emulator's
  if (signal) throw new Failure(exitCode(signal));
  if (code) throw failure(wheel, sentences.ended(program, code));
}

/** From now on the environment holds, unless that of another start does already; the Python that holds. */
function publish(folder, own, environment) {
  const first = lookUp(folder);
  if (first) {
    discard(own);
    return first;
  }
  const file = join(own, 'environment.json');
  writeFileSync(`${file}.part`, JSON.stringify(environment));
  renameSync(`${file}.part`, file);
  return environment.python;
}

/** Throws away what starts that are over have left behind half made. */
function discardHalfMade(folder) {
  const left = environments(folder).filter((name) => /^\d+-/.test(name) && !runs(parseInt(name, 10)));
  for (const one of left.map((name) => join(folder, name))) if (!existsSync(join(one, 'environment.json'))) discard(one);
}

function runs(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function discard(path) {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch { // the next start that makes one tries again
  }
}

function failure(wheel, reason) {
  return new Failure(NOT_INSTALLED, sentences.notInstalled(versionOf(wheel), reason));
}

/*
 * The programs on the PATH that can make a Python environment.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

const { env, platform } = process;
const WINDOWS = platform === 'win32';
const PROBE = 'import sys; sys.exit(sys.version_info < (3, 11))';
const COMMANDS = WINDOWS
  ? [['py', '-3'], ['python'], ['python3']]
  : [['python3'], ['python'], ['python3.14'], ['python3.13'], ['python3.12'], ['python3.11']]; // systems with an old python3

/** The command of a Python of 3.11 or newer, with its first arguments. */
export function findPython() {
  // what stands in for it in Windows opens the store when it has no argument, and with one fails
  return COMMANDS.map(([name, ...args]) => [onPath(name), ...args])
    .find(([program, ...args]) => succeeds(program, [...args, '-I', '-c', PROBE]));
}

export function findUv() {
  const uv = onPath('uv');
  return succeeds(uv, ['--version']) ? uv : undefined;
}

function onPath(name) {
  return places(name, env.PATH ?? '', platform).find(isProgram);
}

/**
 * Where a program of that name may be, in the order of the PATH. All are absolute: a name alone is looked for by Node in Windows
 * in the working directory first, and by any system in the folders that the PATH has relative to it.
 */
export function places(name, searched, system) {
  const { delimiter, isAbsolute, join } = system === 'win32' ? win32 : posix;
  const endings = system === 'win32' ? ['.com', '.exe'] : ['']; // of PATHEXT, what Node starts without a shell
  const folders = searched.split(delimiter).map((folder) => (system === 'win32' ? folder.replaceAll('"', '') : folder));
  return folders.filter(isAbsolute).flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
}

function isProgram(path) {
  try {
    if (WINDOWS) return !lstatSync(path).isDirectory(); // those of the store are links that no stat can follow
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function succeeds(program, args) {
  return program !== undefined && spawnSync(program, args, { stdio: 'ignore', windowsHide: true }).status === 0;
}

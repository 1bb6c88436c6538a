/*
 * The programs on the PATH that can make a Python environment.
 */
import { spawnSync } from 'node:child_process';

const PROBE = 'import sys; sys.exit(sys.version_info < (3, 11))';
const COMMANDS = process.platform === 'win32'
  ? [['py', '-3'], ['python'], ['python3']]
  : [['python3'], ['python'], ['python3.14'], ['python3.13'], ['python3.12'], ['python3.11']]; // systems with an old python3

/** The command of a Python of 3.11 or newer, with its first arguments. */
export function findPython() {
  // what stands in for it in Windows opens the store when it has no argument, and with one fails
  return COMMANDS.find(([program, ...args]) => succeeds(program, [...args, '-I', '-c', PROBE]));
}

export function hasUv() {
  return succeeds('uv', ['--version']);
}

function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore', windowsHide: true }).status === 0;
}

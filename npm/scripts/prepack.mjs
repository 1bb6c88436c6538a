/*
 * Fills the package before `npm pack`: the scripts and types of the Python program, its licence, and its wheel of the same version.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '../bin/python.mjs';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(PACKAGE);
const WEB = join(ROOT, 'emulator', 'tt_emulator', 'web');
const { version, files } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));

copyFileSync(join(ROOT, 'LICENSE'), join(PACKAGE, 'LICENSE'));
for (const name of files) if (existsSync(join(WEB, name))) copyFileSync(join(WEB, name), join(PACKAGE, name));
buildWheel();

function buildWheel() {
  for (const old of wheels()) rmSync(join(PACKAGE, old));
  const found = findPython();
  if (!found) throw new Error('Python 3.11 or newer is needed to build the wheel.');
  const [python, ...args] = found;
  const build = ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', PACKAGE, ROOT];
  const { status } = spawnSync(python, [...args, ...build], { stdio: ['ignore', 2, 2] }); // npm prints JSON on stdout
  const [wheel] = wheels();
  if (status !== 0 || !wheel?.startsWith(`tt_emulator-${version}-`)) {
    throw new Error(`The wheel should be of version ${version}; pip ended with ${status}, and there is ${wheel}.`);
  }
}

function wheels() {
  return readdirSync(PACKAGE).filter((name) => name.endsWith('.whl'));
}

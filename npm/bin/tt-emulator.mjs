#!/usr/bin/env node
/*
 * Starts the Python program whose wheel this package carries, and ends as it ends.
 */
import { findEnvironment } from './environment.mjs';
import { run } from './run.mjs';
import { Failure } from './sentences.mjs';

try {
  const python = await findEnvironment();
  const { code } = await run(python, ['-I', '-m', 'tt_emulator', ...process.argv.slice(2)]);
  process.exitCode = code;
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  if (error.message) console.error(error.message);
  process.exitCode = error.exitCode;
}

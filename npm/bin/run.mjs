/*
 * A program as if it had been started in the launcher's place.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

const KEYS = ['SIGINT', 'SIGQUIT', 'SIGBREAK']; // of the terminal, which sends them to the program as well
const SIGNALS = [...KEYS, 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end. `code` is its exit code, 128 + n if signal n ended it; `signal` the last one that came to the
 * launcher meanwhile. Rejects if the program cannot be started.
 */
export function run(program, args, options = { stdio: 'inherit' }) {
  return new Promise((resolve, reject) => {
    let received;
    const receive = (signal) => {
      received = signal;
      if (!reaches(signal)) child.kill(signal);
    };
    const settle = (done) => (...values) => {
      for (const signal of SIGNALS) process.off(signal, receive);
      done(...values);
    };
    for (const signal of SIGNALS) process.on(signal, receive); // before it is there: what comes meanwhile is received after
    const child = spawn(program, args, options);
    child.on('error', settle(reject));
    child.on('exit', settle((code, signal) => resolve({ code: code ?? exitCode(signal), signal: received })));
  });
}

export function exitCode(signal) {
  return 128 + constants.signals[signal];
}

/** Whether the program has the signal already. In Windows the console sends all that there are, and to kill is to kill. */
function reaches(signal) {
  return process.platform === 'win32' || (KEYS.includes(signal) && [0, 1, 2].some((stream) => isatty(stream)));
}

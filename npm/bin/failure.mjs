/** What ends the launcher: a sentence for people, none where they ended it themselves, and the exit code. */
export class Failure extends Error {
  constructor(exitCode, message = '') {
    super(message);
    this.exitCode = exitCode;
  }
}

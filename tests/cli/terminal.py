"""A terminal with the manners of a shell: `python terminal.py KEYS CMD…`.

Types KEYS once CMD has said "ready". When CMD stops it says so, continues it, and types a line.
Ends as CMD ends, 128 + n for signal n.
"""

import os
import pty
import signal
import sys


def main(keys: str, *command: str) -> int:
    child, terminal = pty.fork()
    if not child:
        os.execvp(command[0], command)
    output = b""
    while b"ready" not in output:
        output += os.read(terminal, 1024)
    os.write(terminal, keys.encode())
    _, status = os.waitpid(child, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        print("stopped", flush=True)
        os.kill(child, signal.SIGCONT)
        os.write(terminal, b"a line\n")
        _, status = os.waitpid(child, 0)
    sys.stdout.buffer.write(output + rest(terminal))
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def rest(terminal: int) -> bytes:
    output = b""
    try:
        while piece := os.read(terminal, 1024):
            output += piece
    except OSError:  # how Linux tells that the other side is closed
        pass
    return output


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

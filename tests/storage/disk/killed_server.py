"""A server that dies where it would write to a log: `python killed_server.py FILE start …`.

It does so once the file is there.
"""

import os
import runpy
import sys
from pathlib import Path
from typing import Any

from tt_emulator.storage.disk import log

due = Path(sys.argv.pop(1))
write_at = log._write_at


def write_or_die(*arguments: Any) -> int:
    if due.exists():
        os._exit(1)  # as if it was killed: nothing is done any more
    return write_at(*arguments)


log._write_at = write_or_die
runpy.run_module("tt_emulator", run_name="__main__", alter_sys=True)

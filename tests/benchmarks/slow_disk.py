"""A server on a disk that takes longer to flush: `python slow_disk.py MS start …`."""

import os
import runpy
import sys
import time

flush = os.fdatasync
pause_s = float(sys.argv.pop(1)) / 1000


def flush_slowly(descriptor: int) -> None:
    flush(descriptor)
    time.sleep(pause_s)


os.fdatasync = flush_slowly
runpy.run_module("tt_emulator", run_name="__main__", alter_sys=True)

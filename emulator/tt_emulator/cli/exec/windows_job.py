"""A command in a job that ends with us (Windows)."""

import ctypes
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from ctypes import c_int64, c_size_t, c_uint32, c_uint64

_KILL_ON_JOB_CLOSE = 0x2000
_EXTENDED_LIMIT_INFORMATION = 9


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", c_int64),
        ("per_job_user_time", c_int64),
        ("flags", c_uint32),
        ("minimum_working_set", c_size_t),
        ("maximum_working_set", c_size_t),
        ("active_processes", c_uint32),
        ("affinity", c_size_t),
        ("priority_class", c_uint32),
        ("scheduling_class", c_uint32),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


if sys.platform == "win32":

    def run(command: list[str], env: Mapping[str, str]) -> int:
        """Run `command` to its end; its exit code.

        The console sends Ctrl-C to the command itself. Raises OSError if it cannot be started.
        """
        _die_together()
        program = shutil.which(command[0]) or command[0]  # npm is npm.cmd, which only this finds
        before = {
            number: signal.signal(number, signal.SIG_IGN)
            for number in (signal.SIGINT, signal.SIGBREAK)
        }
        try:
            return subprocess.Popen([program, *command[1:]], env=env).wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _die_together() -> None:
        """Put this process into a job whose last handle is ours: whoever it starts goes with it."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = Limits()
        limits.basic.flags = _KILL_ON_JOB_CLOSE
        size = ctypes.sizeof(limits)
        us = ctypes.c_void_p(kernel.GetCurrentProcess())
        if not (
            kernel.SetInformationJobObject(
                job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), size
            )
            and kernel.AssignProcessToJobObject(job, us)
        ):
            raise ctypes.WinError(ctypes.get_last_error())

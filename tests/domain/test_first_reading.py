import subprocess
import sys

SHAPES_AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from msgspec import Struct

from tt_emulator.domain.reading import Flaw, read

sys.setswitchinterval(1e-6)
together = Barrier(16)


def use(shape):
    together.wait()
    assert not isinstance(read({"inner": {"text": "x"}}, shape), Flaw)


with ThreadPoolExecutor(16) as threads:
    for number in range(300):
        fields = {"text": str, "number": int | None}
        inner = type("Inner", (Struct,), {"__annotations__": fields, "number": None})
        outer = type("Outer", (Struct,), {"__annotations__": {"inner": inner}})
        list(threads.map(use, [outer] * 16))
"""


def test_shapes_that_many_threads_use_for_the_first_time_at_once_end_no_process():
    run = subprocess.run([sys.executable, "-c", SHAPES_AT_ONCE], check=False, capture_output=True)

    assert (run.returncode, run.stderr) == (0, b"")

"""Whatever happens in some worlds: what the next server finds, after a crash at any instant or a
clean end, is what was there.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disk_bench import Directory, full_disk, seen
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import log
from world.script import Act, Script, steps

SCRIPTS = st.lists(steps, max_size=14)
quiet = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _short_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs begin anew every few lines."""
    monkeypatch.setattr(log, "ROTATE_AT_BYTES", 2_000)


@contextmanager
def played(*, sync: bool = False) -> Iterator[Script]:
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(Path(folder))
        try:
            yield Script(directory, sync=sync)
        finally:
            directory.close()


@pytest.mark.parametrize("sync", [False, True], ids=["disk", "sync"])
@given(script=SCRIPTS)
@quiet
def test_a_crash_after_any_step_leaves_all_that_was_there(sync: bool, script: list[Act]) -> None:
    with played(sync=sync) as playing:
        for step in script:
            playing.play(step)
            playing.bench.disk.settle()
            assert playing.directory.seen_after_a_crash() == seen(playing.bench)


@given(script=SCRIPTS, refused=st.sets(st.integers(0, 13)))
@quiet
def test_steps_of_which_a_full_disk_refuses_some_leave_what_the_disk_has(
    script: list[Act], refused: set[int]
) -> None:
    with played() as playing:
        for number, step in enumerate(script):
            if number in refused:
                with full_disk(), suppress(StorageError):
                    playing.play(step)
            else:
                playing.play(step)
        for name in playing.bench.engine.worlds.names():
            playing.world(name).publish()  # with which whatever waits is written
        assert playing.directory.seen_after_a_crash() == seen(playing.bench)

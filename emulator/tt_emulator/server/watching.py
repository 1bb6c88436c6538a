"""Folders that are watched for changes, by whoever plays or serves what is in them.

Linux tells nothing of what others change on a disk that they share with it: another machine's, the
Windows side of WSL, a folder that is mounted into a container of Docker Desktop. There all files
are looked at, each second.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

Stop = Callable[[], object]

_CHANGES = frozenset({"created", "deleted", "modified", "moved"})
"""Others only tell that a file was opened or closed, as ours are when they are read."""


def watch(folder: Path, changed: Callable[[set[str]], None], *, recursive: bool) -> Stop:
    """Call `changed`, in a thread, with the name of what changed in the folder, or both names of
    what was moved; what ends that. Raises OSError for a folder that there is not.
    """
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer
    from watchdog.observers.polling import PollingObserver

    class Changes(FileSystemEventHandler):
        def on_any_event(self, event: "FileSystemEvent") -> None:
            if event.event_type in _CHANGES:
                changed({Path(str(path)).name for path in (event.src_path, event.dest_path)})

    def observe(observer: "BaseObserver") -> Stop:
        observer.schedule(Changes(), str(folder), recursive=recursive)
        observer.daemon = True
        observer.start()
        return observer.stop

    if not _hears_of_all(folder):
        return observe(PollingObserver())
    try:
        return observe(Observer())
    except OSError:  # Linux has only so many watches, for all programs together
        return observe(PollingObserver())


def _hears_of_all(folder: Path) -> bool:
    if sys.platform != "linux":
        return True
    from tt_emulator.storage.disk.watch import is_local

    return is_local(folder)

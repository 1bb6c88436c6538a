"""A file that is there whole or not at all, and that nobody could have prepared."""

import os
from contextlib import suppress
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Put `data` in the place of the file, with `mode` less the umask. Raises OSError.

    It is written beside it under a name that cannot be foreseen, to a file that was not there
    (O_EXCL follows no link), and then moved: a link at `path` is replaced, not followed.
    """
    aside = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    descriptor = os.open(aside, _FLAGS, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise

"""Files that verbs write and read; `-` is the terminal."""

import sys
from pathlib import Path

from tt_emulator import whole_file
from tt_emulator.cli.output import show_document
from tt_emulator.errors import EmulatorError

TERMINAL = "-"


def delivered(file: str, text: bytes) -> bool:
    """Print a JSON document, or put it in the place of the file in one step; whether it is a file.

    Raises EmulatorError.
    """
    if file == TERMINAL:
        show_document(text.decode())
        return False
    path = Path(file)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written to, not replaced
            path.write_bytes(text)
        else:
            _replace(path.resolve(), text)
    except OSError as error:
        raise EmulatorError(
            f"{path} cannot be written: {error.strerror}.", "Name a file that may be written to."
        ) from error
    return True


def read(file: str, path: Path) -> bytes:
    """What was typed in, or what is in the file at `path`. Raises OSError."""
    return sys.stdin.buffer.read() if file == TERMINAL else path.read_bytes()


def name_of(file: str) -> str:
    """What people call it."""
    return "stdin" if file == TERMINAL else file


def _replace(path: Path, text: bytes) -> None:
    from tt_emulator.storage.disk.files import retry_on_windows

    retry_on_windows(lambda: whole_file.write(path, text))

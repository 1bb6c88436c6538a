"""Why a write was refused, in words for people."""

from pathlib import Path

from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.files import what_to_do


def refusal(path: Path, error: OSError | UnicodeEncodeError, *, whole: bool) -> StorageError:
    """Why a write to that file was refused; `whole` if nothing of it stays."""
    if isinstance(error, UnicodeEncodeError):
        return StorageError(
            f"The write was refused, nothing has changed: {error.reason}.",
            "Store text that can be written as UTF-8.",
        )
    hint = what_to_do(error) or "Make the data directory writable, then try again."
    place = path if error.filename is None else error.filename
    reason = f"{place}: {error.strerror or error}"
    if whole:
        return StorageError(f"The write was refused, nothing has changed: {reason}.", hint)
    return StorageError(
        f"The write was refused, but the disk may have it at the next start: {reason}.", hint
    )

"""The story of a failed test as a file."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

from tt_emulator import natives
from tt_emulator.client import Client
from tt_emulator.errors import EmulatorError
from tt_emulator.terminal import escaped

_MOST_BYTES = 150  # of a name: file systems take 255, and Windows 260 characters of a whole path


class Story:
    """The bundle of a test's world. It is taken before the world is dropped, as anything may fail
    after that, and becomes a file if the test does.
    """

    def __init__(self, client: Client, folder: Path, test: str) -> None:
        self._client = client
        self._folder = str(folder)
        self._name = name_of(test)
        self._taken: bytes | str | None = None
        self._told: tuple[str, str] | None = None

    def take(self) -> None:
        """Have the server tell it, unless that was done; afterwards there may be no world."""
        if self._taken is None:
            try:
                self._taken = self._client.bundle_text()
            except EmulatorError as error:
                self._taken = str(error)

    def kept(self) -> tuple[str, str]:
        """Write the file, once; the section of a report that names it or says why there is none."""
        if self._told is None:
            self.take()
            self._told = ("tt-emulator: story of the test", self._written())
        return self._told

    def _written(self) -> str:
        if not isinstance(self._taken, bytes):
            return escaped(f"not kept: {self._taken}")
        try:
            path = natives.write_new(self._folder, _file_names(self._name), self._taken)
        except OSError as error:
            return escaped(f"not kept: {self._folder} cannot be written to: {error.strerror}")
        return f"{escaped(path)}\n  Play it again: tt-emulator replay FILE"


def name_of(test: str) -> str:
    """A name that any file system takes, without its end; a long one is cut, and so told apart."""
    name = re.sub(r"[^\w-]+", "-", test).strip("-")
    if len(name.encode()) <= _MOST_BYTES:
        return name
    cut = name.encode()[:_MOST_BYTES].decode(errors="ignore")
    return f"{cut}-{sha256(test.encode(errors='surrogatepass')).hexdigest()[:8]}"


def _file_names(name: str) -> Iterator[str]:
    """A test that runs again, or elsewhere meanwhile, has another file."""
    yield f"{name}.json"
    for number in count(2):
        yield f"{name}.{number}.json"

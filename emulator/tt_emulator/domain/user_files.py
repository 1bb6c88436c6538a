"""The seam to the files that games keep for their players: what every storage promises of them."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct


class Entry(Struct, frozen=True, omit_defaults=True):
    """A file or, where `size` (bytes) is None, a folder; `saved` is one that saveFile has made.

    Paths of entries have `/` between their parts and at neither end.
    """

    modified_ms: int
    size: int | None = None
    saved: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether there can be others below it."""
        return self.size is None


class UserFiles(Protocol):
    """The files of the players of one world, by openid. Each method is atomic, and what it has
    done outlives the process, where anything does. `forgotten` counts what took files away from a
    player without the game's doing, in this process.

    All that write raise `StorageError` if it could not be made durable, and `WorldDropped` once the
    world was; then nothing has changed. That a file lies in a folder is the callers' care.
    """

    @property
    def forgotten(self) -> int:
        """How often it forgot somebody's files."""

    def entries(self, openid: str) -> Mapping[str, Entry]:
        """What the player has, by path."""

    def read(self, openid: str, path: str) -> bytes | None:
        """What is in the file; None if there is none."""

    def write(
        self, openid: str, path: str, data: bytes, modified_ms: int, *, saved: bool = False
    ) -> None:
        """Put the file there, in the place of another."""

    def make_folders(self, openid: str, paths: Iterable[str], modified_ms: int) -> None:
        """Make these folders."""

    def remove(self, openid: str, paths: Iterable[str]) -> None:
        """Remove these files and folders."""

    def move(self, openid: str, paths: Mapping[str, str]) -> None:
        """Give these files and folders other paths, in the place of what is there."""

    def forget(self, openid: str) -> None:
        """The player has none any more."""

    def clear(self) -> None:
        """Nobody has any more."""

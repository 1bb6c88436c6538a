"""The seam between the rules and a backend: what every storage promises.

A storage holds worlds; a world holds player records and its own, which is called `meta`; a player's
record holds KV pairs and a profile.
Nothing here speaks of files, so that a backend may be a directory, memory or a server.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from msgspec import Struct

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.brief import AtRest, Survey
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.deed import Batch, Deed, Life
from tt_emulator.domain.model import Settle
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.user_files import UserFiles
from tt_emulator.errors import Elsewhere, StorageError, WorldDropped

EMPTY: Mapping[str, Any] = MappingProxyType({})


def nothing() -> None:
    """There is nothing more to do."""


def dropped(world: str) -> WorldDropped:
    """What a commit to a dropped world raises, in all backends."""
    return WorldDropped(
        f"The world {world!r} was dropped meanwhile.", "Call again: it begins anew."
    )


def closed() -> StorageError:
    """What a commit raises after the end, in all backends that have one."""
    return StorageError("The storage is closed.", "Start the server again.")


class Finding(Struct, frozen=True, gc=False):
    """A file that was not taken as true, or that was changed outside.

    `file` lies below the data directory, `line` is the one concerned, if there is one.
    """

    file: str
    line: int | None
    reason: str


class Rules(NamedTuple):
    """What may be stored. Each takes out of what was read what it does not allow, and returns what
    that was; `player`, which gets the openid, raises `ValueError` if nothing of it can stay, and so
    does `life`, which gets the JSON text of an effect on what a world has beside what is stored;
    `whole` raises also if a part of that would be left out as it is done again.
    """

    player: Callable[[str, Record], list[str]]
    meta: Callable[[dict[str, Any]], list[str]]
    life: Callable[[bytes], None]
    whole: Callable[[bytes], None]


class Blobs(Protocol):
    """JSON objects as texts, kept under names of any script."""

    def names(self) -> list[str]:
        """All names, sorted."""

    def get(self, name: str) -> bytes | None:
        """The text, or `None` if there is none of that name."""

    def put(self, name: str, text: bytes) -> None:
        """Keep the text, in the place of another of that name. Raises `StorageError`."""

    def delete(self, name: str) -> None:
        """Forget the text; no error if there is none. Raises `StorageError`."""


class WorldStore(Protocol):
    """The players of one world of a `platform`. Each method is atomic; hold `lock` to read, decide
    and commit.

    No openid is empty. `snapshots` and `scenarios` are kept with the world, and go with it alone.
    `files` are those that games keep for the players: they go with the world, with their player,
    and with everybody.

    What is committed in one `deed` is written with all else that moved in it. `begin` and `end` are
    the same for the engine, which need not wait until that is durable.
    """

    platform: str
    snapshots: Blobs
    scenarios: Blobs
    files: UserFiles

    @property
    def deed(self) -> Deed:
        """The step under way. It holds `lock`."""

    @property
    def begin(self) -> Callable[[], object]:
        """Enter the step. Raises `StorageError` if nobody knows how the world is, and `WouldWait`
        on an event loop where it has to wait for other servers.
        """

    @property
    def go_on(self) -> Callable[[], object]:
        """Enter the next step of what has begun; it raises `WouldWait`, as above, alone."""

    def end(self, batch: Batch | None = None) -> Settle | None:
        """Leave it; what is to be done before anybody may hear of it. Raises as a deed does.

        In a `batch` what changes no player may be written with the others'.
        """

    def clock_over(self, clock: Clock) -> Clock:
        """The clock that dates what is written here: the computer's `clock`, or, where the world
        comes from another computer, one that does not go below what was written there.
        """

    def attach(self, life: Life) -> None:
        """Write `life` with the world from now on, once it is what was written before."""

    @property
    def lock(self) -> AbstractContextManager[object]:
        """Of the whole world; whoever holds it may take it again."""

    @property
    def writes(self) -> int:
        """A number that each write makes greater, also from one start to the next.

        No `order` of a stored pair is greater.
        """

    @property
    def used_at_ms(self) -> int | None:
        """When the world was last used before it was opened, Unix time, where that is stored."""

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever stored here, as far as that is known."""

    @property
    def has_set_aside(self) -> bool:
        """Whether something of it was not taken as true, and is kept aside with it."""

    def meta(self) -> Mapping[str, Any]:
        """What is stored of the world itself, by names; empty if nothing is."""

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        """Lay `fields` over what is stored of the world itself; `None` deletes. As `commit`."""

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None` for a player of whom nothing is stored."""

    def openids(self) -> list[str]:
        """Every stored player, sorted."""

    def player_count(self) -> int:
        """How many they are."""

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every stored player with their record, in any order. Hold `lock` to the end."""

    def commit(self, openid: str, change: Change) -> None:
        """Make `change` durable, then visible. The player is made on first use.

        Raises `StorageError` if it could not be made durable, `WorldDropped` once it was dropped;
        then nothing has changed.
        """

    def delete(self, openid: str) -> None:
        """Forget one player; no error if there is none."""

    def clear(self) -> None:
        """Forget every player, and what is stored of the world itself."""

    def replace(
        self,
        players: Iterable[tuple[str, Record]],
        then: Callable[[], None] = nothing,
        *,
        meta: Mapping[str, Any] = EMPTY,
        keeps_files: bool = False,
    ) -> None:
        """Put these players, whom the storage then owns, in the place of all, and `meta` in that of
        what is stored of the world itself; do `then` before anybody sees them. The `files` of all
        go, or stay as they are, also those of a player who is none of these.

        Hold no `lock`: others go on in the old world until all players have been iterated over.
        Raises what the iteration raises, and `StorageError`; then nothing has changed.
        """


class Storage(Protocol):
    """All worlds of one server."""

    def worlds(self) -> list[str]:
        """Names of the stored worlds, sorted."""

    def open_world(self, world: str, platform: str = DEFAULT_PLATFORM) -> WorldStore:
        """The world's players; the same object each time. Made for that platform on first use, and
        of it for ever. Raises `Elsewhere` if another server has it.
        """

    def before_opening(self, world: str) -> None:
        """Raise `Elsewhere` if another server is known to have it; on an event loop `WouldWait`, if
        others would have to be asked.
        """

    def drop_world(self, world: str) -> None:
        """Forget a world and its players; no error if there is none. Raises as `open_world`.

        Whoever still holds its `WorldStore` finds it empty; a commit there raises `WorldDropped`.
        """

    def when_lost(self, tell: Callable[[str], object]) -> None:
        """Tell of each world that is another server's from now on, while its lock is held."""

    def survey(self) -> Survey:
        """The stored worlds that need not be read to be told of. Raises `StorageError`."""

    def drop_at_rest(self, world: AtRest) -> bool:
        """Forget the world, if it is at rest still and was not used since; whether it was
        forgotten. Raises `StorageError`.
        """

    def lost(self, elsewhere: Elsewhere) -> None:
        """Who has the world does not answer: it can be opened here."""

    def settle(self) -> None:
        """Make all that was written durable. What cannot be is undone; who waits for it is told."""

    def set_aside(self) -> list[Finding]:
        """What was not taken as true and is kept aside, oldest first."""

    def edited(self) -> list[Finding]:
        """What was changed outside since the server wrote it, oldest first."""

    def trouble(self) -> str | None:
        """Why no write can be stored now, as far as that concerns all worlds."""

    def close(self) -> None:
        """Write out what is pending and release the backend; a second call does nothing."""

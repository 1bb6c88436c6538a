"""What a world has beside what is stored: the seam, and today's kind, which a restart forgets."""

from collections.abc import Callable
from typing import Protocol

from tt_emulator.domain.boards import Boards
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.codes import Codes
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.store import WorldStore
from tt_emulator.faults import FaultRegistry
from tt_emulator.journal import Budget, Feed, Journal
from tt_emulator.platforms.platform import Platform
from tt_emulator.world.ranking import boards


class LiveState(Protocol):
    """What is armed and counted, the exchanges, the feeds of changes; boards and login codes.

    `feed` tells of everything, `state_feed` of state alone: pages listen there, and a busy game
    wakes none of them.
    """

    feed: Feed
    state_feed: Feed
    faults: FaultRegistry
    journal: Journal

    def new_boards(self, store: WorldStore, settings: WorldSettings) -> Boards:
        """The boards of a world that is initialized, or ranks by other keys; no older ones hold."""

    def new_codes(self) -> Codes:
        """The login codes of a world that is initialized; no older ones hold."""

    def close(self) -> None:
        """Let everybody go who waits for something, calls that a fault holds among them."""


NewLiveState = Callable[[], LiveState]


class MemoryLiveState:
    """All of it in memory. `seed` is the world's luck, `on_socket` whether faults can act on the
    socket; what the journal may hold comes out of `budget`.
    """

    def __init__(
        self, platform: Platform, clock: Clock, budget: Budget, *, seed: int, on_socket: bool
    ) -> None:
        self._platform = platform
        self.feed = Feed()
        self.state_feed = Feed()
        self.faults = FaultRegistry(
            platform.catalog, clock.now_ms, self._publish_faults, seed=seed, on_socket=on_socket
        )
        self.journal = Journal(clock, self.feed, budget)

    def new_boards(self, store: WorldStore, settings: WorldSettings) -> Boards:
        """Nobody is on them until somebody asks."""
        return boards(store, settings, self._platform)

    def new_codes(self) -> Codes:
        """None is issued yet."""
        return Codes()

    def close(self) -> None:
        """Let everybody go who waits for something."""
        self.faults.close()
        self.journal.end()
        self.feed.close()
        self.state_feed.close()

    def _publish_faults(self) -> None:
        self.feed.publish("faults")
        self.state_feed.publish("state")  # which tells which APIs are armed

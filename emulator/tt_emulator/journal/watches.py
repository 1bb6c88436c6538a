"""Who waits for calls: each question is counted once, and then looks at new calls alone."""

from collections.abc import Callable
from concurrent.futures import Future

from msgspec.structs import replace

from tt_emulator.errors import NotCounted
from tt_emulator.journal.match import Bounds, Kind, Match

Reached = Future[int | None]
"""Done with the count at which the bounds held, or with `None`: nobody waits here any more."""


class Watch:
    """All who wait for the answer to one question; `count` is how many calls match it by now."""

    def __init__(self, match: Match, count: int) -> None:
        self.match = match
        self.count = count
        self._anybody = replace(match, player=None)
        self._waiting: dict[int, dict[Reached, Bounds]] = {}  # by the count that is their least

    def add(self, bounds: Bounds) -> Reached:
        """One more, who waits for these bounds."""
        reached: Reached = Future()
        reached.set_running_or_notify_cancel()  # a server's loop may not cancel it: `remove` does
        self._waiting.setdefault(bounds.min, {})[reached] = bounds
        self._settle(bounds.min)
        return reached

    def remove(self, reached: Reached) -> None:
        """Somebody waits no longer."""
        for least, waiting in list(self._waiting.items()):
            waiting.pop(reached, None)
            if not waiting:
                del self._waiting[least]

    def look(self, kind: Kind) -> None:
        """A call of the question's API and player was answered."""
        if self._anybody.holds(kind):
            self.count += 1
            self._settle(self.count)

    def recount(self, count: int) -> None:
        """Calls were taken away."""
        self.count = count
        for least in list(self._waiting):
            self._settle(least)

    def end(self) -> None:
        """Let everybody go."""
        for waiting in self._waiting.values():
            for reached in waiting:
                reached.set_result(None)
        self._waiting.clear()

    def _settle(self, least: int) -> None:
        waiting = self._waiting.get(least, {})
        for reached in [each for each, bounds in waiting.items() if bounds.hold(self.count)]:
            del waiting[reached]
            reached.set_result(self.count)
        if not waiting:
            self._waiting.pop(least, None)

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))


class Watches:
    """The questions of one journal; hold its lock. A call is shown to those of its API and player
    alone, or a thousand who wait for others would make it slow.
    """

    def __init__(self, count: Callable[[Match], int]) -> None:
        self._count = count
        self.by_caller: dict[tuple[str | None, str | None], dict[Match, Watch]] = {}
        self._ended = False

    def add(self, match: Match, bounds: Bounds) -> Reached:
        """Wait for bounds. Raises what counting does."""
        key = match.api, match.player
        watch = self.by_caller.get(key, {}).get(match) or Watch(match, self._count(match))
        reached = watch.add(bounds)
        if self._ended:
            watch.end()
        self.by_caller.setdefault(key, {})[match] = watch
        self._sweep(watch)
        return reached

    def remove(self, match: Match, reached: Reached) -> None:
        """Wait no longer; no error if it is done."""
        watch = self.by_caller.get((match.api, match.player), {}).get(match)
        if watch is not None:
            watch.remove(reached)
            self._sweep(watch)

    def look(self, kind: Kind, player: str) -> None:
        """A call was answered."""
        for key in ((kind.api, player), (kind.api, None), (None, player), (None, None)):
            for watch in list(self.by_caller.get(key, {}).values()):
                watch.look(kind)
                self._sweep(watch)

    def recount(self) -> None:
        """Calls were taken away. Whose count cannot be known any more is released."""
        for watch in self._all():
            try:
                watch.recount(self._count(watch.match))
            except NotCounted:
                watch.end()
            self._sweep(watch)

    def end(self) -> None:
        """Let everybody go, and whoever comes later."""
        self._ended = True
        for watch in self._all():
            watch.end()
        self.by_caller.clear()

    def __len__(self) -> int:
        return sum(map(len, self._all()))

    def _all(self) -> list[Watch]:
        return [watch for watches in self.by_caller.values() for watch in watches.values()]

    def _sweep(self, watch: Watch) -> None:
        if not watch:
            key = watch.match.api, watch.match.player
            del self.by_caller[key][watch.match]
            if not self.by_caller[key]:
                del self.by_caller[key]

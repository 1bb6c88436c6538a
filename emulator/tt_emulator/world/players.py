"""The players of a world, as testers see and change them."""

from collections.abc import Callable
from typing import Any

from tt_emulator.config import DEFAULT_URL
from tt_emulator.domain.record import Record
from tt_emulator.domain.version import version
from tt_emulator.errors import NotCounted, Stale
from tt_emulator.journal import Journal
from tt_emulator.journal.match import Match
from tt_emulator.world.state import WorldState


class Players:
    """The players of one world; `changed` is called after each change."""

    def __init__(self, state: WorldState, journal: Journal, changed: Callable[[], None]) -> None:
        self._state = state
        self._store = state.store
        self._journal = journal
        self._changed = changed

    def openids(self) -> list[str]:
        """Every player of whom something is stored, sorted."""
        return self._store.openids()

    def get(self, openid: str, base_url: str = DEFAULT_URL) -> Any:
        """The player, a new one if nothing is stored of them, as whoever reaches the emulator by
        `base_url` sees one.
        """
        record = self._store.get(openid) or Record()
        return self._state.platform.players.view(openid, record, self._state.settings, base_url)

    def has_seen(self, openid: str) -> bool:
        """Whether the player has called, as far as the journal knows, or is stored. It may know
        of too many players to tell them apart: then whoever is asked about may be one of them.
        """
        if self._store.get(openid) is not None:
            return True
        try:
            called = self._journal.count(Match(player=openid)) > 0
        except NotCounted:
            return True
        return called or bool(self._journal.find(player=openid, limit=1))

    def put(
        self,
        openid: str,
        raw: Any,
        base_url: str = DEFAULT_URL,
        seen: Callable[[str], bool] | None = None,
    ) -> Any:
        """Bring the player to what `raw` says, and show it as `get` does; but only if they are
        still as `seen`, which is asked of their version.

        Raises `Unprocessable`, `Stale`, `StorageError`.
        """
        with self._store.deed, self._store.lock:
            if seen is not None and not seen(version(self.get(openid, base_url))):
                raise Stale(
                    f"The player {openid!r} was changed meanwhile: nothing was stored.",
                    "Read the player again, and send the ETag of that answer as If-Match.",
                )
            self._commit(openid, raw)
            view = self.get(openid, base_url)
            self._changed()
        return view

    def answer(self, openid: str, raw: Any) -> None:
        """Take what the player answers to a window of the platform's, which has such windows.

        Raises `Unprocessable`, `StorageError`.
        """
        state, store = self._state, self._store
        consent = state.platform.consent
        assert consent is not None
        with store.deed, store.lock:
            record, now_ms = store.get(openid) or Record(), state.clock.now_ms()
            store.commit(openid, consent.change(record, raw, now_ms))
            state.boards.update(openid)
            self._changed()

    def delete(self, openid: str) -> None:
        """Forget the player; no error if there is none."""
        with self._store.deed, self._store.lock:
            self._store.delete(openid)
            self._state.boards.update(openid)
            self._changed()

    def _commit(self, openid: str, raw: Any) -> None:
        state, store = self._state, self._store
        record = store.get(openid) or Record()
        now_ms, order = state.clock.now_ms(), store.writes + 1
        change = state.platform.players.change(openid, record, raw, state.catalog, now_ms, order)
        store.commit(openid, change)
        state.boards.update(openid)

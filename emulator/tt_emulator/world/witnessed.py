"""A world's store as testers change it: what was before, and what they did, is noted."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from tt_emulator.domain.past import (
    Past,
    PlayerChanged,
    PlayerForgotten,
    PlayerWas,
    WorldChanged,
    WorldWas,
)
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.store import EMPTY, WorldStore, nothing


class _Witnessed:
    def __init__(self, store: WorldStore, past: Past) -> None:
        self._store = store
        self._past = past
        self.begin, self.go_on, self.end = store.begin, store.go_on, store.end  # each call asks
        self.lock, self.get = store.lock, store.get

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, openid: str, change: Change) -> None:
        with self.lock:
            record = self.get(openid) or Record()
            names = (*change.put, *change.remove)
            were = PlayerWas(
                openid,
                {key: record.pairs.get(key) for key in names},
                {name: record.profile.get(name) for name in change.profile},
            )
            act = PlayerChanged(openid, change.put, change.remove, change.profile)
            self._past.note(were, act)
            self._store.commit(openid, change)

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        with self.lock:
            stored = self._store.meta()
            were = WorldWas({name: stored.get(name) for name in fields})
            self._past.note(were, WorldChanged(fields))
            self._store.set_meta(fields)

    def delete(self, openid: str) -> None:
        with self.lock:
            record = self.get(openid)
            if record is not None:
                were = PlayerWas(openid, dict(record.pairs), dict(record.profile))
                self._past.note(were, PlayerForgotten(openid))
            self._store.delete(openid)

    def clear(self) -> None:
        with self.lock:
            self._store.clear()
            self._past.begin_anew()

    def replace(
        self,
        players: Iterable[tuple[str, Record]],
        then: Callable[[], None] = nothing,
        *,
        meta: Mapping[str, Any] = EMPTY,
        keeps_files: bool = False,
    ) -> None:
        def begin() -> None:
            self._past.begin_anew()
            then()

        self._store.replace(players, begin, meta=meta, keeps_files=keeps_files)


def witnessed(store: WorldStore, past: Past) -> WorldStore:
    """The store, which notes in the `past` what testers change by it."""
    return cast(WorldStore, _Witnessed(store, past))

"""A world's store that notes what was before each change."""

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
from tt_emulator.domain.record import Change, Record, inverse
from tt_emulator.domain.store import EMPTY, WorldStore, nothing


class Witnessed:
    """The store as testers change it, or, if not `by_testers`, as calls do."""

    def __init__(self, store: WorldStore, past: Past, *, by_testers: bool) -> None:
        self._store = store
        self._past = past
        self._by_testers = by_testers
        self.begin, self.go_on, self.end = store.begin, store.go_on, store.end  # each call asks
        self.lock, self.get = store.lock, store.get

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, openid: str, change: Change) -> None:
        """As the store."""
        act = None
        if self._by_testers:
            act = PlayerChanged(openid, change.put, change.remove, change.profile)
        with self.lock:
            record = self.get(openid)
            before = None if record is None else inverse(change, record)
            self._past.note(PlayerWas(openid, before), act)
            self._store.commit(openid, change)

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        """As the store."""
        with self.lock:
            were = self._store.meta()
            self._past.note(
                WorldWas({name: were.get(name) for name in fields}), WorldChanged(fields)
            )
            self._store.set_meta(fields)

    def delete(self, openid: str) -> None:
        """As the store."""
        with self.lock:
            record = self.get(openid)
            if record is not None:
                before = Change(dict(record.pairs), (), dict(record.profile))
                self._past.note(PlayerWas(openid, before), PlayerForgotten(openid))
            self._store.delete(openid)

    def clear(self) -> None:
        """As the store."""
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
        """As the store."""

        def begin() -> None:
            self._past.begin_anew()
            then()

        self._store.replace(players, begin, meta=meta, keeps_files=keeps_files)


def witnessed(store: WorldStore, past: Past) -> WorldStore:
    """The store as testers change it."""
    return cast(WorldStore, Witnessed(store, past, by_testers=True))


def by_calls(store: WorldStore, past: Past) -> WorldStore:
    """The store as calls change it."""
    return cast(WorldStore, Witnessed(store, past, by_testers=False))

"""What a world has beside its players, as small as can be: a number."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, json

from tt_emulator.domain.brief import Brief
from tt_emulator.domain.deed import Beginning, Effect, Seen
from tt_emulator.domain.record import Change, Pair
from tt_emulator.storage.shared.shared_world import SharedWorld


class Counted(Struct, frozen=True, tag_field="kind", tag="counted"):
    number: int


class Counting:
    """A `Life`; `shown` is what others can see of it."""

    def __init__(self, store: SharedWorld) -> None:
        self.number = self.shown = 0
        self.used_ms = 1
        self._store = store
        store.attach(self)

    def count(self) -> None:
        with self._store.deed:
            self.number += 1
            moved = self._store.deed.moved
            assert moved is not None
            moved["number"] = lambda: Counted(self.number)

    def whole(self) -> Iterator[Effect]:
        yield Beginning()
        yield Counted(self.number)

    def restore(self, effects: Iterable[bytes]) -> None:
        self.number = 0
        for effect in map(json.decode, effects):
            self.number = effect.get("number", self.number)
        self.show()

    def seen(self) -> Seen:
        return (self.number,)

    def show(self, seen: Seen | None = None) -> None:
        (self.shown,) = seen or self.seen()

    def used_at_ms(self, now_ms: int) -> int:
        return self.used_ms

    def brief(self) -> Brief:
        return Brief(players=self._store.player_count(), last_call_ms=self.number)


def put(value: str, at_ms: int = 1) -> Change:
    return Change({"score": Pair(value, at_ms)})


def score(store: Any, openid: str) -> str | None:
    record = store.get(openid)
    return None if record is None else record.pairs["score"].value

"""Who waits for calls in a world that servers share counts those that Redis has."""

from collections.abc import Callable

from harness import ScriptedClock
from tt_emulator.domain.model import Call, Settle
from tt_emulator.engine import Engine
from tt_emulator.journal.match import Bounds, Match
from tt_emulator.platforms import load
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.world import Worlds


def test_who_begins_to_wait_counts_no_call_twice(share: Callable[[], SharedStorage]) -> None:
    worlds = Worlds(share(), load(), ScriptedClock(), answered=lambda _: None)  # --call-log
    api = worlds.platforms.default.catalog.apis["getUserCloudStorage"]
    steps = Engine(worlds).handle(Call(api, {"keyList": ["score"]}, domain=api.domains[0]))
    settle = next(steps)
    assert isinstance(settle, Settle)
    assert settle.begin is not None
    under_way = settle.begin(lambda: None)
    assert under_way is not None

    reached = worlds.open("default").journal.wait(Match(), Bounds(min=2))

    under_way.finish()
    assert not reached.done()

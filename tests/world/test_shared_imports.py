"""Imports of worlds that servers share, and what becomes of those that end early."""

import json
from collections.abc import Callable

import pytest

from harness import ScriptedClock
from tt_emulator.errors import Elsewhere, StorageAway
from tt_emulator.platforms import load
from tt_emulator.storage.shared import importing
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld
from tt_emulator.world import Worlds

PLAYERS = 40

Share = Callable[[], SharedStorage]


def document(worlds: Worlds) -> bytes:
    text = json.loads(b"".join(worlds.open("default").document.export()))
    text["players"] = [{"openid": f"p{number}"} for number in range(PLAYERS)]
    return json.dumps(text).encode()


def fail_once(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Have the next import end with the error after its second part."""
    monkeypatch.setattr(importing, "PART_BYTES", 200)
    write, written = SharedWorld._write_alone, []

    def fails(store: SharedWorld, effect: importing.Part) -> None:
        write(store, effect)
        written.append(effect)
        if len(written) == 2:
            monkeypatch.setattr(SharedWorld, "_write_alone", write)
            raise error

    monkeypatch.setattr(SharedWorld, "_write_alone", fails)


def test_a_world_that_an_import_made_goes_if_it_fails(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = share()
    worlds = Worlds(storage, load(), ScriptedClock())
    text = document(worlds)
    fail_once(monkeypatch, StorageAway("Redis is away.", ""))

    with pytest.raises(StorageAway):
        worlds.put("new", text)

    assert "new" not in storage.worlds()


def test_a_seed_that_was_cut_short_is_sown_by_the_next_server(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = share(), share()
    seed = document(Worlds(first, load(), ScriptedClock()))
    first.drop_world("default")
    starting = Worlds(first, load(), ScriptedClock(), ready=False)
    fail_once(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        starting.initialize(seed, lambda *_: None, lambda _: None)

    other.lost(Elsewhere(first.me, "default"))  # it does not answer any more
    next_one = Worlds(other, load(), ScriptedClock(), ready=False)

    assert next_one.initialize(seed, lambda *_: None, lambda _: None) == PLAYERS
    assert len(next_one.open("default").store.openids()) == PLAYERS

"""tt.setStorage and its family: the data stays in the browser, where tt.js keeps it."""

from typing import Any

from tt_emulator.domain.turn import Turn


def acknowledge_storage_call(turn: Turn) -> dict[str, Any]:
    """Nothing: the call is here for the journal and for faults, and tt.js does the rest."""
    return {}

"""The end of a test's world: what went unnoticed in it, and what it can tell."""

from typing import TYPE_CHECKING

import pytest

from tt_emulator.errors import EmulatorError, Refused
from tt_emulator.pytest_plugin import account
from tt_emulator.pytest_plugin.world import TTEmulator

if TYPE_CHECKING:
    from tt_emulator.pytest_plugin.coverage import Ledger


def settle(
    emulator: TTEmulator,
    ledger: "Ledger | None",
    *,
    faults: bool,
    failures: bool,
    game_errors: bool,
) -> None:
    """Drop the world.

    Fails the test for `faults` that struck less often than they should, for `failures` of the
    emulator itself, and for `game_errors` that nobody expected.
    """
    uncaught = emulator.game.left() if game_errors else []
    emulator.reads_make_it = emulator.game.is_played  # what its pages said goes with the world
    if emulator.story:
        emulator.story.take()
    try:
        armed = emulator.faults()
    except Refused as refused:
        if refused.status != 404:
            raise
        return  # nobody came to this world
    problems = emulator.left(armed) if faults else []
    problems += _failures(emulator) if failures else []
    if uncaught:
        problems.append(account.uncaught(uncaught))
    if problems:
        emulator.sections = _sections(emulator)
    if ledger is not None:
        ledger.add_world(emulator.coverage(ledger.cover), emulator.platform)
    emulator.control("DELETE", f"/v1/worlds/{emulator.world}")
    emulator.close()
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def _failures(emulator: TTEmulator) -> list[str]:
    if emulator.count(error="emulator-failure"):
        return [account.failed(emulator.requests())]
    return []


def sections(emulator: TTEmulator) -> list[tuple[str, str]]:
    """What a report of a failure shows of the world, also after its end."""
    kept = [emulator.story.kept()] if emulator.story else []
    return _of_the_world(emulator) + kept


def _of_the_world(emulator: TTEmulator) -> list[tuple[str, str]]:
    if emulator.sections is not None:
        return emulator.sections
    try:
        return _sections(emulator)
    except EmulatorError as error:
        return [(f"tt-emulator, world {emulator.world}", f"nothing could be learnt: {error}")]


def _sections(emulator: TTEmulator) -> list[tuple[str, str]]:
    exchanges = emulator.requests()
    if exchanges:
        calls = account.journal(exchanges, emulator.platform, emulator.came(exchanges))
    else:
        strays, more = emulator.counted_strays()
        calls = account.silence(strays, more=more)
    shown = [(f"tt-emulator: calls in world {emulator.world}", calls)]
    if exchanges:
        title = f"tt-emulator: times of the calls, seed {emulator.health()['seed']}"
        shown.append((title, account.times(exchanges)))
    if armed := emulator.faults():
        shown.append(("tt-emulator: armed faults", "\n".join(map(account.described, armed))))
    if errors := emulator.game.errors():
        told = "\n".join(map(account.place, errors))
        shown.append(("tt-emulator: errors of the game", told))
    if log := emulator.log():
        shown.append(("tt-emulator: log of the server", account.log(log)))
    return shown

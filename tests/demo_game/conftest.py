from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from demo_game.game import Driver, Game
from required_programs import program
from tt_emulator.pytest_plugin.world import TTEmulator


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """One Node for all tests of a worker: what keeps them apart is their worlds."""
    with closing(Driver(program("node"))) as running:
        yield running


@pytest.fixture
def game(driver: Driver, tt_emulator: TTEmulator) -> Callable[[str], Game]:
    """`game("alice")` is the game as alice has it open."""
    return lambda player: Game(driver, tt_emulator, player)


@pytest.fixture
def alice(game: Callable[[str], Game]) -> Game:
    return game("alice")

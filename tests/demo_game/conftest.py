import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from demo_game.game import Driver, Game
from emulator.pytest_plugin.world import TTEmulator


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """One Node for all tests of a worker: what keeps them apart is their worlds."""
    node = shutil.which("node")
    if node is None:
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome("Node is not installed: the demo game needs it")
    with closing(Driver(node)) as running:
        yield running


@pytest.fixture
def game(driver: Driver, tt_emulator: TTEmulator) -> Callable[[str], Game]:
    """`game("alice")` is the game as alice has it open."""
    return lambda player: Game(driver, tt_emulator, player)


@pytest.fixture
def alice(game: Callable[[str], Game]) -> Game:
    return game("alice")

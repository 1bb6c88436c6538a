"""The demo game's own code, played under Node by tests in Python."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from emulator.pytest_plugin.world import TTEmulator

DRIVER = Path(__file__).parent / "driver.cjs"


class Outcome(NamedTuple):
    """What the game's callback received: the platform's failure object, or the score."""

    failure: dict[str, Any] | None
    score: int | None

    @property
    def code(self) -> int | None:
        return None if self.failure is None else self.failure.get("errorCode")


class Game:
    """The game of one player."""

    def __init__(self, play: Callable[..., Outcome], player: str) -> None:
        self._play = play
        self.player = player

    def open(self) -> Outcome:
        return self._play(self.player, "open")

    def load(self) -> Outcome:
        return self._play(self.player, "load")

    def save(self, score: int) -> Outcome:
        return self._play(self.player, "save", score)

    def submit(self, score: int) -> Outcome:
        return self._play(self.player, "submit", score)


@pytest.fixture(scope="session")
def driver() -> Iterator[subprocess.Popen[str]]:
    node = shutil.which("node")
    if node is None:
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome("Node is not installed: the demo game needs it")
    assert node is not None
    with subprocess.Popen(
        [node, str(DRIVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        yield child
        assert child.stdin is not None
        child.stdin.close()


@pytest.fixture
def game(driver: subprocess.Popen[str], tt_emulator: TTEmulator) -> Callable[[str], Game]:
    """`game("alice")` is the game as alice has it open."""
    assert driver.stdin is not None
    assert driver.stdout is not None
    told, heard = driver.stdin, driver.stdout

    def play(player: str, verb: str, *args: int) -> Outcome:
        place = {"url": tt_emulator.url, "world": tt_emulator.world, "player": player}
        told.write(json.dumps({**place, "verb": verb, "args": args}) + "\n")
        told.flush()
        return Outcome(**json.loads(heard.readline()))

    return lambda player: Game(play, player)


@pytest.fixture
def alice(game: Callable[[str], Game]) -> Game:
    return game("alice")

"""The demo game's own code in one Node process, as Python tests play it."""

import json
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from tt_emulator.pytest_plugin.world import TTEmulator

DRIVER = Path(__file__).parent / "driver.cjs"


class Outcome(NamedTuple):
    """What the game's callback received, the platform's failure object or the score.

    Of the whole game `score` is the best one it knows, and `shown` what its label says.
    """

    failure: dict[str, Any] | None
    score: int | None
    shown: str | None = None

    @property
    def code(self) -> int | None:
        return None if self.failure is None else self.failure.get("errorCode")


class Driver:
    """A Node process that plays for any player of any world, one move at a time."""

    def __init__(self, node: str) -> None:
        self._child = subprocess.Popen(
            [node, str(DRIVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def close(self) -> None:
        self._child.communicate()

    def play(self, **move: Any) -> Outcome:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps(move) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        assert line, "the game crashed; what it said stands on stderr"
        return Outcome(**json.loads(line))


class Game:
    """The game as one player has it open."""

    def __init__(self, driver: Driver, emulator: TTEmulator, player: str) -> None:
        self._driver = driver
        self._place = {"url": emulator.url, "world": emulator.world, "player": player}

    def open(self) -> Outcome:
        return self._play("open")

    def load(self) -> Outcome:
        return self._play("load")

    def save(self, score: int) -> Outcome:
        return self._play("save", score)

    def submit(self, score: int) -> Outcome:
        return self._play("submit", score)

    def start(self) -> Outcome:
        """The whole game, from its start to what it heard of the stored score."""
        return self._play("start")

    def round(self, blocks: int) -> Outcome:
        """One round of the whole game: so many blocks laid, one missed, and the save heard of."""
        return self._play("round", blocks)

    def _play(self, verb: str, *args: int) -> Outcome:
        return self._driver.play(**self._place, verb=verb, args=args)

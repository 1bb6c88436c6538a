"""A disk or a system that fails while the server runs: each write is refused in words, or kept."""

from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from entry_points import Answer
from rawhttp import Game, Wire, pair, request
from refusals import is_problem
from storage.disk.trouble import (
    FEW_FILES,
    NO_MORE_FILES,
    NO_MORE_SPACE,
    NO_WRITING,
    Means,
    clock_that_was_set_back,
)
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

SET, GET = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage"


class Saver:
    """A game on one connection, and what was acknowledged to it."""

    def __init__(self, port: int) -> None:
        self._wire = Wire(port)
        self._numbers = count(1)
        self.acknowledged: dict[str, str] = {}

    def __enter__(self) -> "Saver":
        return self

    def __exit__(self, *_: object) -> None:
        self._wire.close()

    def save(self, world: str = "default") -> Answer:
        """Save the next number."""
        number = str(next(self._numbers))
        answer = self._ask(SET, world, pair(number))
        if answer.status == 200:
            assert answer.json == {"errMsg": "setUserCloudStorage:ok"}
            self.acknowledged[world] = number
        return answer

    def saved(self, world: str = "default") -> str:
        value: str = self._ask(GET, world, b'{"keyList":["score"]}').json["data"][0]["value"]
        return value

    def refusal(self) -> Answer:
        """The first answer that refuses a save."""
        answers = (self.save() for _ in iter(int, 1))
        return next(answer for answer in answers if answer.status != 200)

    def _ask(self, path: str, world: str, body: bytes) -> Answer:
        self._wire.send(request("POST", path, body, f"X-Emulator-World: {world}"))
        return self._wire.answer()


def stored(data: Path) -> dict[str, str]:
    """What the next server finds, by world."""
    storage = TinyDBStorage(data)
    try:
        found = {}
        for world in storage.worlds():
            record = storage.open_world(world).get("player-1")
            if record is not None:
                found[world] = record.pairs["score"].value
        assert storage.set_aside() == []
        return found
    finally:
        storage.close()


def named(means: Any) -> str:
    return means.args[0] if isinstance(means, partial) else means.__name__


@pytest.mark.parametrize(
    ("means", "hint"),
    [
        *((means, "Free disk space") for means in NO_MORE_SPACE),
        *((means, "writable") for means in NO_WRITING),
    ],
    ids=lambda value: value if isinstance(value, str) else named(value),
)
def test_a_disk_that_takes_no_more_refuses_in_words_and_keeps_what_was_acknowledged(
    tmp_path: Path, means: Means, hint: str
) -> None:
    with means(tmp_path) as trouble, Saver(trouble.port) as saver:
        for _ in range(40):
            assert saver.save().status == 200

        trouble.begin()
        refusal = saver.refusal()
        is_problem(refusal, 507)
        assert "nothing has changed" in refusal.json["detail"]
        assert hint in refusal.json["hint"]
        assert saver.saved() == saver.acknowledged["default"]

        trouble.end()
        assert saver.save().status == 200
        trouble.stop()
        assert stored(trouble.data) == saver.acknowledged


@pytest.mark.parametrize("means", NO_MORE_FILES, ids=named)
def test_a_server_that_may_open_no_file_refuses_in_words_and_keeps_what_was_acknowledged(
    tmp_path: Path, means: Means
) -> None:
    with means(tmp_path) as trouble, Saver(trouble.port) as saver:
        assert saver.save("before").status == 200

        trouble.begin()
        for number in range(5):
            refusal = saver.save(f"meanwhile-{number}")  # a world's first write opens its log
            is_problem(refusal, 507)
            assert "Too many open files" in refusal.json["detail"]
            assert "ulimit" in refusal.json["hint"]
        assert saver.saved("before") == "1"

        trouble.end()
        assert saver.save("before").status == 200
        assert Game(trouble.port, "before").saved() == saver.acknowledged["before"]
        assert saver.save("meanwhile-1").status == 200
        trouble.stop()
        assert stored(trouble.data) == saver.acknowledged


@pytest.mark.parametrize("means", FEW_FILES, ids=named)
def test_more_worlds_than_the_system_gives_files_are_written_to_in_turn(
    tmp_path: Path, means: Means
) -> None:
    with means(tmp_path) as trouble, Saver(trouble.port) as saver:
        trouble.begin()
        for _ in range(2):
            for number in range(400):
                assert saver.save(f"world-{number}").status == 200
        trouble.stop()
        assert stored(trouble.data) == saver.acknowledged


def test_a_clock_that_is_set_back_loses_nothing(tmp_path: Path) -> None:
    with clock_that_was_set_back(tmp_path) as trouble, Saver(trouble.port) as saver:
        assert saver.save().status == 200
        trouble.begin()
        assert saver.save().status == 200
        assert saver.saved() == "2"

        exchanges = Game(trouble.port, "default").exchanges()
        assert all(exchange["duration_ms"] >= 0 for exchange in exchanges)
        trouble.stop()
        assert stored(trouble.data) == {"default": "2"}

"""A data directory has all of a server's life: ended between any two steps it goes on as if it had
not been.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from life import Conversation
from life_script import STEPS
from quick_start import Life, started
from redis_server import RedisServer
from tt_emulator.config import Settings

Rhythm = Callable[[int], Sequence[Callable[[Life], object]]]
"""How servers end after the step of that number, one after the other."""

kill, stop = Life.kill, Life.stop


def never(step: int) -> Sequence[Callable[[Life], object]]:
    return []


def after_each_step(step: int) -> Sequence[Callable[[Life], object]]:
    return [kill]


def seldom_twice_or_in_order(step: int) -> Sequence[Callable[[Life], object]]:
    return {3: [stop], 7: [kill, kill]}.get(step % 11, [])


def replies(settings: Settings, rhythm: Rhythm) -> Iterator[str]:
    """Those to all steps, from one server after the other."""
    conversation = Conversation()
    with ExitStack() as running:
        server = running.enter_context(started(settings))
        for number, step in enumerate(STEPS):
            yield conversation.reply(server.port, step)
            for end in rhythm(number):
                end(server)
                running.close()
                server = running.enter_context(started(settings))


@cache
def unharmed() -> list[str]:
    return list(replies(Settings(port=0, data=None), never))


def first_difference(settings: Settings, rhythm: Rhythm) -> str:
    """The first step that such a server answers otherwise than one that lives on in memory."""
    found = replies(settings, rhythm)
    for number, (step, wanted, got) in enumerate(zip(STEPS, unharmed(), found, strict=True)):
        if wanted != got:
            return f"{number}: {step}\nwanted: {wanted}\ngot: {got}"
    return ""


def test_a_server_that_lives_on_answers_the_same_again() -> None:
    assert first_difference(Settings(port=0, data=None), never) == ""


@pytest.mark.parametrize("sync", [False, True], ids=["disk", "sync"])
def test_a_server_that_lives_on_answers_the_same_with_a_data_directory(
    tmp_path: Path, sync: bool
) -> None:
    assert first_difference(Settings(port=0, data=tmp_path / "data", sync=sync), never) == ""


def test_servers_that_share_worlds_answer_as_one_that_lives_on(redis: RedisServer) -> None:
    assert first_difference(Settings(port=0, data=None, shared=redis.url), never) == ""


@pytest.mark.parametrize("rhythm", [after_each_step, seldom_twice_or_in_order])
def test_servers_that_are_killed_between_any_two_steps_are_followed_by_others(
    redis: RedisServer, rhythm: Rhythm
) -> None:
    assert first_difference(Settings(port=0, data=None, shared=redis.url), rhythm) == ""


@pytest.mark.parametrize("sync", [False, True], ids=["disk", "sync"])
def test_a_server_that_is_killed_between_any_two_steps_answers_as_one_that_lives_on(
    tmp_path: Path, sync: bool
) -> None:
    def difference(rhythm: Rhythm) -> str:
        data = tmp_path / rhythm.__name__
        return first_difference(Settings(port=0, data=data, sync=sync), rhythm)

    unharmed()
    with ThreadPoolExecutor() as servers:
        found = list(servers.map(difference, [after_each_step, seldom_twice_or_in_order]))
    assert found == ["", ""]

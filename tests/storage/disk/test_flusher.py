from collections.abc import Callable, Iterator
from queue import Queue

import pytest

from tt_emulator.storage.disk import flusher as module
from tt_emulator.storage.disk.flusher import Flusher, Late

SOON_S = 0.001
NEVER_S = 3600
PATIENCE_S = 30

Make = Callable[..., Flusher]


@pytest.fixture
def make() -> Iterator[Make]:
    made = []

    def make_one(work: Callable[[Late], bool], after_s: float = SOON_S) -> Flusher:
        made.append(Flusher(work, after_s))
        return made[-1]

    yield make_one
    for one in made:
        one.close()


def test_work_is_done_a_moment_after_waking(make: Make) -> None:
    rounds: Queue[bool] = Queue()

    def work(late: Late) -> bool:
        rounds.put(late())
        return True

    flusher = make(work)
    for _ in range(3):
        flusher.wake()
        assert rounds.get(timeout=PATIENCE_S) is False


def test_work_that_is_not_finished_is_taken_up_again(make: Make) -> None:
    rounds: Queue[int] = Queue()

    def work(late: Late) -> bool:
        rounds.put(rounds.qsize())
        return rounds.qsize() >= 3

    make(work).wake()
    assert [rounds.get(timeout=PATIENCE_S) for _ in range(3)]


def test_an_error_is_reported_and_the_work_taken_up_again(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes: Queue[Exception | None] = Queue()
    done: Queue[bool] = Queue()
    outcomes.put(ValueError("odd"))

    def work(late: Late) -> bool:
        if not outcomes.empty():
            raise outcomes.get() or AssertionError
        done.put(True)
        return True

    make(work).wake()
    assert done.get(timeout=PATIENCE_S)
    assert "could not be brought up to date" in caplog.text


def test_closing_does_the_work_a_last_time_without_waiting(make: Make) -> None:
    rounds = []
    flusher = make(lambda late: bool(rounds.append(late())) or True, after_s=NEVER_S)
    flusher.wake()
    flusher.close()
    assert rounds
    assert not any(rounds)


def test_closing_takes_no_longer_than_its_time(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLOSE_WITHIN_S", -1)
    rounds = []
    flusher = make(lambda late: bool(rounds.append(late())) or True, after_s=NEVER_S)
    flusher.close()
    assert all(rounds)


def test_closing_in_the_middle_of_a_round_ends_it_and_begins_another(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLOSE_WITHIN_S", -1)
    began: Queue[bool] = Queue()

    def work(late: Late) -> bool:
        began.put(True)
        while not late():
            pass
        return True

    flusher = make(work)
    flusher.wake()
    assert began.get(timeout=PATIENCE_S)
    flusher.close()
    assert began.qsize() == 1


def test_one_round_at_a_time(make: Make) -> None:
    inside: Queue[int] = Queue()
    rounds: Queue[int] = Queue()

    def work(late: Late) -> bool:
        inside.put(1)
        rounds.put(inside.qsize())
        inside.get()
        return True

    flusher = make(work, after_s=0)
    for _ in range(50):
        flusher.wake()
        flusher.flush()
    assert {rounds.get() for _ in range(rounds.qsize())} == {1}


def test_after_each_file_it_rests_longer_than_it_used_the_processor(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_s, rests_s, done = [0.0], [], Queue()
    monkeypatch.setattr(module, "thread_time", lambda: used_s[0])

    def work(late: Late) -> bool:
        for more_s in (0.001, 0.02):
            used_s[0] += more_s
            late()
        done.put(True)
        return True

    flusher = make(work)
    monkeypatch.setattr(flusher._stopping, "wait", rests_s.append)
    flusher.wake()
    assert done.get(timeout=PATIENCE_S)
    assert rests_s == pytest.approx([SOON_S, 0.003, 0.06])


def test_a_round_that_somebody_asks_for_does_not_rest(make: Make) -> None:
    rests_s: list[float] = []
    flusher = make(lambda late: late() or True, after_s=NEVER_S)
    flusher._stopping.wait, wait = rests_s.append, flusher._stopping.wait
    flusher.flush()
    flusher._stopping.wait = wait
    assert rests_s == []

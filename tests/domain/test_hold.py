from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Wait


def test_a_release_wakes_everybody_once():
    hold = Hold()
    woken: list[str] = []
    hold.add(lambda: woken.append("a"))
    hold.add(lambda: woken.append("b"))

    hold.release()
    hold.release()

    assert woken == ["a", "b"]


def test_who_comes_after_the_release_is_woken_at_once():
    hold = Hold()
    hold.release()
    woken: list[str] = []

    hold.add(lambda: woken.append("late"))

    assert woken == ["late"]


def test_who_has_left_is_not_woken():
    hold = Hold()
    woken: list[str] = []

    def wake() -> None:
        woken.append("left")

    hold.add(wake)
    hold.remove(wake)
    hold.release()
    hold.remove(wake)

    assert woken == []


def test_a_wait_is_shorter_by_each_share_that_is_released():
    first, second = Hold(), Hold()
    wait = Wait(150, ((100, first), (50, second)))
    assert wait.wanted_ms() == 150

    first.release()
    assert wait.wanted_ms() == 50
    second.release()
    assert wait.wanted_ms() == 0


def test_waits_that_last_as_long_are_equal_whoever_can_end_them():
    assert Wait(50) == Wait(50, ((50, Hold()),))
    assert hash(Wait(50)) == hash(Wait(50, ((50, Hold()),)))
    assert Wait(50) != Wait(51)
    assert Wait(50) != 50

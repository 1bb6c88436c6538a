from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from emulator.journal import Feed


def test_who_comes_later_hears_what_was_told_and_only_that_which_is_new():
    feed = Feed()
    for number in range(3):
        feed.publish("state", lambda number=number: number)

    assert [event.view() for event in feed.after(0, 0)] == [0, 1, 2]
    assert [event.view() for event in feed.after(2, 0)] == [2]
    assert feed.after(3, 0) == []


def test_the_latest_1000_are_remembered_and_ids_count_on():
    feed = Feed()
    for _ in range(1500):
        feed.publish("state", dict)

    ids = [event.id for event in feed.after(0, 0)]

    assert ids == list(range(501, 1501))


def test_everybody_who_waits_hears_of_a_change():
    feed = Feed()
    with ThreadPoolExecutor(8) as threads:
        heard = [threads.submit(feed.after, 0, 30) for _ in range(8)]
        feed.publish("state", dict)

    assert [len(one.result()) for one in heard] == [1] * 8


def test_what_already_holds_is_not_waited_for():
    assert Feed().wait_for(lambda: True, 30)


def test_the_time_can_be_over():
    assert not Feed().wait_for(lambda: False, 0.01)


def test_the_end_lets_everybody_go():
    feed = Feed()
    waiting = Thread(target=feed.wait_for, args=(lambda: False, 120))
    waiting.start()

    feed.close()

    waiting.join(30)
    assert not waiting.is_alive()


def test_who_comes_from_an_earlier_life_of_the_server_hears_the_history():
    feed = Feed()
    feed.publish("state", dict)

    assert len(feed.after(10, 0)) == 1

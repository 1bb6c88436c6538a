from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.journal import Event, Feed
from tt_emulator.journal.feed import MAX_EVENTS


def published(number: int) -> Feed:
    feed = Feed()
    for _ in range(number):
        feed.publish("state")
    return feed


def ids(events: list[Event]) -> list[int]:
    return [event.id for event in events]


def test_who_comes_later_hears_what_was_published_and_only_that_which_is_new():
    feed = Feed()
    feed.publish("state")
    with feed.lock:
        feed.add("exchange", 7)
    feed.publish("faults")

    assert feed.after(0) == [Event(1, "state"), Event(2, "exchange", 7), Event(3, "faults")]
    assert ids(feed.after(2)) == [3]
    assert feed.after(3) == []


@given(number=st.integers(0, 2 * MAX_EVENTS + 3), after=st.integers(0, 2100), limit=st.integers(0))
def test_of_the_latest_1000_those_after_an_id_are_given_as_many_as_are_asked(number, after, limit):
    remembered = range(max(1, number - MAX_EVENTS + 1), number + 1)
    new = [each for each in remembered if each > after or after > number]

    assert ids(published(number).after(after, limit)) == new[:limit]


def test_who_comes_from_an_earlier_life_of_the_server_hears_the_history():
    assert ids(published(1).after(10)) == [1]


def test_everybody_who_listens_is_woken_by_each_change_and_by_the_end():
    feed = published(1)
    woken: list[str] = []
    with feed.listening(lambda: woken.append("a")), feed.listening(lambda: woken.append("b")):
        feed.publish("state")
        feed.close()

    assert woken == ["a", "b", "a", "b"]
    assert feed.closed


def test_who_has_left_is_woken_no_more_and_the_others_are():
    feed = Feed()
    woken: list[str] = []
    with feed.listening(lambda: woken.append("stays")):
        with feed.listening(lambda: woken.append("leaves")):
            pass
        feed.publish("state")
    feed.publish("state")

    assert woken == ["stays"]

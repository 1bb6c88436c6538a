"""A feed is written with the deeds that publish, and seen once they are."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.restored import WrittenDeed
from tt_emulator.journal import Event, Feed
from tt_emulator.journal.effects import Published
from tt_emulator.journal.feed import MAX_EVENTS

KINDS = st.sampled_from(["journal", "faults", "state"])


def again(lines: list[list[bytes]]) -> Feed:
    """A feed made again of what was written."""
    feed = Feed("changes", WrittenDeed())
    for line in lines:
        for text in line:
            feed.restore(msgspec.json.decode(text, type=Published))
    feed.show()
    return feed


@given(steps=st.lists(st.lists(KINDS, min_size=1, max_size=4), max_size=12))
def test_what_each_deed_wrote_gives_the_same_events(steps: list[list[str]]) -> None:
    deed = WrittenDeed()
    feed = Feed("changes", deed)
    for kinds in steps:
        with deed:
            for kind in kinds:
                feed.publish(kind)
        feed.show()
    assert again(deed.lines).after(0) == feed.after(0)
    assert [event.kind for event in feed.after(0)] == [kind for kinds in steps for kind in kinds]


@given(steps=st.lists(st.integers(1, 4), max_size=12))
def test_deeds_that_are_not_shown_yet_are_written_all_the_same(steps: list[int]) -> None:
    deed = WrittenDeed()
    feed = Feed("changes", deed)
    for number in steps:
        with deed:
            for _ in range(number):
                feed.publish("state")
    assert feed.after(0) == []
    feed.show()
    assert again(deed.lines).after(0) == feed.after(0)


@pytest.mark.parametrize("number", [0, 1, MAX_EVENTS - 1, MAX_EVENTS, MAX_EVENTS + 1, 2345])
def test_the_whole_gives_the_latest_events(number: int) -> None:
    deed = WrittenDeed()
    feed = Feed("changes", deed)
    for place in range(number):
        with deed, feed.lock:
            feed.add("exchange" if place % 3 else "state", place % 3 and place)
        feed.show()
    whole = again([[msgspec.json.encode(feed.written())]])
    assert whole.after(0) == feed.after(0)
    assert (whole.last_id, whole.added_id) == (number, number)
    for each in (whole, feed):
        each.publish("faults")
        each.show()
    assert whole.after(0) == feed.after(0)


def test_nobody_sees_or_hears_of_a_change_before_it_is_written() -> None:
    deed = WrittenDeed()
    feed = Feed("changes", deed)
    heard: list[int] = []
    with feed.listening(lambda: heard.append(feed.last_id)):
        with deed:
            feed.publish("state")
            assert (feed.last_id, feed.added_id, feed.after(0), heard) == (0, 1, [], [])
        feed.show()
    assert (heard, feed.after(0)) == ([1], [Event(1, "state")])


def test_a_feed_of_which_nothing_is_written_is_seen_at_once() -> None:
    feed = Feed()
    heard: list[int] = []
    with feed.listening(lambda: heard.append(feed.last_id)):
        feed.publish("state")
    assert heard == [1]


def test_who_listens_stays_when_it_is_made_again() -> None:
    feed = Feed("changes", WrittenDeed())
    feed.publish("state")
    written = feed.written()
    heard: list[int] = []
    with feed.listening(lambda: heard.append(feed.last_id)):
        feed.forget_all()
        feed.restore(written)
        feed.show()
    assert heard == [1]

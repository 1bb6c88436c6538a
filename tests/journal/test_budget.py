"""What the journals of all worlds hold together: a total, and a way back from it."""

from hypothesis import given
from hypothesis import strategies as st

from journal.answered import answer, ids, journal
from tt_emulator.journal.budget import LEAST_BYTES, MAX_BYTES, MAX_WORLD_BYTES, Budget, Share
from tt_emulator.world import MAX_WORLDS

KIB = 1024
MIB = 1024 * KIB


def share(budget: Budget, wanted: int = 0) -> Share:
    made = budget.join(lambda: None)
    budget.grow(made, wanted)
    return made


def test_each_world_that_there_may_be_has_room_for_its_latest_calls():
    assert MAX_WORLDS * LEAST_BYTES <= MAX_BYTES


def test_one_world_alone_holds_as_much_as_a_world_may():
    alone = share(Budget(), 10 * MAX_WORLD_BYTES)

    assert alone.max_bytes == MAX_WORLD_BYTES


ACTS = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["grow", "fit", "leave"]), st.integers(0, 2 * MIB)
    ),
    max_size=40,
)


@given(acts=ACTS)
def test_all_together_never_hold_more_than_the_total_and_who_is_refused_holds_as_much_as_any(acts):
    budget = Budget(max_bytes=MIB)
    shares = [share(budget) for _ in range(6)]
    for number, act, size in acts:
        one = shares[number]
        if act == "leave" and one.left:
            continue
        getattr(budget, act)(one, *([] if act == "leave" else [size]))

        assert sum(each.max_bytes for each in shares) <= MIB
        if act == "grow" and one.max_bytes < min(size, MAX_WORLD_BYTES) and not one.left:
            assert one.max_bytes == max(each.max_bytes for each in shares)

    for each in shares:
        if not each.left:
            budget.leave(each)
    assert share(budget, MIB).max_bytes == MIB


def test_the_world_that_holds_most_gives_first_and_every_world_keeps_its_latest_calls():
    budget = Budget(max_bytes=MIB + 3 * LEAST_BYTES)
    large, *small = (journal(budget) for _ in range(4))
    for _ in range(200):
        answer(large, size=4 * KIB)
    held_alone = len(ids(large))
    for one in small:
        for _ in range(40):
            answer(one, size=4 * KIB)

    assert held_alone > 180
    assert [ids(one) for one in small] == [list(range(1, 41))] * 3
    assert len(ids(large)) == 46  # as much as each of the others may hold


def test_ids_and_counts_stay_right_in_a_world_that_gave():
    budget = Budget(max_bytes=MIB)
    first, second = journal(budget), journal(budget)
    for one in (first, second):
        for _ in range(300):
            answer(one, size=4 * KIB)
    answer(first, size=4 * KIB)

    assert ids(first)[-1] == 301
    assert ids(first) == list(range(302 - len(ids(first)), 302))
    assert first.calls() == {"login": 301}
    assert ids(second)[-1] == 300


def test_what_a_world_gave_it_takes_again_when_another_is_dropped():
    budget = Budget(max_bytes=MIB + LEAST_BYTES)
    stays, goes = journal(budget), journal(budget)
    for one in (stays, goes):
        for _ in range(300):
            answer(one, size=4 * KIB)
    held_before = len(ids(stays))
    goes.give_back()
    for _ in range(300):
        answer(stays, size=4 * KIB)

    assert ids(goes) == []
    assert held_before < 150
    assert len(ids(stays)) > 180


def test_what_is_cleared_in_one_world_makes_room_in_another():
    budget = Budget(max_bytes=MIB + LEAST_BYTES)
    cleared, other = journal(budget), journal(budget)
    for _ in range(250):
        answer(cleared, size=4 * KIB)
    cleared.clear()
    for _ in range(200):
        answer(other, size=4 * KIB)

    assert len(ids(other)) > 180


def test_a_call_that_is_answered_in_a_dropped_world_is_not_held():
    budget = Budget(max_bytes=MIB)
    dropped = journal(budget)
    dropped.give_back()
    answer(dropped, size=4 * KIB)

    assert ids(dropped) == []
    assert share(budget, MIB).max_bytes == MIB


def test_what_a_call_takes_beside_its_text_counts_too():
    budget = Budget(max_bytes=64 * KIB)
    one = journal(budget)
    for _ in range(1000):
        answer(one)

    assert len(ids(one)) <= 64

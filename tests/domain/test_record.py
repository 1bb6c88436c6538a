from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.domain.record import Change, Pair, Record, apply

KEYS = st.sampled_from("abcd")
PAIRS = st.dictionaries(KEYS, st.builds(Pair, st.text(max_size=2), st.integers(0, 9)))
CHANGES = st.builds(
    Change,
    put=PAIRS,
    remove=st.lists(KEYS).map(tuple),
    profile=st.dictionaries(KEYS, st.none() | st.integers()),
)


@given(PAIRS, CHANGES)
def test_what_a_change_removes_is_absent_and_what_it_puts_is_there(
    pairs: dict[str, Pair], change: Change
) -> None:
    record = Record(dict(pairs))
    apply(change, record)
    kept = {**pairs, **change.put}
    assert record.pairs == {key: kept[key] for key in kept if key not in change.remove}


@given(st.dictionaries(KEYS, st.integers()), CHANGES)
def test_none_deletes_a_profile_field_and_other_values_replace_it(
    profile: dict[str, int], change: Change
) -> None:
    record = Record(profile=dict(profile))
    apply(change, record)
    merged = {**profile, **change.profile}
    assert record.profile == {name: value for name, value in merged.items() if value is not None}


@given(PAIRS, st.lists(CHANGES, max_size=5))
def test_changes_applied_again_from_any_point_on_lead_to_the_same_record(
    pairs: dict[str, Pair], changes: list[Change]
) -> None:
    once, again = Record(dict(pairs)), Record(dict(pairs))
    for change in changes:
        apply(change, once)
    for start in range(len(changes) + 1):
        for change in changes[start:] if start else changes:
            apply(change, again)
        assert again == once

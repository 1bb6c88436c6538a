"""No value that people choose changes how the sentence round it is read."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tt_emulator.domain.hosts import require_host
from tt_emulator.domain.options import check
from tt_emulator.domain.settings import Host
from tt_emulator.errors import ApiError
from tt_emulator.faults.near_miss import near_miss
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.tally import Tally
from tt_emulator.journal.match import Kind, Match
from tt_emulator.language import translate
from tt_emulator.language.quoting import MAX_CHARACTERS, fault_name, quoted, quoted_apart
from tt_emulator.language.templates import pairs
from tt_emulator.platforms.tt.pages import load

TAME = "tame"
CHARACTERS = st.characters(exclude_categories=["Cs"])
LIKE_OURS = st.sampled_from(
    [
        *sorted(pairs()),
        "a struck, hit 3, f2 (b) struck, hit 4",
        "a) struck, hit 3, f2 (b",
        "bob against alice; f1 decided first, once",
        "x; other calls did not match: key 2",
        "' against '",
        '" against "',
        "a, b against c",
    ]
)
ENDS = st.text(CHARACTERS, max_size=3)
VALUES = st.text(CHARACTERS, min_size=1) | st.builds(
    lambda begin, inside, end: begin + inside + end, ENDS, LIKE_OURS, ENDS
)


def reads_the_same(sentence, value, shown_tame=TAME):
    """The Chinese of the sentence with the value is that with a tame one, the values apart."""
    english = sentence(TAME)
    chinese = translate(english, "zh")
    assert chinese != english
    begin, end = english.split(shown_tame)
    shown = sentence(value).removeprefix(begin).removesuffix(end)
    assert translate(sentence(value), "zh") == chinese.replace(shown_tame, shown)


def near(field):
    def sentence(value):
        spec = {"player": "alice", "key": "k*"} | (
            {field: value} if field in ("player", "key") else {}
        )
        tally = Tally()
        if "key" in field:
            tally.record_key(["x", value if field == "last key" else "y"])
        else:
            tally.player, tally.last_player = 2, value if field == "last player" else "bob"
        tally.domain = 3
        return near_miss(FaultSpec(**spec), tally, {"login": 2})

    return sentence


@pytest.mark.parametrize("field", ["player", "last player", "key", "last key"])
@given(value=VALUES)
@example(value="a, b")
@example(value="bob against alice")
@example(value="'")
@example(value="\\")
@example(value="0.")
@example(value=";")
@example(value="0, the limit is 5")
def test_a_near_miss_keeps_its_values_whole(field, value):
    reads_the_same(near(field), value)


@given(value=VALUES)
@example(value="a struck, hit 3, f2 (b) struck, hit 4")
@example(value="a) struck, hit 3, f2 (b")
@example(value="it's")
@example(value="\\")
def test_a_label_stays_a_label(value):
    def sentence(label):
        return f"{fault_name('f1', label)} struck, hit 3, f2 (b) let it through"

    assert translate(sentence(TAME), "zh") == f"f1（{TAME}）触发，第 3 次，f2（b）放行"
    shown = fault_name("f1", value).removeprefix("f1 (").removesuffix(")")
    assert translate(sentence(value), "zh") == f"f1（{shown}）触发，第 3 次，f2（b）放行"


def test_a_fault_without_a_label_is_its_id():
    assert translate(f"{fault_name('f1', None)} had no luck, match 2", "zh") == (
        "f1 未抽中，第 2 次匹配"
    )
    assert fault_name("f1", "") == "f1"


def reason(raised):
    with pytest.raises(ApiError) as caught:
        raised()
    return caught.value.reason


@given(value=VALUES.map(lambda text: text[:64]))
def test_the_name_of_an_app_stays_a_name(value):
    login = load().apis["login"]

    reads_the_same(
        lambda name: reason(
            lambda: require_host(login, Host(appName=name, unsupported=("login",)))
        ),
        value,
    )


@given(value=VALUES)
def test_an_option_that_cannot_be_is_shown_whole(value):
    board = load().apis["getCloudStorageByRelation"]
    assume(value not in ("friend", "recommend", "group"))

    def sentence(kind):
        return reason(lambda: check(board, {"type": kind, "keyList": []}))

    reads_the_same(sentence, value, repr(TAME))


@given(value=VALUES)
def test_a_player_that_differs_stays_a_player(value):
    def sentence(player):
        (shown,) = Match(player="alice").failing(Kind("login", player, "ok", None))
        return f"#1 login: {shown}"

    reads_the_same(sentence, value)


@given(value=VALUES)
def test_whatever_is_quoted_is_one_short_printable_line(value):
    shown = quoted(value)

    assert shown.isprintable()
    assert len(shown) <= 10 * (MAX_CHARACTERS + 3)
    assert "; " not in shown
    if shown != value:
        assert shown[0] in "'\"" or shown.endswith("…")


LONG = st.text("ab", min_size=MAX_CHARACTERS - 1, max_size=MAX_CHARACTERS * 3)


@given(LONG, st.text("ab*", max_size=5), st.text("ab", max_size=80))
@example("x" * 70, "", "y")
@example("x" * 64, "", "y")
@example("x" * 200, "y", "")
def test_two_long_values_that_differ_read_differently(alike, begin, end):
    value, other = alike + "c" + end, alike + begin + end
    one, two = quoted_apart(value, other)

    assert one != two
    assert max(len(one), len(two)) <= MAX_CHARACTERS + 4


def test_values_that_differ_where_both_are_shown_are_cut_as_any():
    values = "x" * 100, "y" * 100

    assert quoted_apart(*values) == (quoted(values[0]), quoted(values[1]))

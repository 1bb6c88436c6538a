"""What is wrong with a JSON value is reported with its place, and with what was probably meant."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import Struct

from tt_emulator.domain.reading import nearest, nearest_api, read, unknown_api
from tt_emulator.errors import Flaw
from tt_emulator.platforms.tt.pages import load

APIS = load().apis
ERRORS = ["session-failure", "bad-parameter", "server-error", "network-unavailable"]


class Inner(Struct, frozen=True, forbid_unknown_fields=True):
    number: int = 0
    by_name: dict[str, int] = {}


class Outer(Struct, frozen=True, forbid_unknown_fields=True):
    inner: Inner = Inner()
    items: list[Inner] = []


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("network-unavailabel", "did you mean network-unavailable?"),
        ("NETWORK_UNAVAILABLE", "did you mean network-unavailable?"),
        ("network unavailable", "did you mean network-unavailable?"),
        ("servererror", "did you mean server-error?"),
        ("zzz", f"known: {', '.join(ERRORS)}"),
        (7, f"known: {', '.join(ERRORS)}"),
        ("", f"known: {', '.join(ERRORS)}"),
        ("x" * 1_000_000, f"known: {', '.join(ERRORS)}"),
    ],
)
def test_the_nearest_name_is_offered_or_all(word, offered):
    assert nearest(word, ERRORS) == offered


def test_the_likeliest_is_offered_first():
    assert nearest("getstorage", APIS).startswith("did you mean getStorage or ")


@pytest.mark.parametrize("name", ["getFriendCloudStorage", "getGroupCloudStorage"])
def test_what_another_platform_calls_by_that_name_comes_first(name):
    assert unknown_api(name, APIS) == (
        f"unknown API {name!r}; did you mean getCloudStorageByRelation "
        "or getUserCloudStorage or setUserCloudStorage?"
    )


def test_no_counterpart_is_a_name_of_this_platform():
    assert not {name for api in APIS.values() for name in api.counterparts} & APIS.keys()


@pytest.mark.parametrize(("name", "message"), [(None, ""), ("login", "")])
def test_of_a_known_name_or_none_nothing_is_told(name, message):
    assert unknown_api(name, APIS) == message


def test_a_long_name_is_told_in_short():
    assert unknown_api("x" * 5000, APIS).startswith(f"unknown API '{'x' * 64}…'; known: ")
    assert nearest_api("x" * 5000, APIS).startswith("known: ")


@pytest.mark.parametrize(
    ("raw", "pointer", "detail"),
    [
        ({"inner": {"number": "1"}}, "/inner/number", "Expected int, got str"),
        ({"items": [{}, {"numbr": 1}]}, "/items/1/numbr", "unknown field 'numbr'"),
        ({"iner": {}}, "/iner", "unknown field 'iner'; did you mean inner?"),
        ({"inner": {"by_name": {"a.b[0]": "x"}}}, "/inner/by_name", "Expected int, got str"),
        ({"a/b~c": 1}, "/a~1b~0c", "unknown field 'a/b~c'; known: inner, items"),
        ({"x - at `$.y`": 1}, "/x - at `$.y`", "unknown field 'x - at `$.y`'; known: inner, items"),
        ({"inner": {"` - at `$.z`": 1}}, "/inner/` - at `$.z`", "unknown field '` - at `$.z`'"),
        ({"inner": {"a\nb": 1}}, "/inner/a\nb", r"unknown field 'a\nb'"),
        ([], "", "Expected object, got array"),
    ],
)
def test_a_flaw_is_told_with_its_place(raw, pointer, detail):
    assert read(raw, Outer) == Flaw(pointer, detail)


@given(field=st.text(st.characters(exclude_categories=["Cs"])))
def test_the_place_of_an_unknown_field_is_a_json_pointer_to_it(field):
    assume(field not in Inner.__struct_fields__)

    flaw = read({"inner": {field: 1}}, Outer)

    assert isinstance(flaw, Flaw)
    assert [each.replace("~1", "/").replace("~0", "~") for each in flaw.pointer.split("/")] == [
        *("", "inner", field)
    ]

import pytest

from tt_emulator.errors import PackageError
from tt_emulator.package.game_json import NamedPlugin, Subpackage, parsed, plain_path


def test_what_matters_of_it_is_read():
    game = parsed(
        b"""{"deviceOrientation": "landscape", "openDataContext": "./open/data/",
        "networkTimeout": {"request": 5000}, "plugins": {"cocos": {"version": "2.4.9"}},
        "subpackages": [{"name": "stage", "root": "stages/one/"}], "workers": "w", "new": [1]}"""
    )
    assert game.orientation == "landscape"
    assert game.open_data == "open/data"
    assert game.timeouts_ms["request"] == 5000
    assert game.timeouts_ms["uploadFile"] == 60_000
    assert game.plugins == (NamedPlugin("cocos", "2.4.9"),)
    assert game.subpackages == (Subpackage("stage", "stages/one"),)
    assert "new" in game.fields


def test_an_empty_one_says_nothing():
    game = parsed(b"{}")
    assert (game.orientation, game.open_data, game.subpackages, game.plugins) == (
        None,
        None,
        (),
        (),
    )


def test_a_byte_order_mark_is_no_part_of_it():
    assert parsed(b'\xef\xbb\xbf{"deviceOrientation": "portrait"}').orientation == "portrait"


def test_both_spellings_of_subpackages_are_read():
    assert parsed(b'{"subPackages": [{"root": "a.js"}]}').subpackages == (
        Subpackage("a.js", "a.js"),
    )


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"{", "it is no JSON"),
        (b"\xff", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "it is no object"),
        (b'{"deviceOrientation": 1}', "deviceOrientation is no text"),
        (b'{"openDataContext": []}', "openDataContext is no text"),
        (b'{"subpackages": {}}', "subpackages is no list"),
        (b'{"subpackages": [{}]}', "an entry of subpackages has no root"),
        (b'{"subPackages": [{"root": "a", "name": 1}]}', "an entry of subPackages has no root"),
        (b'{"plugins": []}', "plugins is no object"),
        (b'{"networkTimeout": {"request": "5"}}', "networkTimeout.request is no number"),
        (b'{"networkTimeout": {"request": true}}', "networkTimeout.request is no number"),
        (b'{"networkTimeout": {"request": 0}}', "networkTimeout.request is no number"),
    ],
)
def test_one_that_is_broken_is_refused_in_a_sentence_that_says_where(text, why):
    with pytest.raises(PackageError) as caught:
        parsed(text)
    assert why in caught.value.detail
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("path", "plain"), [("./a//b/", "a/b"), ("a", "a"), ("/", ""), ("../a", "../a")]
)
def test_a_path_is_written_in_one_way(path, plain):
    assert plain_path(path) == plain

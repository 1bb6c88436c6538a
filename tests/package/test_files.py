import os
from pathlib import Path

import pytest

from tt_emulator.package.files import Files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    for name in ("game.js", "res/a.png", "res/.hidden", ".git/config", "res/无.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (tmp_path / "outside.txt").write_text("secret")
    return folder


def test_a_file_is_found_by_its_path(root):
    assert Files(root).find("res/a.png") == root / "res" / "a.png"
    assert Files(root).find("res/无.txt") == root / "res" / "无.txt"


@pytest.mark.parametrize("path", ["a/a", "1/1/1", "x/y/x", "a/b/a/b", "js/js"])
def test_a_file_may_have_the_name_of_a_folder_above_it(root, path):
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text("")
    assert Files(root).find(path) == root / path


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "res", "res/", "nothing.js", "game.js/", "game.js/x", "//game.js", "/game.js"),
        *("../outside.txt", "res/../game.js", "./game.js", "..", "res/./a.png", "res/..", "...."),
        *("res/.hidden", ".git/config", "res\\a.png", "res/a.png.", "game.js ", "C:game.js"),
        *("game.js:stream", "game.js\0", "GAME.JS", "Res/a.png", "res/a.PNG"),
    ],
)
def test_nothing_else_is(root, path):
    assert Files(root).find(path) is None


def test_a_link_leads_nowhere_whatever_it_points_to(root, tmp_path):
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "inner.js").symlink_to(root / "game.js")
    (root / "up").symlink_to(tmp_path)
    files = Files(root)
    for path in ("link.txt", "inner.js", "up/outside.txt", "up/package/game.js"):
        assert files.find(path) is None
    assert set(files.sizes()) == {"game.js", "res/a.png", "res/无.txt"}


def test_what_is_no_file_is_not_served(root):
    os.mkfifo(root / "pipe")
    assert Files(root).find("pipe") is None
    assert "pipe" not in Files(root).sizes()


def test_all_are_listed_with_their_sizes_and_in_order(root):
    assert list(Files(root).sizes().items()) == [
        ("game.js", 7),
        ("res/a.png", 9),
        ("res/无.txt", 11),
    ]


def test_scripts_are_read(root):
    files = Files(root)
    assert list(files.scripts(files.sizes())) == [("game.js", b"game.js")]


def test_what_is_listed_is_found_and_what_is_found_is_listed(root):
    files = Files(root)
    for path in files.sizes():
        assert files.find(path) is not None


def test_a_folder_that_is_gone_has_nothing(tmp_path):
    files = Files(tmp_path / "gone")
    assert files.sizes() == {}
    assert files.find("game.js") is None


def test_where_the_system_takes_other_spellings_the_name_that_is_there_counts(root):
    files = Files(root)
    files._exact = True  # as on Windows and macOS
    assert files.find("res/a.png") is not None
    (root / "Res").mkdir()
    (root / "Res" / "b.png").write_text("")
    assert files.find("Res/b.png") is not None
    assert files.find("Res/a.png") is None

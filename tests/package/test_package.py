import json
from pathlib import Path

import pytest

from tt_emulator.errors import PackageError
from tt_emulator.package import read


def written(folder: Path, game: object = None, **project: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "game.json").write_text(json.dumps(game or {}))
    (folder / "game.js").write_text("tt.login({})")
    if project:
        (folder / "project.config.json").write_text(json.dumps(project))
    return folder


def test_a_folder_with_game_json_and_game_js_is_one(tmp_path):
    package = read(written(tmp_path / "g", {"deviceOrientation": "portrait"}))
    assert package.root == tmp_path / "g"
    assert package.orientation == "portrait"
    assert package.seen_as.names == ("tt",)
    assert package.engine is None


def test_project_config_json_may_name_the_folder(tmp_path):
    written(tmp_path / "p" / "dist")
    (tmp_path / "p" / "project.config.json").write_text(
        '{"miniprogramRoot": "./dist/", "appid": "wx123"}'
    )
    package = read(tmp_path / "p")
    assert package.root == (tmp_path / "p" / "dist").resolve()
    assert package.seen_as.names == ("wx",)


def test_one_that_names_itself_is_the_folder(tmp_path):
    folder = written(tmp_path / "g", miniprogramRoot="./", appid="tt1")
    assert read(folder).root == folder


@pytest.mark.parametrize("named", ["../other", "/", "..", "a/../../other"])
def test_it_names_no_folder_outside(tmp_path, named):
    written(tmp_path / "other")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "project.config.json").write_text(json.dumps({"miniprogramRoot": named}))
    with pytest.raises(PackageError, match="which is not in"):
        read(tmp_path / "p")


@pytest.mark.parametrize("text", ["{", "[]", '{"miniprogramRoot": 5, "appid": 7}', "\udcff"])
def test_what_cannot_be_read_of_it_tells_nothing(tmp_path, text):
    folder = written(tmp_path / "g")
    (folder / "project.config.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read(folder).seen_as.names == ("tt",)


def test_without_an_orientation_that_of_the_platform_holds(tmp_path):
    assert read(written(tmp_path / "g")).orientation == "landscape"
    assert read(written(tmp_path / "g"), as_="wx").orientation == "portrait"


def test_where_there_is_no_game_json_it_is_said(tmp_path):
    with pytest.raises(PackageError, match=r"no game\.json"):
        read(tmp_path)


def test_where_there_is_no_game_js_it_is_said(tmp_path):
    folder = written(tmp_path / "g")
    (folder / "game.js").unlink()
    with pytest.raises(PackageError, match=r"no game\.js"):
        read(folder)


def test_what_is_no_folder_is_said(tmp_path):
    with pytest.raises(PackageError, match="is no folder"):
        read(tmp_path / "nothing")


def test_a_plugin_that_is_not_there_is_named_with_its_version_and_the_flag(tmp_path):
    package = read(written(tmp_path / "g", {"plugins": {"cocos": {"version": "2.4.9"}}}))
    with pytest.raises(PackageError) as caught:
        package.require_plugins()
    assert "'cocos', version 2.4.9" in caught.value.detail
    assert caught.value.hint.endswith("--plugin cocos=DIR")
    assert caught.value.exit_code == 4


def test_a_folder_stands_in_for_a_plugin(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "cc.js").write_text("")
    folder = written(tmp_path / "g", {"plugins": {"cocos": {}}})
    package = read(folder, plugins={"cocos": tmp_path / "engine"})
    package.require_plugins()
    assert list(package.plugins["cocos"].sizes()) == ["cc.js"]


def test_a_folder_for_a_plugin_must_be_one(tmp_path):
    with pytest.raises(PackageError, match="is no folder"):
        read(written(tmp_path / "g"), plugins={"cocos": tmp_path / "none"})


@pytest.mark.parametrize(
    ("file", "engine"),
    [
        ("cocos2d-js-min.js", "Cocos Creator"),
        ("src/cocos-js/cc.abc.js", "Cocos Creator"),
        ("libs/laya.core.js", "LayaAir"),
        ("js/egret.min.js", "Egret"),
        ("lib/phaser.min.js", "Phaser"),
        ("pixi.js", "PixiJS"),
        ("createjs.js", "CreateJS"),
        ("unity-namespace.js", "Unity"),
        ("mypixiesandphasers/x.js", None),
    ],
)
def test_the_engine_is_known_by_its_files(tmp_path, file, engine):
    folder = written(tmp_path / "g")
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text("")
    assert read(folder).engine == engine


def test_it_is_never_written_to(tmp_path):
    folder = written(tmp_path / "g")
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    read(folder)
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before

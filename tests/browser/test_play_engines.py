"""Engines of npm, each in a package with an adapter as such packages bring, drawn and tapped."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.pictures import png
from browser.playing import line_of, played, until
from npm_packages import installed

HERE = Path(__file__).parent / "engines"
ADAPTER = Path(__file__).parents[2] / "fixtures" / "games" / "adapter" / "libs" / "adapter.js"
BUILDS = {
    "createjs": "createjs/builds/1.0.0/createjs.min.js",
    "phaser": "phaser/dist/phaser.min.js",
    "pixi": "pixi.js/dist/pixi.min.mjs",
    "three": "three/build/three.module.min.js",
}
PLAYED = [*((engine, "tt") for engine in sorted(BUILDS)), ("phaser", "wx"), ("pixi", "wx")]
PHONE = {"width": 375, "height": 667}
PLACES = [[60, 60], [250, 500]]
"""Where the star is at first, and where the tap is."""

GROUND, STAR = [0, 0, 255, 255], [255, 0, 0, 255]

# WebGL's can be read in the frame in which it was drawn: after all that was asked for in that frame
PIXELS = """(places) => new Promise((resolve) => {
    const read = () => {
        const copy = document.createElement('canvas');
        const screen = document.querySelector('canvas');
        Object.assign(copy, { width: screen.width, height: screen.height });
        const pen = copy.getContext('2d');
        pen.drawImage(screen, 0, 0);
        resolve(places.map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data]));
    };
    requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(read)));
})"""


@pytest.fixture(scope="session")
def modules() -> Path:
    return installed(HERE)


@pytest.fixture
def package_of(modules: Path, tmp_path: Path) -> Callable[[str, str], Path]:
    def package(engine: str, platform: str) -> Path:
        for folder in ("libs", "images"):
            (tmp_path / folder).mkdir()
        (tmp_path / "game.json").write_text('{"deviceOrientation": "portrait"}')
        (tmp_path / "images" / "star.png").write_bytes(png(8))
        shutil.copy(HERE / f"{engine}.js", tmp_path / "game.js")
        shutil.copy(modules / BUILDS[engine], tmp_path / "libs" / "engine.js")
        shutil.copy(HERE / "libs" / "page.js", tmp_path / "libs")
        adapter = ADAPTER.read_text(encoding="utf-8")  # nothing else calls the platform
        adapter = re.sub(r"\btt\b", platform, adapter)
        (tmp_path / "libs" / "adapter.js").write_text(adapter, encoding="utf-8")
        return tmp_path

    return package


def wait_for_pixels(page: Page, wanted: list[list[int]]) -> None:
    """Until the screen has these colours at the two places."""
    found: list[Any] = []

    def look() -> bool:
        found.append(page.evaluate(PIXELS, PLACES))
        return bool(found[-1] == wanted)

    try:
        until(page, look)
    except AssertionError:
        raise AssertionError(f"{wanted}: {found[-1]}") from None


@pytest.mark.parametrize(("engine", "platform"), PLAYED)
@pytest.mark.timeout(600)  # the first one waits for npm
def test_an_engine_draws_its_first_frame_and_follows_a_tap(
    engine, platform, package_of, profile, forget
):
    with played(profile, package_of(engine, platform)) as package:
        assert package.view()["platform"] == platform
        page = package.open(viewport=PHONE)
        line_of(package, page, "log: ready", seconds=30)  # it is compiled in the page

        wait_for_pixels(page, [STAR, GROUND])
        until(page, lambda: package.view()["pages"][-1]["first_frame_ms"])

        page.mouse.click(*PLACES[1])

        wait_for_pixels(page, [GROUND, STAR])
        assert package.errors == []
    forget()

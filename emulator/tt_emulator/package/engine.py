"""Which engine a package was built with, by the files that such packages have."""

import re
from collections.abc import Iterable

_MARKS = {
    "Cocos Creator": r"(^|/)(cocos2d-js[\w.-]*|cocos/cc[\w.-]*|cocos-js/[\w./-]+|ccRequire)\.js$",
    "LayaAir": r"(^|/)(laya[\w.-]*|weapp-adapter-laya)\.js$",
    "Egret": r"(^|/)(egret[\w.-]*)\.js$",
    "Unity": r"(^|/)(unity-namespace\.js|[\w.-]+\.unityweb)$|(^|/)unity-sdk/",
    "Phaser": r"(^|/)phaser[\w.-]*\.js$",
    "PixiJS": r"(^|/)pixi[\w.-]*\.js$",
    "CreateJS": r"(^|/)(createjs|easeljs)[\w.-]*\.js$",
}


def engine_of(paths: Iterable[str]) -> str | None:
    """Its name, None for a game that was written by hand or for one that nobody knows."""
    listed = list(paths)
    for name, mark in _MARKS.items():
        if any(re.search(mark, path, re.IGNORECASE) for path in listed):
            return name
    return None

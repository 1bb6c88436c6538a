"""A mini-game package as the platform's tools take it: a folder with game.json and game.js."""

from tt_emulator.package.package import Package, read

__all__ = ["Package", "read"]

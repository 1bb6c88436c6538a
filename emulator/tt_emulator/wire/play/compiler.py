"""Where the compiler of ES modules lies, which the game's page runs: TypeScript's own services."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tt_emulator.errors import EmulatorError

COMPILER = "typescriptServices.js"


@cache
def compiler_folder() -> Path:
    """Where the package dukpy has it. Only the file is used: it is not imported."""
    package = find_spec("dukpy")
    for folder in (package and package.submodule_search_locations) or ():
        return Path(folder, "jsmodules")
    raise EmulatorError("The package dukpy is missing.", "Install tt-emulator anew.")

"""What the platform's public pages say, and what of it was seen elsewhere, as data."""

from functools import cache
from pathlib import Path

from tt_emulator.catalog import Catalog, load_from


@cache
def load() -> Catalog:
    """The catalog in the files beside this one, read once."""
    return load_from(Path(__file__).parent)

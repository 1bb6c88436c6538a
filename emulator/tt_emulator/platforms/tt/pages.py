"""What the platform's public pages say, as data."""

from functools import cache
from pathlib import Path

from tt_emulator import catalog
from tt_emulator.catalog import Catalog, load_from


@cache
def load() -> Catalog:
    """The catalog that ships with the package, read once."""
    return load_from(Path(catalog.__file__).parent)

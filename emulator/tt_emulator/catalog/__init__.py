"""What the platform's documentation says, as data."""

from tt_emulator.catalog.catalog import Catalog
from tt_emulator.catalog.loader import load_from, read_pages
from tt_emulator.catalog.model import Api, ErrorRow, Limit, Param

__all__ = ["Api", "Catalog", "ErrorRow", "Limit", "Param", "load_from", "read_pages"]

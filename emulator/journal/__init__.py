"""What happened in a world: its exchanges, their counts, and the feed that tells of changes."""

from emulator.journal.exchange import Exchange
from emulator.journal.feed import Feed
from emulator.journal.journal import Journal

__all__ = ["Exchange", "Feed", "Journal"]

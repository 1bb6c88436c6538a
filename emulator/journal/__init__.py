"""What happened in a world: its exchanges, their counts, and the feed that tells of changes."""

from emulator.journal.budget import Budget
from emulator.journal.exchange import Exchange
from emulator.journal.feed import Event, Feed
from emulator.journal.journal import Journal

__all__ = ["Budget", "Event", "Exchange", "Feed", "Journal"]
